"""Sentences that say what is to be done become goals and the lines of a 任务分解表."""

from __future__ import annotations

from junheng.documents.tasks.goals import find_goals
from junheng.documents.tasks.rows import lay_out
from junheng.documents.tasks.tasks import find_tasks

__all__ = ["find_goals", "find_tasks", "lay_out"]
