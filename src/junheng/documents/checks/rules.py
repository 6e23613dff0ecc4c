"""Figures against the dated values of the standards: 55 pupils a class. The law is asked for the day of the document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.runs import CHANGES, base_unit, kind
from junheng.documents.codes import Exactness, FigureRole, Judgement
from junheng.documents.figures.periods import Anchors
from junheng.documents.shapes import Check, Figure
from junheng.standards import Entry, LawBook, law, law_book

REACH = 40  # characters before a figure in which the words of a rule may stand


def _rules() -> list[dict[str, Any]]:
    sheet = tomllib.loads((files("junheng.documents.checks") / "rules.toml").read_text(encoding="utf-8"))
    return [rule | {"words": re.compile(rule["words"] + ("$" if rule["words"].endswith("}") else ""))} for rule in sheet["rule"]]


RULES = _rules()


@cache
def _book(day: date) -> LawBook:
    return law_book(day)


def breaches(page: Page, anchors: Anchors) -> Iterator[Check]:
    """Every figure that a value of the law in force on the document's day answers; without a day none."""
    for place, figures in enumerate(page.by_sentence):
        day = _day(anchors, page.sentences[place].part) if figures else None
        for figure in figures:
            if day and figure.value is not None and kind(figure) not in CHANGES and figure.role is not FigureRole.base:
                stage = _stage(figures, figure)
                found = next((made for rule in RULES if rule.get("stage", stage) == stage
                              and (made := _against(page, figure, rule, day))), None)
                if found:
                    yield found


def _stage(figures: tuple[Figure, ...], figure: Figure) -> str | None:
    """The stage a figure is of; where it is not said, the only one that the figures before it in the sentence are of."""
    before = {one.stage for one in figures if one.start < figure.start and one.stage}
    return figure.stage or (before.pop() if len(before) == 1 else None)


def _day(anchors: Anchors, part: int) -> date | None:
    years = anchors.parts[part] if part < len(anchors.parts) else None
    if years is None or years.this is None:
        return years.day if years else None
    return years.day or date(years.this, 1, 1)


def _against(page: Page, figure: Figure, rule: dict[str, Any], day: date) -> Check | None:
    assert figure.value is not None
    low, high = rule["between"]
    if base_unit(figure) != rule["unit"] or figure.scale != 1 or not low <= figure.value <= high:
        return None
    before = page.before(figure, REACH)
    if not rule["words"].search(before) or rule.get("after", "") not in before + page.after(figure, 24):
        return None
    if figure.exactness is Exactness.over and rule["over"] == "more":
        return None  # 66人以上的超大班额 names a line, it does not cross it
    entry = _loosest(rule, day)
    made = _verdict(page, figure, entry, rule) if entry else None
    return made if made and (made.judgement is Judgement.flagged or not rule.get("only_breach")) else None


def _loosest(rule: dict[str, Any], day: date) -> Entry | None:
    """The entry that asks for least among those the facts leave, as far as they are in force."""
    limit, book = law[rule["limit"]], _book(day)
    if not book.in_force(limit):
        return None
    facts = rule.get("facts")
    entries = [entry for entry in book.entries(limit, "") if facts is None or dict(entry.where) == facts]
    entries = [entry for entry in entries if not isinstance(entry.value, str)]
    return (max if rule["over"] == "more" else min)(entries, key=lambda entry: entry.value, default=None)


_BOUNDS = {"more": "不超过", "less": "不低于", "other": ""}


def _verdict(page: Page, figure: Figure, entry: Entry, rule: dict[str, Any]) -> Check:
    value, asked, over = figure.value, entry.value, rule["over"]
    assert value is not None and not isinstance(asked, str)
    breached = {"more": value > asked, "less": value < asked, "other": value != asked}[over]
    said = f"{figure.printed}{figure.unit}"
    asks = f"{entry.paper}（{entry.day}起）规定{law[rule['limit']].zh}{_BOUNDS[over]}{asked}{figure.unit}"
    verdict = Judgement.flagged if breached else Judgement.holds
    reason = f"{asks}，文中为{said}，{'请核实是否有当地依据' if breached else '没有违反'}。"
    return check(page, "rule", spans_of(figure), verdict, f"{asked}{figure.unit}", reason)
