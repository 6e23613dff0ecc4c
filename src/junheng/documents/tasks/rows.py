"""Rows of tables: what is to be done, by whom and by when may stand in columns of their own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from junheng.documents.codes import BodySource, FigureRole, Tense
from junheng.documents.figures.cells import grids, tables
from junheng.documents.figures.periods import Anchors
from junheng.documents.shapes import Blank, Figure, Goal, Outline, Sentence, Span, Task, Text
from junheng.documents.tasks.bodies import names, suggested_body
from junheng.documents.tasks.clauses import Verb, head_verb, within
from junheng.documents.tasks.deadlines import headed_day, last_day, part_days
from junheng.documents.tasks.measures import is_threshold, measure, measures

# what the head of a column says of it; the first that fits wins, a column is taken once
_COLUMNS = {
    "joint": re.compile("配合|协办|协助|参与"),
    "lead": re.compile("牵头(?!领导|人)"),
    "body": re.compile("(?:责任|承办|主办|负责|实施|落实)(?:主体|单位|部门|科室|股室|处室)?$"),
    "by": re.compile("时限|期限|时间|节点|日期|^月份$"),
    "measure": re.compile("标准|成果|成效"),
    "what": re.compile("任务(?!数|量|人数|指标)|措施|举措|事项|要点|重点工作|工作$"
                       "|(?<!教学|学习|课程|考试|会议)内容$|[作体设要改目]内容"),
    "thing": re.compile("(?:项目|工程|学校)(?:名称)?$"),
}


@dataclass(frozen=True)
class Row:
    """One row of a table; `cells` are those that are not empty, by the kind of their column; `numbers` are the figures alone in
    their cells; `held` is the body that a row above names, where this one names none."""

    start: int
    end: int
    cells: dict[str, Span]
    numbers: frozenset[int]
    held: Span | None
    is_head: bool = False

    @property
    def is_told(self) -> bool:
        """Its columns tell all of it, so its words in a row are not read again."""
        return self.is_head or self.work is not None

    @property
    def work(self) -> Span | None:
        """What is to be done, with the thing it is done to where that stands beside it; None where nothing is handed out."""
        what, thing = self.cells.get("what"), self.cells.get("thing")
        if what is None:
            return thing if thing and self.cells.keys() & {"lead", "body", "by"} else None
        return (thing[0], what[1]) if thing and 0 < what[0] - thing[1] < 4 else what


@dataclass(frozen=True)
class Laid:
    """What goals and tasks are both found by: the day of each part, the rows of all tables."""

    days: tuple[date | None, ...]
    rows: list[Row]


def lay_out(text: Text, outline: Outline, day: date | None, known: Anchors | None = None) -> Laid:
    """`day` is the document's, from which months and 年底 are counted; `known` are the years of the text, where worked out."""
    return Laid(part_days(text, outline, day, known), table_rows(text.clean))


def table_rows(clean: str) -> list[Row]:
    """The rows of all tables of a text, in order."""
    rows: list[Row] = []
    alone = {cell.start for table in tables(clean) for cell in table}
    for grid in grids(clean):
        kinds = _kinds(grid.heads)
        held = None
        rows.append(Row(*grid.head, {}, frozenset(), None, is_head=True))
        for cells in grid.rows:
            named = {kind: cells[at] for kind, at in kinds.items() if at < len(cells) and cells[at][0] < cells[at][1]}
            own = named.get("lead") or named.get("body")
            numbers = frozenset(start for start, _ in cells if start in alone)
            rows.append(Row(cells[0][0], cells[-1][1], named, numbers, None if own else held))
            held = own or held
    return rows


