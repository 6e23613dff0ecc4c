"""A finding as the cells a form prints: the value, the limit, the verdict; what is unknown says so."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import takewhile

from junheng.indicators.forms.facts import CountyFacts, Unconfirmed
from junheng.kernel.codes import Evidence, Level, Split, Stage, Verdict
from junheng.kernel.exact import rounded
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.paper.sheets import Cell, Number, Role

MISSING = "缺数据"
BELIEVED = "*"
UNCONFIRMED = "待确认"
ALL = 1
ROLES = {
    Verdict.met: Role.ok,
    Verdict.not_met: Role.bad,
    Verdict.unknown: Role.unknown,
    Verdict.needs_evidence: Role.waiting,
}
SHORT = {Verdict.met: "是", Verdict.not_met: "否", Verdict.unknown: MISSING, Verdict.needs_evidence: "待佐证"}
STAGES = {each.name: each.zh for each in Stage}
UNITS = {"persons": "人", "m2": "㎡", "yuan": "元", "rooms": "间", "classes": "个班", "percent": "%", "points of 100": "分"}
WHOLE_UNITS = {"人", "间", "个班", "班", "项"}
COUNTED_UNITS = WHOLE_UNITS | {"所", "个"}  # where schools are counted too


def number(value: Number | None, places: int = 0, role: Role = Role.plain, mark: str = "") -> Cell:
    """The number, or the word for a missing one; never 0 in its stead."""
    return Cell(MISSING, Role.unknown) if value is None else Cell(value, role, places, mark)


def count(value: Fraction | None, role: Role = Role.plain) -> Cell:
    """A total: without a decimal where it is whole, which a split share is not."""
    return number(value, 0 if value is None or value.denominator == 1 else 2, role)


def total(column: Iterable[Cell], places: int = 0) -> Cell:
    """The sum of a column; unknown as soon as one of its numbers is."""
    numbers = [cell.number for cell in column]
    known = [each for each in numbers if each is not None]
    if len(known) < len(numbers):
        return Cell(MISSING, Role.unknown)
    return count(sum(known, Fraction(0))) if not places else Cell(sum(known, Fraction(0)), places=places)


def value(facts: CountyFacts, finding: Finding | None, role: Role | None = None) -> Cell:
    """The finding's value; shaded when it fails."""
    if finding is None or finding.value is None:
        return Cell(MISSING, Role.unknown)
    fails = Role.bad if finding.verdict is Verdict.not_met else Role.plain
    return number(finding.value, places(facts, finding.item), fails if role is None else role)


def counted(facts: CountyFacts, finding: Finding) -> Cell:
    """The finding's value; of an item that every one must meet, how many of how many do."""
    if not _asks_everybody(facts, finding) or finding.part is None or not finding.whole:
        return value(facts, finding)
    return Cell(f"{finding.part}/{finding.whole}", Role.bad if finding.verdict is Verdict.not_met else Role.plain)


def schools_met(facts: CountyFacts, finding: Finding) -> Cell:
    """How many schools of how many meet the item; a range while some cannot be judged."""
    judged = [one.verdict for one in facts.of_item(finding.item, finding.stage) if one.verdict]
    if not judged:
        return Cell(MISSING, Role.unknown)
    met, unknown = judged.count(Verdict.met), judged.count(Verdict.unknown)
    many = f"{met}–{met + unknown}" if unknown else f"{met}"
    return Cell(f"{many}/{len(judged)}所", Role.plain if unconfirmed(finding) else ROLES[finding.verdict or Verdict.unknown])


def asked(facts: CountyFacts, finding: Finding) -> Cell:
    """The limit, in a word where it is everybody."""
    return Cell("全部", Role.quiet, mark=mark(finding)) if _asks_everybody(facts, finding) else limit(finding)


def _asks_everybody(facts: CountyFacts, finding: Finding) -> bool:
    """A share with the limit 1; a rate such as 间/12班 may have that limit too but is no share."""
    title = facts.titles.get(finding.item)
    return finding.limit == ALL and not (title and "/" in title.unit and finding.level is Level.school)


def limit(finding: Finding | None) -> Cell:
    """The limit, marked when it rests on what is only believed."""
    if unconfirmed(finding):
        return Cell(UNCONFIRMED, Role.waiting)
    if finding is None or finding.limit is None:
        return Cell("—", Role.quiet)
    return Cell(finding.limit, Role.quiet, digits(finding.limit), mark(finding))


def verdict(finding: Finding | None) -> Cell:
    """是, 否 or what is missing."""
    if finding is None:
        return Cell(MISSING, Role.unknown)
    if unconfirmed(finding):
        return Cell(UNCONFIRMED, Role.waiting)
    if finding.verdict is None:
        return Cell("—", Role.quiet)
    return Cell(SHORT[finding.verdict], ROLES[finding.verdict], mark=mark(finding))


def whole_verdict(finding: Finding | None) -> Cell:
    """The verdict in full words."""
    if unconfirmed(finding):
        return Cell(UNCONFIRMED, Role.waiting)
    word = finding.verdict if finding and finding.verdict else Verdict.unknown
    return Cell(word.zh, ROLES[word], mark=mark(finding) if finding else "")


def unconfirmed(finding: Finding | None) -> bool:
    """Whether an official print has taken out what the finding is held against."""
    return isinstance(finding, Unconfirmed)


def mark(finding: Finding | CountyVerdict) -> str:
    return BELIEVED if finding.evidence is Evidence.believed else ""


def places(facts: CountyFacts, item: str) -> int:
    title = facts.titles.get(item)
    return title.places if title else 2


def unit(word: str) -> str:
    return UNITS.get(word, word)


def digits(value: Fraction) -> int:
    """Places a limit needs: 0 to 4."""
    return next((places for places in range(4) if Fraction(rounded(value, places)) == value), 4)


def of_limit(finding: Finding | None) -> Fraction | None:
    """The value as per cent of its limit."""
    if finding is None or finding.value is None or not finding.limit:
        return None
    return 100 * Fraction(finding.value) / finding.limit


def depends_on_split(finding: Finding) -> bool:
    """Whether another way of splitting what a school has in common would change the verdict."""
    verdicts = {other.get("verdict") for other in finding.splits.values()} - {None}
    return bool(finding.verdict and verdicts - {finding.verdict.name})


def remarks(findings: Iterable[Finding]) -> str:
    """What a reader must know beside the figures of one school and stage."""
    found = list(findings)
    seven = [one for one in found if not one.item.endswith(".S")]
    parts = [
        _listed(
            "综合结论随拆分口径变化",
            [one for one in found if one not in seven and depends_on_split(one)],
            named=False,
        ),
        _listed("随拆分口径变化", [one for one in seven if depends_on_split(one)]),
        _listed("缺数据", [one for one in seven if one.value is None]),
        _listed("与标准在舍入范围内", [one for one in seven if one.within_rounding]),
        *sorted({f"共用资源{Split[one.split].zh}拆分" for one in seven if one.split}),
    ]
    return "；".join(part for part in parts if part)


def _listed(words: str, findings: list[Finding], named: bool = True) -> str:
    if not findings:
        return ""
    return f"{words}（{'、'.join(short(one.item) for one in findings)}）" if named else words


def short(item: str) -> str:
    """The item's number as its paper prints it: 1.4 of yz.1.4 and of yz.1.4.cv, 2.3 of yz.2.3.art, none of yz.1.S."""
    _, *parts = item.split(".")
    numbers = list(takewhile(str.isdigit, parts))
    return ".".join(numbers) if len(numbers) == len(parts) != 0 or len(numbers) > 1 else ""
