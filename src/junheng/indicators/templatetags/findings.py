"""How any page prints a finding: every number leads to the page that says how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from junheng.indicators import shown
from junheng.indicators.models import FindingRow
from junheng.kernel.codes import Evidence, Verdict
from junheng.people.language import code_word

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
def finding_row(line: Mapping[str, Any], item: bool, unit: bool, share: bool) -> SafeString:
    """A row of a list of findings: whose it is, which item (where the list has several), the figures, its change, the verdict.

    Written here and not by a template: of fifty rows the template's own work is a third of the page's.
    """
    row: FindingRow = line["row"]
    under = f' <small class="quiet">{escape(line["under"])}</small>' if line["under"] else ""
    head = f'<th scope="row"><a data-open href="{escape(line["href"])}">{escape(row.name)}</a>{under}</th>'
    named = f'<a href="{escape(line["item_href"])}">{escape(shown.item_word(row.item))}</a> <small>{escape(row.item)}</small>'
    moved = line["change"] and f'<a class="num {line["change"]["css"]}" href="{escape(row.get_absolute_url())}#trend">' \
                               f'{escape(line["change"]["text"])}</a>'
    cells = (head, f"<td>{named}</td>" if item else "", f'<td class="line">{escape(shown.stage_word(row.stage))}</td>',
             finding_cells(row, unit), f'<td class="n">{moved or ""}</td>',
             f'<td class="n">{finding_link(row, "share")}</td>' if share else "", f"<td>{verdict_tag(row)}</td>")
    return SafeString(f'<tr{_short(row)}>{"".join(cells)}</tr>')


def _short(row: FindingRow) -> str:
    return ' class="short"' if row.verdict == Verdict.not_met.name else ""


@register.simple_tag
def verdict_tag(row: FindingRow) -> SafeString:
    """What the standard says of a finding, as a status tag; at a level that is not judged, that it is not."""
    if not row.verdict:
        return SafeString(f'<span class="quiet">{escape(_("本级不作判定"))}</span>')
    word = code_word(row.verdict, Verdict[row.verdict].zh)
    return SafeString(f'<span class="tag {escape(row.verdict)}">{escape(word)}</span>')


def _is_unknown(row: FindingRow, figure: str) -> bool:
    return shown.is_unknown(row) if figure == "value" else figure in ("part", "whole") and getattr(row, figure) is None


def _at(figure: str) -> str:
    """The part of the page that says where this figure is from."""
    return {"part": "#sums", "whole": "#sums", "limit": "#law", "share": "#value"}.get(figure, "")


@register.filter
def verdict_short(code: str) -> str:
    """The verdict without what stands in its brackets."""
    return code_word(code, Verdict[code].zh.partition("（")[0])


register.filter("item_word", shown.item_word)
register.filter("standard_word", shown.standard_word)
register.filter("shown", shown.shown)
