"""The table of tasks that an office hands out (任务分解表, FORMS 6), with what must be looked at first beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from junheng.documents.codes import BodySource, Judgement, SuggestionKind
from junheng.documents.forms import words
from junheng.documents.shapes import Goal, Reading, Task
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.paper.xlsx import write_workbook

SECTION = re.compile(r"(?:科|股|室|处|中心|馆|站|队|部|组|办)$")  # inside the bureau; others are bodies of their own
LONGEST = 1000  # characters of a cell
OPEN = Cell("待定", Role.quiet)
TASK_COLUMNS = (
    Column(("序号",), 5, "center"), Column(("目标与任务",), 40, "left"), Column(("来源原文",), 46, "left"),
    Column(("牵头领导",), 9, "center"), Column(("牵头责任单位",), 15, "left"), Column(("责任单位",), 15, "left"),
    Column(("责任科室",), 13, "left"), Column(("时限",), 15, "left"), Column(("节点",), 20, "left"),
    Column(("验收标准",), 24, "left"), Column(("状态",), 8, "center"))
VAGUE_COLUMNS = (Column(("所在标题",), 34, "left"), Column(("序号",), 5, "center"), Column(("提法",), 90, "left"))
FIGURE_COLUMNS = (
    Column(("序号",), 5, "center"), Column(("指标",), 30, "left"), Column(("数字",), 14, "right"), Column(("学段",), 8, "center"),
    Column(("地区",), 10, "center"), Column(("时间",), 20, "left"), Column(("性质",), 8, "center"),
    Column(("比较",), 18, "left"), Column(("核对结果",), 14, "center"), Column(("应为或算得",), 14, "left"),
    Column(("理由",), 44, "left"), Column(("原文",), 40, "left"), Column(("位置",), 18, "left"))


def write_decomposition(path: Path, readings: Sequence[Reading]) -> None:
    """Write the tasks of one or more documents as a workbook: tasks and goals, vague wording, figures with their checks.

    Errors: JunhengError when `path` cannot be written.
    """
    write_workbook(path, [tasks_sheet(readings), vague_sheet(readings), figures_sheet(readings)])


def tasks_sheet(readings: Sequence[Reading]) -> Sheet:
    """Goals and tasks in the order of the text; what nobody said stays open, what was suggested is marked."""
    rows = [(reading, each) for reading in readings for each in _in_order(reading)]
    several = len(readings) > 1
    return Sheet(
        "任务分解表", _title(readings, "任务分解表"), TASK_COLUMNS,
        tuple(_row(number, *each, several) for number, each in enumerate(rows, start=1)), facts=_facts(readings),
        notes=("标“（建议）”并加底色的责任单位不是原文所写，须由办公室确认。",
               "“需补验收标准”的，须补上可检查的标准。", f"{words.CAVEAT}。"))


def _in_order(reading: Reading) -> list[Task | Goal]:
    """Tasks that can be checked, and the goals that no task already holds."""
    tasks = sorted((each for each in reading.tasks if not each.vague), key=lambda each: each.start)
    starts = [each.start for each in tasks]

    def held(goal: Goal) -> bool:
        before = bisect_right(starts, goal.start)
        return before > 0 and goal.start < tasks[before - 1].end
    goals = [each for each in reading.goals if not held(each)]
    return sorted([*tasks, *goals], key=lambda each: (each.start, each.end))


def _row(number: int, reading: Reading, each: Task | Goal, several: bool) -> Row:
    source = f"〔{reading.source.name}〕{each.text}" if several else each.text
    where = "；".join(filter(None, (" > ".join(each.path), words.place(reading, (each.start, each.end)))))
    cells = _task(reading, each) if isinstance(each, Task) else _goal(each)
    quoted = _text(f"{source}\n（{where}）")
    return (Cell(number), cells[0], quoted, OPEN, *cells[1:], Cell("待确认", Role.quiet))


def _task(reading: Reading, each: Task) -> Row:
    own = Cell(words.body(each), Role.waiting if each.body_source is BodySource.suggested else Role.plain)
    is_section = bool(SECTION.search(each.body))
    lead = OPEN if not each.body or is_section else own
    measure = _text(each.measure) if each.measure else Cell("需补验收标准", Role.waiting)
    return (_text(_what(each)), lead, _text("、".join(each.joint)), own if is_section else Cell(), _deadline(each),
            _nodes(reading, each), measure)


def _what(each: Task) -> str:
    return f"{each.action}{each.object}" if each.action and each.object else each.text


def _nodes(reading: Reading, each: Task) -> Cell:
    """The parts that a suggester would split it into; the office sets its nodes itself."""
    parts = next((one.words for one in reading.suggestions
                  if one.kind is SuggestionKind.split and (one.start, one.end) == (each.start, each.end)), ())
    return Cell("\n".join(f"{number}. {part}（建议）" for number, part in enumerate(parts, 1)), Role.waiting) if parts else Cell()


def _goal(each: Goal) -> Row:
    aim = words.aim(each)
    measure = Cell(aim, Role.unknown if each.blank else Role.plain) if aim else Cell("需补验收标准", Role.waiting)
    return (_text(f"目标：{each.text}"), OPEN, Cell(), Cell(), _deadline(each), Cell(), measure)


def _deadline(each: Task | Goal) -> Cell:
    return Cell(words.deadline(each.deadline, each.due)) if each.deadline or each.due else OPEN


def vague_sheet(readings: Sequence[Reading]) -> Sheet:
    """Exhortations that nobody can close, under their headings."""
    groups: dict[str, list[Task]] = {}
    for each in (each for reading in readings for each in reading.tasks if each.vague):
        groups.setdefault(" > ".join(each.path) or "（没有标题）", []).append(each)
    rows = tuple((Cell(where if number == 1 else "", Role.quiet), Cell(number), _text(each.text))
                 for where, own in groups.items() for number, each in enumerate(own, start=1))
    return Sheet("笼统提法", _title(readings, "笼统提法（按标题归并）"), VAGUE_COLUMNS, rows,
                 notes=("这些提法没有对象、时限和标准，不列为任务；要交办的，先补成具体任务。",), fixed=0)


def figures_sheet(readings: Sequence[Reading]) -> Sheet:
    """Every figure with the weightiest check on it, then the claims that rest on no figure."""
    rows = [row for reading in readings for row in (*_figures(reading), *_claims(reading))]
    return Sheet("数字与核对", _title(readings, "数字与核对"), FIGURE_COLUMNS,
                 tuple((Cell(number), *row) for number, row in enumerate(rows, start=1)), facts=_facts(readings),
                 notes=("“不成立”附重新计算的结果；遮盖或空着的数字一律按未知处理，不作零。",))


def _figures(reading: Reading) -> Iterator[Row]:
    checked = words.verdicts(reading)
    for number, each in enumerate(reading.figures):
        check = checked.get(number)
        shown = (words.name(each), words.value(each), words.stage(each), each.place, words.period(each), each.role.zh,
                 words.comparison(each))
        verdict = (Cell(check.judgement.zh, words.ROLES[check.judgement]), _text(words.recomputed(check)), _text(check.reason)
                   ) if check else (Cell(), Cell(), Cell())
        yield (*map(Cell, shown), *verdict, _text(each.quote), Cell(words.place(reading, (each.start, each.end))))


def _claims(reading: Reading) -> Iterator[Row]:
    """Claims of lists and calendars: they have no figure to stand beside."""
    shown = {id(check) for check in words.verdicts(reading).values()}
    for each in reading.checks:
        if id(each) not in shown and each.judgement is not Judgement.holds:
            yield (_text(each.claim), *(Cell() for _ in range(6)), Cell(each.judgement.zh, words.ROLES[each.judgement]),
                   _text(words.recomputed(each)), _text(each.reason), _text(reading.text.clean[slice(*each.spans[0])]),
                   Cell(words.place(reading, each.spans[0])))


def _text(text: str) -> Cell:
    return Cell(text if len(text) <= LONGEST else f"{text[:LONGEST]}……")


def _title(readings: Sequence[Reading], what: str) -> str:
    return f"《{readings[0].title}》{what}" if len(readings) == 1 and readings[0].title else what


def _facts(readings: Sequence[Reading]) -> tuple[str, ...]:
    return tuple(f"来源文件：{each.source.name}　摘要 {each.source.sha256[:16]}" + (f"　日期 {each.day}" if each.day else "")
                 for each in readings)
