"""An indexed finding in the words and numbers that the pages and the workbook print: rounded here, and nowhere before."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import ceil

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from junheng.indicators.forms.cells import COUNTED_UNITS
from junheng.indicators.models import FindingRow
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.kernel.codes import Level, Stage, Verdict
from junheng.kernel.exact import rounded, within_rounding
from junheng.people.language import code_word, unit_word
from junheng.standards import law

DOWN = ("at_most", "below")
SIGNS = {"at_least": "≥", "at_most": "≤", "above": ">", "below": "<"}
UNITS = {"percent": "%", "points of 100": "分"}
LIMIT_PLACES = 4
MOST_PLACES = 6
FIGURES = ("value", "gap", "limit", "part", "whole", "share")


def item_word(item: str) -> str:
    """What an item is called; one that is declared no more keeps its number."""
    if item not in INDICATORS:
        return item
    return code_word(INDICATORS[item].name, INDICATORS[item].zh)


def standard_word(standard: str) -> str:
    if get_language() == "en" or standard not in law.standards:
        return standard.replace("_", " ")
    return law.standards[standard].zh


def stage_word(stage: str) -> str:
    return code_word(stage, Stage[stage].zh if stage in Stage.__members__ else _("总体"))


def unit_of(row: FindingRow) -> str:
    """What the value is counted in, in Chinese; `unit_word` says it in the language of the page."""
    return unit_at(row.item, Level[row.level])


def unit_at(item: str, level: Level) -> str:
    """What the values of an item are counted in at a level."""
    indicator = INDICATORS.get(item)
    if indicator is None:
        return ""
    return "%" if is_share(indicator, level) else UNITS.get(indicator.unit, indicator.unit)


def is_share(indicator: Indicator, level: Level) -> bool:
    """Whether the value is a share of its whole: of the units that meet it, or of what a gap is counted in."""
    counts_units = indicator.counts and level is not indicator.own_level
    return counts_units or (not indicator.unit and bool(indicator.gap_unit))


def wants_less(row: FindingRow, indicator: Indicator) -> bool:
    """Whether less is better. Above its units an item that counts them wants many to meet it, whatever it asks of each."""
    return indicator.meets in DOWN and not (indicator.counts and Level[row.level] is not indicator.own_level)


def shown(row: FindingRow, figure: str = "value", *, unit: bool = True) -> str:
    """One figure of a finding for the eye: `value`, `gap`, `limit`, `part`, `whole` or `share`. Empty where nothing is asked;
    an unknown one says so, with its bounds where it has some.
    """
    if figure == "value":
        return _value(row, unit)
    if figure == "gap":
        return _gap(row)
    if figure == "limit":
        return _limit(row)
    if figure == "share":
        return "" if row.share_number is None else f"{row.share_number * 100:.1f}%"
    if figure in ("part", "whole"):
        held: str | None = getattr(row, figure)
        return "" if held is None and not row.unknown else count(held)  # what is no ratio has none
    raise ValueError(f"a finding has no figure {figure}; it has {', '.join(FIGURES)}")


def count(text: str | None) -> str:
    """A total: whole numbers without a point, others with two places."""
    if text is None:
        return _("未知")
    number = Fraction(text)
    return f"{number.numerator:,}" if number.denominator == 1 else f"{rounded(number, 2):,f}"


def _value(row: FindingRow, unit: bool) -> str:
    end = _ending(row) if unit else ""
    if row.value is not None:
        return _number(row, row.value) + end
    if row.lower is not None and row.upper is not None and row.lower != row.upper:
        return f"{_number(row, row.lower)}–{_number(row, row.upper)}{end}"
    if is_attested(row):
        return _("未提供") if row.verdict == Verdict.needs_evidence.name else _("见材料")
    return "—" if has_no_whole(row) else _("未知")


def is_attested(row: FindingRow) -> bool:
    """Whether a document says it, in words: there is no number that could be unknown."""
    indicator = INDICATORS.get(row.item)
    return row.value is None and row.verdict != Verdict.unknown.name and bool(indicator and indicator.by == "group")


def has_no_whole(row: FindingRow) -> bool:
    """Whether nothing is there that a share could be of, which is known."""
    return row.value is None and row.whole == "0" and not row.unknown


def is_unknown(row: FindingRow) -> bool:
    return row.value is None and not is_attested(row) and not has_no_whole(row)


def _ending(row: FindingRow) -> str:
    end = unit_word(unit_of(row), row.value_number)
    return end if end in ("", "%") else f" {end}"


def _number(row: FindingRow, text: str) -> str:
    number = Fraction(text) * times(row)
    return f"{rounded(number, _places_apart(row, number)):,f}"


def _places_apart(row: FindingRow, number: Fraction) -> int:
    """As many places as its item has, and more where it would else be printed as the limit that it is short of, or over."""
    usual = places(row)
    if row.limit is None:
        return usual
    limit = _limit_read(row.limit) * times(row)
    if abs(number - limit) * 10**usual >= 1:
        return usual
    return next((many for many in range(usual, MOST_PLACES) if not within_rounding(number, limit, many)), MOST_PLACES)


def places(row: FindingRow) -> int:
    """Places after the point that its value is printed with."""
    indicator = INDICATORS.get(row.item)
    return 2 if indicator is None or times(row) != 1 else indicator.places_at(Level[row.level])


def times(row: FindingRow) -> int:
    """What the kept value is multiplied by for print: a share is printed in per cent."""
    indicator = INDICATORS.get(row.item)
    return 100 if indicator and is_share(indicator, Level[row.level]) else 1


def number_of(row: FindingRow) -> float | None:
    """The value as a chart draws it, in the unit that `shown` prints."""
    return None if row.value_number is None else row.value_number * times(row)


def limit_of(row: FindingRow) -> float | None:
    """The limit in the same unit."""
    return None if row.limit is None else float(Fraction(row.limit)) * times(row)


def _limit(row: FindingRow) -> str:
    if row.limit is None:
        return ""
    indicator, limit = INDICATORS.get(row.item), _limit_read(row.limit)
    if indicator is None:
        return _trimmed(limit)
    sign = SIGNS[indicator.meets]
    if indicator.counts and Level[row.level] is not indicator.own_level:
        return _("全部") if limit == 1 else f"≥ {_trimmed(limit * 100)}%"
    if is_share(indicator, Level[row.level]):
        return f"{sign} {_trimmed(limit * 100)}%"
    return f"{sign} {_trimmed(limit)}" + ("%" if unit_of(row) == "%" else "")


# there are few limits, and each stands in many rows
_limit_read = lru_cache(maxsize=1000)(Fraction)


@lru_cache(maxsize=1000)
def _trimmed(number: Fraction) -> str:
    text = f"{rounded(number, LIMIT_PLACES):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _gap(row: FindingRow) -> str:
    """The gap in the item's own unit; nobody recruits two thirds of a teacher, so people and rooms are rounded up."""
    if row.gap is None or not row.gap_number:
        return ""
    exact = Fraction(row.gap)
    if row.gap_unit in COUNTED_UNITS:
        return f"{ceil(exact):,} {unit_word(row.gap_unit, ceil(exact))}"
    indicator = INDICATORS.get(row.item)
    places = indicator.places if indicator else 2
    return f"{rounded(exact, places):,f} {unit_word(row.gap_unit, exact)}".rstrip()
