"""Figures against the dated values of the standards: 55 pupils a class. The law is asked for the day of the document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from importlib.resources import files
from typing import Any

from junheng.documents.checks.changes.runs import CHANGES, base_unit, kind
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.codes import ComparisonKind, Exactness, FigureRole, Judgement
from junheng.documents.figures.periods import Anchors
from junheng.documents.local import Law
from junheng.documents.shapes import Check, Figure
from junheng.kernel.faults import JunhengError
from junheng.standards import Entry, Limit, law

REACH = 60  # characters before a figure in which the words of a rule may stand
NEAR = 24   # and behind it


def _rules() -> list[dict[str, Any]]:
    sheet = tomllib.loads((files("junheng.documents.checks") / "rules.toml").read_text(encoding="utf-8"))
    return [rule | {key: re.compile(rule.get(key, "")) for key in ("words", "after")} for rule in sheet["rule"]]


RULES = _rules()
# one of them stands near every figure that a rule is of
HINTS = re.compile("班额?|规模|公用经费|附加|培训|编制|交流|轮岗|骨干|持证|名额|计划|到校|分配|定向|均衡生|随迁|就近"
                   "|巩固率|入学率|认可度|满意度|毛入|普惠|公办|GDP|生产总值|增值税|消费税|营业税")


def breaches(page: Page, anchors: Anchors, local: Law) -> Iterator[Check]:
    """Every figure that a value of the law in force on the document's day answers; without a day none."""
    whole = local.place_of(page.text)
    for place, figures in enumerate(page.by_sentence):
        day = _day(anchors, page.sentences[place].part) if figures else None
        for figure in figures:
            if day and _may_break(page, figure):
                stage, asked = _stage(figures, figure), partial(_loosest, local, local.places.get(figure.place, whole),
                                                                _then(figure, day))
                found = next((made for rule in RULES if rule.get("stage", stage) == stage
                              and (made := _against(page, figure, rule, asked))), None)
                if found:
                    yield found


def _then(figure: Figure, day: date) -> date:
    """The day that the law is asked for: the document's, of a figure of an earlier year the end of that."""
    year = figure.period.year
    return date(year, 12, 31) if year is not None and year < day.year else day


def _may_break(page: Page, figure: Figure) -> bool:
    """A value that stands, near a word that some rule is of: most figures need no closer look."""
    moved = kind(figure) in (*CHANGES, ComparisonKind.before)
    standing = figure.value is not None and not moved and figure.role is not FigureRole.base
    return standing and HINTS.search(page.before(figure, REACH) + page.after(figure, NEAR)) is not None


def _stage(figures: tuple[Figure, ...], figure: Figure) -> str | None:
    """The stage a figure is of; where it is not said, the only one that the figures before it in the sentence are of."""
    before = {one.stage for one in figures if one.start < figure.start and one.stage}
    return figure.stage or (before.pop() if len(before) == 1 else None)


def _day(anchors: Anchors, part: int) -> date | None:
    years = anchors.parts[part] if part < len(anchors.parts) else None
    if years is None or years.this is None:
        return years.day if years else None
    return years.day or date(years.this, 1, 1)


def _against(page: Page, figure: Figure, rule: dict[str, Any], asked: Callable[[dict[str, Any]], Entry | None]) -> Check | None:
    low, high = rule["between"]
    value = _value(figure, rule["unit"])
    if value is None or not low <= value <= high:
        return None
    before, after = page.before(figure, REACH), page.after(figure, NEAR)
    if not rule["words"].search(before) or not (rule["after"].search(after) or rule["after"].search(before)):
        return None
    if figure.exactness is Exactness.over and rule["over"] == "more":
        return None  # 66人以上的超大班额 names a line, it does not cross it
    entry = asked(rule)
    made = _verdict(page, figure, value, entry, rule) if entry else None
    silent = {"breach": Judgement.holds, "met": Judgement.flagged}.get(rule.get("only", ""))
    return made if made and made.judgement is not silent else None


def _value(figure: Figure, unit: str) -> Decimal | None:
    """The figure in the unit of the rule; of a ratio, the pupils to one; None where it is of another unit."""
    if unit == "比":
        one, two = figure.value, figure.second
        return max(one, two) / min(one, two) if one and two else None
    return figure.value if base_unit(figure) == unit and figure.scale == 1 and figure.second is None else None


def _loosest(local: Law, place: str, day: date, rule: dict[str, Any]) -> Entry | None:
    """Of the cases that the rule leaves open, the entry in force that asks for least."""
    limit, found = law[rule["limit"]], []
    for facts in rule.get("facts", [{}]):
        try:
            found.append(local.entry(limit, day, place, facts))
        except JunhengError:
            continue  # nothing in force yet
    return (max if rule["over"] == "more" else min)(found, key=lambda entry: entry.value, default=None)


_BOUNDS = {"more": "不超过", "less": "不低于", "other": "为"}


def _asked(limit: Limit, entry: Entry, unit: str) -> Decimal:
    """What the law asks, in the unit that documents print."""
    return Decimal(entry.value) * (100 if limit.unit == "share" and unit == "%" else 1)


def _verdict(page: Page, figure: Figure, value: Decimal, entry: Entry, rule: dict[str, Any]) -> Check:
    limit, over = law[rule["limit"]], rule["over"]
    asked = _asked(limit, entry, rule["unit"])
    above = rule.get("cited") and "及" not in page.after(figure, 3) and value + 1 == asked  # 55人以上 is from 56 on
    named = asked if above else value
    breached = {"more": value > asked, "less": value < asked, "other": named != asked}[over]
    shown = f"1:{_plain(asked)}" if rule["unit"] == "比" else f"{_plain(asked)}{figure.unit}"
    aim = "提出的" if limit.standard == "policy_targets" else "规定"
    asks = f"{entry.paper}（{entry.day}起，{entry.evidence.zh}）{aim}{limit.zh}{_BOUNDS[over]}{shown}"
    verdict = Judgement.flagged if breached else Judgement.holds
    told = "请核实是否有当地依据" if breached else "没有违反"
    return check(page, "rule", spans_of(figure), verdict, shown, f"{asks}，文中为{figure.printed}{figure.unit}，{told}。")


def _plain(number: Decimal) -> str:
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
