"""A figure of a document against the register's own for that place and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from junheng.documents.codes import Agreement, ComparisonKind, Exactness, FigureRole
from junheng.documents.shapes import Figure
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.indicators.results import results
from junheng.kernel.codes import Level, Stage, plain
from junheng.kernel.exact import rounded, written_or_none
from junheng.kernel.faults import OnProgress
from junheng.kernel.findings import Finding
from junheng.register.holding import City, Snapshot, open_snapshot

CITY, COUNTY = ("全市", "我市", "本市"), ("全县", "我县", "本县", "全区", "我区", "本区")
WHOLE = {"": (Level.city, Level.county), **dict.fromkeys(CITY, (Level.city,)), **dict.fromkeys(COUNTY, (Level.county,))}
ALIKE = {"percent": "%", "百分之": "%", "平方米": "m2", "名": "人", "位": "人"}
MOVES = (ComparisonKind.difference, ComparisonKind.growth, ComparisonKind.points, ComparisonKind.yearly_growth)
NOT_ACTUAL = "是{0}，不是实际数"


@dataclass(frozen=True)
class Against:
    """What the register says of a figure. `difference` is printed less register, in the figure's printed unit."""

    figure: Figure
    agreement: Agreement
    reason: str                       # Chinese: what was held against what, or why nothing could be
    finding: Finding | None = None
    difference: Fraction | None = None

    def as_json(self) -> dict[str, object]:
        held = self.finding
        return {"agreement": self.agreement.name, "reason": self.reason, "difference": written_or_none(self.difference),
                "register": None if held is None else {
                    "value": written_or_none(held.value), "level": held.level.name, "group": held.group, "name": held.name,
                    "stage": held.stage, "year": held.year, "snapshot": held.snapshot}}


def against(figures: Iterable[Figure], city: Path, on_progress: OnProgress | None = None,
            opened: Callable[[int], Snapshot] | None = None) -> tuple[Against, ...]:
    """Each figure that is linked to an indicator, held against the register of `city`; `opened` gives the snapshot of a year,
    where others look at it, too.

    A year of a document is the school year that begins in it. Errors: JunhengError for a folder that holds no city.
    """
    linked = [each for each in figures if each.indicator is not None]
    wanted = {each.period.year for each in linked} & set(City(city).current())
    standards = sorted({INDICATORS[each.indicator].standard for each in linked if each.indicator in INDICATORS})

    def found(year: int) -> Sequence[Finding]:
        return results(city, opened(year) if opened else open_snapshot(city, year), on_progress, standards=standards)[0]
    return held_against(linked, {year: found(year) for year in sorted(filter(None, wanted))})


def held_against(linked: Iterable[Figure], found: Mapping[int, Sequence[Finding]]) -> tuple[Against, ...]:
    """The same against the findings of each year that is held."""
    index: dict[tuple[int, str], list[Finding]] = {}
    for year, findings in found.items():
        for each in findings:
            if not each.slice:
                index.setdefault((year, each.item), []).append(each)
    return tuple(_one(each, index, sorted(found)) for each in linked)


def _one(figure: Figure, index: Mapping[tuple[int, str], list[Finding]], years: Sequence[int]) -> Against:
    indicator = INDICATORS.get(figure.indicator or "")
    if (why := _not_a_value(figure) or _other_unit(figure, indicator)) is not None or indicator is None:
        return Against(figure, Agreement.not_comparable, why or "没有对应的指标")
    year = figure.period.year
    if year not in years or year is None:
        return Against(figure, Agreement.not_comparable, _no_year(year, years))
    finding = _finding(figure, index.get((year, indicator.item), []))
    if finding is None:
        return Against(figure, Agreement.not_comparable, f"{year}学年的登记里没有“{figure.place or '全市'}”的{indicator.zh}")
    if finding.value is None:
        why = f"登记里缺数据（{finding.unknown}处）" if finding.unknown else "登记里没有这个数"
        return Against(figure, Agreement.not_comparable, why, finding)
    return _compared(figure, finding, indicator)


def _not_a_value(figure: Figure) -> str | None:
    """Why a figure is no value that a register could hold."""
    if figure.value is None:
        return "数字被遮盖或空着"
    if figure.role is not FigureRole.actual:
        return NOT_ACTUAL.format(figure.role.zh)
    if figure.comparison and figure.comparison.kind in MOVES:
        return NOT_ACTUAL.format(figure.comparison.kind.zh)
    return None


def _other_unit(figure: Figure, indicator: Indicator | None) -> str | None:
    if indicator is None:
        return "没有对应的指标"
    if not indicator.unit:
        return f"登记里的{indicator.zh}没有单位，不能与{figure.unit or '此数'}相比"
    if _unit(figure.unit) != _unit(indicator.unit):
        return f"单位不同：文中为{figure.unit or '无单位'}，登记为{indicator.unit}"
    return None


def _unit(unit: str) -> str:
    """A unit in one spelling, without its scale and without what it is counted by: the phrase of a figure says that."""
    bare = plain(unit).partition("/")[0].lstrip("十百千万亿")
    return ALIKE.get(bare, bare)


def _no_year(year: int | None, years: Sequence[int]) -> str:
    if year is None:
        return "没有说明年份"
    return f"没有{year}学年的登记" + (f"，有{'、'.join(map(str, years))}学年" if years else "")


def _finding(figure: Figure, found: Sequence[Finding]) -> Finding | None:
    """The finding of the figure's place and stage; of the whole place where no stage is said; None where it is not told apart."""
    stage = Stage.spellings().get(plain(figure.stage or ""), "all")
    of_stage = [each for each in found if each.stage == stage] or [each for each in found if each.stage == "all"]
    named = [each for each in of_stage if each.name == figure.place]
    for level in WHOLE.get(figure.place, ()):
        named = named or [each for each in of_stage if each.level is level]
    return named[0] if len(named) == 1 else None


def _compared(figure: Figure, finding: Finding, indicator: Indicator) -> Against:
    assert figure.value is not None and finding.value is not None
    scale, own = Fraction(figure.scale), Fraction(finding.value)
    low, high = _interval(figure)
    agrees = low * scale <= own and (high is None or own <= high * scale)
    difference = Fraction(figure.value) - own / scale
    shown = f"{rounded(own / scale, indicator.places_at(finding.level)):f}"
    where = f"{finding.name}{finding.year}学年登记为{shown}{figure.unit}"
    if agrees:
        return Against(figure, Agreement.agrees, where, finding, difference)
    way = "多" if difference > 0 else "少"
    by = f"{rounded(abs(difference), _places(figure.value)):f}{figure.unit}"
    return Against(figure, Agreement.differs, f"{where}，文中{way}{by}", finding, difference)


def _interval(figure: Figure) -> tuple[Fraction, Fraction | None]:
    """From where to where the printed number may lie, in its printed unit; None is no bound."""
    assert figure.value is not None
    value, half = Fraction(figure.value), _half(figure.value, round_number=figure.exactness is Exactness.about)
    ends: dict[Exactness, tuple[Fraction, Fraction | None]] = {
        Exactness.over: (value - half, None), Exactness.under: (Fraction(0), value + half),
        Exactness.range: (value - half, Fraction(figure.high or figure.value) + half)}
    return ends.get(figure.exactness, (value - half, value + half))


def _half(value: Decimal, *, round_number: bool) -> Fraction:
    """Half a unit of the last printed place; of 约5000, half of the last digit that is not 0."""
    shown = value.normalize() if round_number else value
    return Fraction(10) ** int(shown.as_tuple().exponent) / 2


def _places(value: Decimal) -> int:
    return max(-int(value.as_tuple().exponent), 2)
