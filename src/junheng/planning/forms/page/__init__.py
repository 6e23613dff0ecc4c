"""A plan as one self-contained page: cards, what stays short, charts, the sketch of schools, the tables."""

from junheng.planning.forms.page.page import plan_page

__all__ = ["plan_page"]
