"""The first page: what needs doing today, how counties and schools stand, what moved, what comes near its limit."""

from junheng.web.overview.page import overview
from junheng.web.overview.todo import todo

__all__ = ["overview", "todo"]
