"""A document as a page: its own text with the marks of the reading, and beside each mark what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from junheng.documents.against import Against
from junheng.documents.codes import Agreement, BodySource, FigureRole
from junheng.documents.deciding import ACCEPT, UNDO
from junheng.documents.forms import words
from junheng.documents.shapes import Blank, Check, Figure, Goal, Heading, Reading, Repair, Task
from junheng.paper.annotated import Annotated, Entry, Group, Mark, Record
from junheng.paper.annotated_html import write_annotated
from junheng.paper.sheets import Role

LEGEND = (
    ("figure", "数字", Role.plain), ("figure target", "目标数", Role.plain), ("figure", "核对成立", Role.ok),
    ("figure", "请核实", Role.waiting), ("figure", "不成立", Role.bad), ("blank", "遮盖或空着", Role.plain),
    ("goal", "目标", Role.plain), ("task", "任务", Role.plain), ("dropped", "未读入", Role.plain),
    ("offered", "疑有错字", Role.plain))


def write_reading(path: Path, reading: Reading, against: Sequence[Against] = ()) -> None:
    """Write the page of one document. Errors: JunhengError when `path` cannot be written."""
    write_annotated(path, document_page(reading, against))


def document_page(reading: Reading, against: Sequence[Against] = ()) -> Annotated:
    """The page of one document; `against` adds what the register says of its figures."""
    checked = words.verdicts(reading)
    held = {id(each.figure): each for each in against}
    groups = (_checks(reading), _figures(reading, checked, held), _goals(reading), _tasks(reading), _vague(reading),
              _blanks(reading), _repairs(reading))
    return Annotated(
        title=reading.title or reading.source.name, facts=tuple(_facts(reading)), caveat=f"{words.CAVEAT}。",
        text=reading.source.text, marks=tuple(_marks(reading, checked)),
        outline=tuple(_outline(reading)), groups=groups, legend=LEGEND,
        notes=(*reading.notes, f"原文摘要（SHA-256）{reading.source.sha256}"))


def _facts(reading: Reading) -> Iterator[str]:
    yield reading.source.name
    if reading.day:
        yield f"{reading.day}" + (f"（推断：{reading.day_inferred_by}）" if reading.day_inferred_by else "")
    yield f"{len(reading.source.text):,} 字"


def _outline(reading: Reading) -> Iterator[Entry]:
    """The headings, under the titles of their parts where a file holds several."""
    parts = reading.text.parts if len(reading.text.parts) > 1 else ()
    made = [(each.start, 0, (each.title or "（无题）") + ("" if each.on_topic else "（疑与教育无关）")) for each in parts]
    made += [(each.start, level, f"{each.number} {each.title}".strip()) for each, level in _headings(reading.outline.headings)]
    for start, level, words_of in sorted(made):
        yield Entry(words_of, level, reading.text.raw_span((start, start))[0])


def _headings(headings: Sequence[Heading], level: int = 1) -> Iterator[tuple[Heading, int]]:
    for each in headings:
        yield each, level
        yield from _headings(each.children, level + 1)


def _marks(reading: Reading, checked: dict[int, Check]) -> Iterator[Mark]:
    def mark(span: tuple[int, int], record: str, look: str, role: Role = Role.plain) -> Mark:
        return Mark(*reading.text.raw_span(span), record, look, role)
    for heading, _ in _headings(reading.outline.headings):
        yield mark((heading.start, heading.body), "", "heading")
    for number, figure in enumerate(reading.figures):
        check = checked.get(number)
        look = "figure target" if figure.role is FigureRole.target else "figure"
        yield mark((figure.start, figure.end), f"f{number}", look, words.ROLES[check.judgement] if check else Role.plain)
    for number, one in enumerate(reading.checks):
        yield from (mark(span, f"c{number}", "check", words.ROLES[one.judgement]) for span in one.spans)
    yield from (mark((each.start, each.end), f"g{number}", "goal") for number, each in enumerate(reading.goals))
    yield from (mark((each.start, each.end), f"t{number}", "task quiet" if each.vague else "task")
                for number, each in enumerate(reading.tasks))
    yield from (mark((each.start, each.end), f"b{number}", "blank") for number, each in enumerate(reading.blanks))
    for repair in reading.text.repairs:
        yield Mark(*repair.span, f"r{repair.number}", _repair_look(repair))


def _repair_look(each: Repair) -> str:
    if each.done:
        return "mended" if each.now else "dropped"
    return "" if each.decided else "offered"


def _told(*lines: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in lines if text)


def _checks(reading: Reading) -> Group:
    weight = {judgement: place for place, judgement in enumerate(words.WORST_FIRST)}
    records = [(each, Record(f"c{number}", each.claim, word=each.judgement.zh, role=words.ROLES[each.judgement],
                             lines=_told(("结果", words.recomputed(each)), ("理由", each.reason))))
               for number, each in enumerate(reading.checks)]
    shown = tuple(record for _, record in sorted(records, key=lambda pair: weight[pair[0].judgement]))
    return Group("checks", "核对", shown, "文中没有可以核对的说法。", "不成立和请核实的在前；印出的数字按四舍五入的区间核对。")


def _figures(reading: Reading, checked: dict[int, Check], held: dict[int, Against]) -> Group:
    records = tuple(_figure(number, each, checked.get(number), held.get(id(each))) for number, each in enumerate(reading.figures))
    return Group("figures", "数字", records, "文中没有数字。")


def _figure(number: int, each: Figure, check: Check | None, held: Against | None) -> Record:
    verdict = f"{check.judgement.zh}：{check.reason or check.claim}" if check else ""
    facts = (words.stage(each), each.place, words.period(each), words.comparison(each))
    lines = _told(("核对", verdict), ("结果", words.recomputed(check) if check else ""),
                  ("登记", f"{held.agreement.zh}：{held.reason}" if held else ""))
    role = words.ROLES[check.judgement] if check else Role.plain
    if held and held.agreement is Agreement.differs:
        role = Role.bad
    word = "" if each.role is FigureRole.actual else each.role.zh
    return Record(f"f{number}", words.name(each), words.value(each), tuple(filter(None, facts)), word, role, lines)


def _goals(reading: Reading) -> Group:
    records = tuple(_goal(number, each) for number, each in enumerate(reading.goals))
    return Group("goals", "目标", records, "没有找到目标。")


def _goal(number: int, each: Goal) -> Record:
    lines = _told(("标准", words.aim(each) or "没有数字，需补标准"), ("时限", words.deadline(each.deadline, each.due)),
                  ("所在", " > ".join(each.path)))
    return Record(f"g{number}", each.text, lines=lines)


def _tasks(reading: Reading) -> Group:
    numbered = sorted(enumerate(reading.tasks), key=lambda pair: not (pair[1].deadline or pair[1].measure))
    records = tuple(_task(number, each) for number, each in numbered if not each.vague)
    return Group("tasks", "任务", records, "没有找到任务。", "有时限或标准的在前。")


def _vague(reading: Reading) -> Group:
    records = tuple(Record(f"t{number}", each.text, lines=_told(("所在", " > ".join(each.path))))
                    for number, each in enumerate(reading.tasks) if each.vague)
    return Group("vague", "笼统", records, "没有笼统的提法。", "没有对象、时限和标准，不列为任务。", printed=False)


def _task(number: int, each: Task) -> Record:
    body = f"{each.body}（建议，待确认）" if each.body_source is BodySource.suggested else each.body or "未写明"
    lines = _told(("责任", body), ("配合", "、".join(each.joint)), ("时限", words.deadline(each.deadline, each.due) or "未写明"),
                  ("验收", each.measure or "需补验收标准"), ("所在", " > ".join(each.path)))
    return Record(f"t{number}", each.text, role=Role.plain if each.measure else Role.waiting, lines=lines)


def _blanks(reading: Reading) -> Group:
    records = tuple(_blank(number, each) for number, each in enumerate(reading.blanks))
    return Group("blanks", "待填", records, "没有被遮盖或空着的数字。", "遮盖或空着的数字按未知处理，不作零。")


def _blank(number: int, each: Blank) -> Record:
    what = each.indicator_raw or ("年份" if each.kind == "year" else "数字")
    return Record(f"b{number}", what, words.blank(each), role=Role.unknown, lines=_told(("原文", each.quote)))


def _repairs(reading: Reading) -> Group:
    records = tuple(_repair(reading.source.text, each) for each in reading.text.repairs)
    return Group("repairs", "修复", records, "原文没有需要修复之处。",
                 f"原文一字未动。编号供命令行用：{ACCEPT} 采用建议，{UNDO} 撤销已改的。")


def _repair(raw: str, each: Repair) -> Record:
    was, now = (text if len(text) <= 60 else f"{text[:60]}……" for text in (words.repaired(raw, each), words.repairing(each)))
    return Record(f"r{each.number}", f"{each.number}. {was}", word=words.repair(each),
                  role=Role.plain if each.done or each.decided else Role.waiting, lines=_told(("改为", now), ("依据", each.why)))
