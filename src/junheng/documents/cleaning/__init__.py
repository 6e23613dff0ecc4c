"""The raw text goes in; the clean text comes out, with where each character stood and a log of what was changed."""

from junheng.documents.cleaning.clean import clean

__all__ = ["clean"]
