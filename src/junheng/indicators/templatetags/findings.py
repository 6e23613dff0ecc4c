"""How any page prints a finding: every number leads to the page that says how it was made."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from junheng.indicators import shown
from junheng.indicators.models import FindingRow
from junheng.kernel.codes import Verdict

register = template.Library()


@register.simple_tag
def finding_link(row: FindingRow | None, figure: str = "value", unit: bool = True, css: str = "") -> SafeString:
    """`{% finding_link row %}`: the value, its `gap`, `limit`, `part`, `whole` or `share` as a link to how it was made.

    No row is an unknown without a page; a figure that is not asked for prints nothing.
    """
    if row is None:
        return format_html('<span class="unknown">{}</span>', _("未知"))
    text = shown.shown(row, figure, unit=unit)
    if not text:
        return SafeString("")
    classes = " ".join(filter(None, ("num", "unknown" if _is_unknown(row, figure) else "", css)))
    return format_html('<a class="{}" href="{}{}">{}</a>', classes, row.get_absolute_url(), _at(figure), text)


def _is_unknown(row: FindingRow, figure: str) -> bool:
    return shown.is_unknown(row) if figure == "value" else figure in ("part", "whole") and getattr(row, figure) is None


def _at(figure: str) -> str:
    """The part of the page that says where this figure is from."""
    return {"part": "#sums", "whole": "#sums", "limit": "#law", "share": "#value"}.get(figure, "")


@register.filter
def verdict_short(code: str) -> str:
    """The verdict without what stands in its brackets."""
    return code.replace("_", " ") if get_language() == "en" else Verdict[code].zh.partition("（")[0]


register.filter("item_word", shown.item_word)
register.filter("standard_word", shown.standard_word)
register.filter("shown", shown.shown)
