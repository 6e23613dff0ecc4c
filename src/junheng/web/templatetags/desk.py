"""How the desk writes figures, days and codes; loaded in every template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from junheng.indicators.shown import standard_word
from junheng.kernel.codes import Code, Level, Stage, Verdict
from junheng.kernel.exact import written
from junheng.people.language import code_word, unit_word
from junheng.register.codes import EventKind, RunBy, SchoolKind, Tree, UrbanRural
from junheng.standards.words import limit_word

register = template.Library()
register.filter("unit_word", unit_word)
register.filter("limit_word", limit_word)
NAMES: dict[str, type[Code]] = {"verdict": Verdict, "stage": Stage, "level": Level, "school_kind": SchoolKind, "run_by": RunBy,
                                "urban_rural": UrbanRural, "event_kind": EventKind, "tree": Tree}


@register.filter
def word(code: str | None, codes: str) -> str:
    """The Chinese word of an English code of one of `NAMES`, or its code in English."""
    if not code:
        return _("未知")
    members = NAMES[codes].__members__
    return code_word(code, members[code].zh if code in members else _("总体") if code == "all" else code)


@register.filter
def translated(word: str) -> str:
    """A Chinese word of a closed list in the language of the page."""
    return _(word) if word else ""


@register.filter
def label(word: str) -> str:
    """A word with what stands between it and what it is the word for."""
    return _("%(label)s：") % {"label": _(word)}


@register.filter
def figure(value: Any, places: int = 4) -> SafeString:
    """An exact number for the eye; an unknown one is said to be unknown, never a blank or a zero."""
    if value is None or value == "":
        return format_html('<span class="unknown">{}</span>', _("未知"))
    number = Fraction(str(value)) if not isinstance(value, Fraction) else value
    shown = f"{float(number):,.{places}f}".rstrip("0").rstrip(".") if number.denominator != 1 else f"{number.numerator:,}"
    return format_html('<span title="{}">{}</span>', written(number), shown)


@register.filter
def of_key(held: Mapping[str, Any], key: str) -> Any:
    """What a mapping holds under a key that only the row knows; nothing where it holds none."""
    return held.get(key)


@register.filter
def standard_short(standard: str) -> str:
    """The name of a standard where there is little room: without county and year."""
    return standard_word(standard).removeprefix("县域").partition("（")[0]


@register.filter
def version_words(snapshot: str) -> str:
    """A snapshot as the desk calls it: of which year, the how manieth."""
    year, _at, version = snapshot.partition("-v")
    return _("%(year)s 学年第 %(version)s 版") % {"year": year, "version": version.partition("-")[0]}


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The options of a select: values with their words, the chosen one marked. In a loop of the template they took longer
    than the table below them.
    """
    return SafeString("".join(f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
                              for value, words in choices))


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The page's query string with these changed; None takes one away."""
    asked = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            asked.pop(name, None)
        else:
            asked[name] = value
    return f"?{asked.urlencode()}" if asked else "?"
