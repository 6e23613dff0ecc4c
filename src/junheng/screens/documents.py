"""What a document says, as Markdown: what needs a look first, then what must be handed out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from shlex import quote

from junheng.documents.against import Against
from junheng.documents.as_json import Only
from junheng.documents.codes import Agreement, Kept, RepairKind
from junheng.documents.deciding import ACCEPT, UNDO
from junheng.documents.forms import promised, words
from junheng.documents.promises import Promise
from junheng.documents.shapes import Check, Figure, Goal, Heading, Reading, Repair, Task
from junheng.paper.screen import say
from junheng.screens.words import say_rest

SHOWN = 20  # lines of a list; all where it alone is asked for
CELL = 80   # characters
KEPT_LAST = (Kept.missed, Kept.partly, Kept.unknown, Kept.kept)

Rows = Iterable[Sequence[str]]


def document(reading: Reading, against: Sequence[Against] | None = None, only: Only | None = None) -> None:
    """The summary of a document, or one list of it in full; `against` is None where no city was given."""
    say(f"# {reading.title or reading.source.name}\n")
    _what_it_is(reading)
    parts = {"outline": _outline, "figures": _figures, "checks": _checks, "goals": _goals, "tasks": _tasks, "repairs": _repairs}
    if only is not None:
        parts[only](reading, None)
        return
    _look_first(reading)
    _goals(reading, SHOWN)
    _tasks(reading, SHOWN)
    _blanks(reading)
    _repairs(reading, SHOWN)
    if against is not None:
        _against(against)


def next_step(files: Sequence[Path], city: Path | None = None) -> None:
    """What to do with what was read."""
    asked = " ".join([*map(_shell, files), *(["--city", _shell(city)] if city else [])])
    html = "，或 --html 核对.html 对照原文逐条确认" if len(files) == 1 else ""
    say(f"\n下一步：junheng read {asked} --xlsx 任务分解表.xlsx{html}")


def _shell(path: Path) -> str:
    """A path as it is typed: quoted where a shell would take it apart, which Chinese characters need not be."""
    text = str(path)
    return text if re.fullmatch(r"[\w@%+=:,./-]+", text) else quote(text)


def kept(folder: Path, *, new: bool) -> None:
    """Where the city folder holds what was read."""
    say(f"\n{'已存入' if new else '同样的内容已存于'} {folder}")


def promises(plan: Reading, report: Reading, found: Sequence[Promise]) -> None:
    """Every promise of a plan and what the report says of it, those not kept first."""
    say(f"# 承诺与结果对照\n\n- 计划：{plan.title}（{plan.source.name}）\n- 报告：{report.title}（{report.source.name}）")
    say(f"- {promised.counted(found)}\n")
    rows = sorted(found, key=lambda each: KEPT_LAST.index(each.verdict))
    _table(("结果", "承诺", "报告", "理由"), ((each.verdict.zh, each.text, each.answer, each.reason) for each in rows),
           None, None)
    say("\n下一步：核对未兑现和未见反映的各条；加 --xlsx 写出对照表")


def _what_it_is(reading: Reading) -> None:
    source, day = reading.source, reading.day
    told = f"{day}（推断：{reading.day_inferred_by}）" if day and reading.day_inferred_by else str(day or "未写明")
    say(f"- 文件：{source.name}（{source.format}，{len(source.text):,} 字，摘要 {source.sha256[:12]}）")
    say(f"- 日期：{told}")
    if len(reading.text.parts) > 1:
        say(f"- 共 {len(reading.text.parts)} 篇：")
        for part in reading.text.parts:
            say(f"  - {part.title or '（无题）'}" + ("" if part.on_topic else f"——疑与教育无关：{part.why}"))
    say(f"- 数字 {len(reading.figures)} 个，核对 {len(reading.checks)} 处，目标 {len(reading.goals)} 条，"
        f"任务 {sum(not each.vague for each in reading.tasks)} 条，待填 {len(reading.blanks)} 处")
    for note in reading.notes:
        say(f"- 注意：{note}")


def _look_first(reading: Reading) -> None:
    many = Counter(each.judgement for each in reading.checks)
    if not many:
        say("\n文中没有可以核对的说法。")
        return
    say("\n## 核对\n")
    say("，".join(f"{judgement.zh} {many[judgement]}" for judgement in words.WORST_FIRST if many[judgement]))
    if first := [each for each in _weighed(reading) if each.judgement in words.LOOK_FIRST]:
        say("\n请先看：\n")
        _table(("结果", "说法", "应为或算得", "理由"), map(_check, first), SHOWN, "checks")


def _weighed(reading: Reading) -> list[Check]:
    return sorted(reading.checks, key=lambda each: words.WORST_FIRST.index(each.judgement))


def _check(each: Check) -> Sequence[str]:
    return (each.judgement.zh, each.claim, words.recomputed(each), each.reason)


def _checks(reading: Reading, shown: int | None) -> None:
    _section("核对", len(reading.checks))
    told = [each for each in _weighed(reading) if each.kind != "masked"]
    hidden = [each for each in reading.checks if each.kind == "masked"]
    _table(("结果", "说法", "应为或算得", "理由"), [*map(_check, told), *_hidden(hidden)], shown, "checks")


def _hidden(checks: Sequence[Check]) -> Iterator[Sequence[str]]:
    """Claims that are masked and no more, in one line: each stands among what is to be filled in."""
    if checks:
        claims = "、".join(dict.fromkeys(each.claim for each in checks))
        yield (checks[0].judgement.zh, f"{claims}，共 {len(checks)} 处", "", "数字被遮盖，填好后再核对；各处见“待填”")


def _figures(reading: Reading, shown: int | None) -> None:
    checked = words.verdicts(reading)
    _section("数字", len(reading.figures))
    _table(("指标", "数字", "学段", "地区", "时间", "性质", "比较", "核对"),
           (_figure(each, checked.get(number)) for number, each in enumerate(reading.figures)), shown, "figures")


def _figure(each: Figure, check: Check | None) -> Sequence[str]:
    return (words.name(each), words.value(each), words.stage(each), each.place, words.period(each), each.role.zh,
            words.comparison(each), check.judgement.zh if check else "")


def _goals(reading: Reading, shown: int | None) -> None:
    _section("目标", len(reading.goals))
    _table(("目标", "标准", "时限"), map(_goal, reading.goals), shown, "goals")


def _goal(each: Goal) -> Sequence[str]:
    return (each.text, words.aim(each) or "需补标准", words.deadline(each.deadline, each.due))


def _tasks(reading: Reading, shown: int | None) -> None:
    """Dated or measurable ones first; exhortations are counted by their headings."""
    own = sorted((each for each in reading.tasks if not each.vague), key=lambda each: not (each.deadline or each.measure))
    _section("任务", len(own))
    _table(("任务", "责任", "时限", "验收标准"), map(_task, own), shown, "tasks")
    vague = Counter(" > ".join(each.path) for each in reading.tasks if each.vague)
    if vague:
        say(f"\n另有笼统提法 {vague.total()} 条，不列为任务：")
        for where, many in vague.most_common(8):
            say(f"- {where or '（没有标题）'}：{many} 条")


def _task(each: Task) -> Sequence[str]:
    return (each.text, words.body(each) or "未写明", words.deadline(each.deadline, each.due) or "未写明", each.measure or "需补")


def _blanks(reading: Reading) -> None:
    if reading.blanks:
        _section("待填", len(reading.blanks))
        _table(("指标", "原文", "所在"), ((each.indicator_raw, words.blank(each), each.quote) for each in reading.blanks),
               SHOWN, None)


def _repairs(reading: Reading, shown: int | None) -> None:
    """Proposals first; of what was done the kinds, and every one where they alone are asked for."""
    repairs = reading.text.repairs
    if not repairs and shown is not None:
        return
    _section("修复", len(repairs))
    told = sorted((each for each in repairs if shown is None or not each.done or each.decided),
                  key=lambda each: words.REPAIRS.index(words.repair(each)))
    done = Counter(RepairKind[each.kind].zh for each in repairs if each.done)
    if done:
        say("读入时已改（原文保留）：" + "，".join(f"{kind} {many}" for kind, many in done.most_common()))
    if told or shown is None:
        if done:
            say("")
        _table(("序号", "状态", "原文", "改为", "依据"), (_repair(reading.source.text, each) for each in told), shown, "repairs")
    if repairs:
        say(f"\n采用建议用 {ACCEPT} 序号，撤销已改的用 {UNDO} 序号" + ("；全部序号用 --only repairs 查看" if shown else ""))


def _repair(raw: str, each: Repair) -> Sequence[str]:
    return (str(each.number), words.repair(each), words.repaired(raw, each), words.repairing(each), each.why)


def _against(against: Sequence[Against]) -> None:
    """What differs from the register, and why the rest could not be held against it."""
    many = Counter(each.agreement for each in against)
    say("\n## 与登记对照\n")
    say("，".join(f"{agreement.zh} {many[agreement]}" for agreement in Agreement) if against else "没有数字对应到登记里的指标。")
    differs = [each for each in against if each.agreement is Agreement.differs]
    if differs:
        say("")
        _table(("指标", "文中", "对照"), ((words.name(each.figure), words.value(each.figure), each.reason) for each in differs),
               SHOWN, None)
        say("")
    for why, times in Counter(each.reason for each in against if each.agreement is Agreement.not_comparable).most_common(SHOWN):
        say(f"- 不可比 {times} 个：{why}")


def _outline(reading: Reading, _: int | None) -> None:
    _section("提纲", None)
    for line in _headings(reading.outline.headings, 0) if reading.outline.headings else ("没有分级标题。",):
        say(line)


def _headings(headings: Sequence[Heading], depth: int) -> Iterator[str]:
    for each in headings:
        yield f"{'  ' * depth}- {each.number}{each.title}" + (f"（{each.tense.zh}）" if each.tense else "")
        yield from _headings(each.children, depth + 1)


def _section(title: str, many: int | None) -> None:
    say(f"\n## {title}" + ("" if many is None else f"（{many}）") + "\n")


def _table(heads: Sequence[str], rows: Rows, shown: int | None, only: str | None) -> None:
    """A table of Markdown; of more than `shown` rows the first, and how to see the rest."""
    held = list(rows)
    if not held:
        say("没有。")
        return
    say(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for row in held[:shown]:
        say(f"| {' | '.join(map(_cell, row))} |")
    if shown is not None:
        say_rest(len(held) - shown, "行", f" -> 用 {f'--only {only}' if only else '--json'} 查看全部", "\n")


def _cell(text: str) -> str:
    plain = " ".join(text.replace("|", "\\|").split())
    return plain if len(plain) <= CELL else f"{plain[:CELL]}……"