def _kinds(heads: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        kind = next((kind for kind, words in _COLUMNS.items() if kind not in found and words.search(head)), None)
        if kind is not None:
            found[kind] = at
    return found


def row_at(rows: Sequence[Row], sentence: Sentence) -> Row | None:
    """The row that a sentence stands in; it may begin with the bar before the first cell."""
    at = bisect_left(rows, sentence.end, key=lambda row: row.start) - 1
    return rows[at] if at >= 0 and sentence.start < rows[at].end else None


def row_goals(text: Text, outline: Outline, figures: Sequence[Figure], blanks: Sequence[Blank], laid: Laid) -> Iterator[Goal]:
    """The targets that stand in tables: of work that is handed out, and of columns of targets."""
    for row, sentence, day in _read(text, outline, laid):
        start, end = row.work or (row.start, row.end)
        said = _words(text.clean, start, end)
        for figure in within(figures, row.start, row.end):
            if figure.role is FigureRole.target and _is_aimed(text.clean, row, figure):
                by, due = _by(text.clean, row, day) if row.work else _year_end(figure)
                yield Goal(start, end, said, figure, by, due, sentence.path)
        for blank in within(blanks, row.start, row.end):
            if blank.kind == "number" and blank.role is FigureRole.target:
                yield Goal(start, end, said, None, *_by(text.clean, row, day), sentence.path, blank=blank)


def _year_end(figure: Figure) -> tuple[str, date | None]:
    """2025年目标 at the head of a column."""
    year = figure.period.year if figure.period.printed and not figure.period.inferred_by else None
    return figure.period.printed, date(year, 12, 31) if year else None


def _is_aimed(clean: str, row: Row, figure: Figure) -> bool:
    """No day, no 56人以上的班, and of a project not what it costs."""
    by = row.cells.get("by", (0, 0))
    costs = row.work is not None and figure.unit.endswith("元")
    alone = row.work is not None or figure.start in row.numbers
    return alone and not costs and not by[0] <= figure.start < by[1] and not is_threshold(clean, figure)


def row_tasks(text: Text, outline: Outline, figures: Sequence[Figure], laid: Laid) -> Iterator[Task]:
    """A task for each row of a table that hands out work. A body that only a row above names is a suggestion."""
    for row, sentence, day in _read(text, outline, laid):
        if (span := row.work) is None:
            continue
        said = _words(text.clean, *span)
        verb = head_verb(_cell(text.clean, row, "what") or said, dated=True) or Verb("", "", concrete=False)
        thing = _cell(text.clean, row, "thing") if span not in (row.cells.get("what"), row.cells.get("thing")) else ""
        inside = [figure for figure in within(figures, row.start, row.end)
                  if (span[0] <= figure.start < span[1] or (figure.start in row.numbers and not figure.unit.endswith("元")))
                  and measures(text.clean, figure, None)]
        measured = _cell(text.clean, row, "measure") or "；".join(dict.fromkeys(map(measure, inside)))
        lead, joint = _bodies(text.clean, row)
        body, source = (lead, BodySource.explicit) if lead else _suggested(text.clean, row, (said, *reversed(sentence.path)))
        yield Task(*span, said, verb.action, thing + verb.object if verb.action else "", body, source, joint,
                   *_by(text.clean, row, day), measured, sentence.path)


def _read(text: Text, outline: Outline, laid: Laid) -> Iterator[tuple[Row, Sentence, date | None]]:
    """The rows of what is planned, each with its sentence and the day from which months count."""
    starts = [sentence.start for sentence in outline.sentences]
    for row in laid.rows:
        at = bisect_right(starts, (row.work or (row.start, row.end))[0]) - 1
        sentence = outline.sentences[max(at, 0)]
        planned = sentence.tense is Tense.plan or (row.work is not None and sentence.tense is not Tense.past)
        if planned and text.is_read(sentence.part):
            yield row, sentence, headed_day(sentence, laid.days[sentence.part])


def _words(clean: str, start: int, end: int) -> str:
    return " ".join(clean[start:end].replace("|", "\t").split("\t"))


def _cell(clean: str, row: Row, kind: str) -> str:
    return clean[slice(*row.cells.get(kind, (0, 0)))]


def _bodies(clean: str, row: Row) -> tuple[str, tuple[str, ...]]:
    lead, body, joint = (_cell(clean, row, kind) for kind in ("lead", "body", "joint"))
    return lead or body, tuple(dict.fromkeys(names(joint) + (names(body) if lead else ())))


def _suggested(clean: str, row: Row, places: Sequence[str]) -> tuple[str, BodySource]:
    """Of cells that were merged only the first is filled."""
    return (clean[slice(*row.held)], BodySource.suggested) if row.held else suggested_body(places)


def _by(clean: str, row: Row, day: date | None) -> tuple[str, date | None]:
    printed = _cell(clean, row, "by")
    return printed, last_day(printed, day)
