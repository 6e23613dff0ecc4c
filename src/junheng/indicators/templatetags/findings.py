"""How any page prints a finding: every number leads to the page that says how it was made."""

from __future__ import annotations

from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from junheng.indicators import shown
from junheng.indicators.models import FindingRow
from junheng.kernel.codes import Evidence, Verdict

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
    href = f"{row.get_absolute_url()}{_at(figure)}"
    # format_html takes thrice as long, and a page has hundreds of these
    return SafeString(f'<a class="{escape(classes)}" href="{escape(href)}">{escape(text)}</a>')


@register.simple_tag
def finding_cells(row: FindingRow, unit: bool = True) -> SafeString:
    """Three cells of a table: the value, the limit (to be confirmed, where it is only believed), the gap."""
    believed = f"<small>{escape(_('待确认'))}</small>" if row.limit and row.evidence == Evidence.believed.name else ""
    value, limit, gap = finding_link(row, unit=unit), finding_link(row, "limit"), finding_link(row, "gap", css="worse")
    return SafeString(f'<td class="n">{value}</td><td class="n quiet">{limit}{believed}</td><td class="n">{gap}</td>')


@register.simple_tag
def verdict_tag(row: FindingRow) -> SafeString:
    """What the standard says of a finding, as a status tag; at a level that is not judged, that it is not."""
    if not row.verdict:
        return SafeString(f'<span class="quiet">{escape(_("本级不作判定"))}</span>')
    word = row.verdict.replace("_", " ") if get_language() == "en" else Verdict[row.verdict].zh
    return SafeString(f'<span class="tag {escape(row.verdict)}">{escape(word)}</span>')


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
