"""How the pages of documents write what was read."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from junheng.documents.codes import Agreement, Judgement

register = template.Library()
STOP = "："
STOOD = {each.zh for codes in (Judgement, Agreement) for each in codes}


@register.filter
def judged(told: str) -> str:
    """A line of an item: the judgement that it begins with is a word of a closed list, the rest was read or worked out."""
    word, stop, rest = told.partition(STOP)
    return f"{_(word)}{_(STOP)}{rest}" if stop and word in STOOD else told
