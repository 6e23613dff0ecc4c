"""What somebody must do, one line of a 任务分解表 each; exhortations are marked vague."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from junheng.documents.codes import BodySource, FigureRole
from junheng.documents.figures.finding import is_under_norms
from junheng.documents.outline.marks import SOFT
from junheng.documents.shapes import Blank, Figure, Heading, Outline, Sentence, Span, Task, Text
from junheng.documents.tasks.bodies import after_body, explicit_body, joint_bodies, only_names, suggested_body
from junheng.documents.tasks.clauses import (
    LONG,
    Verb,
    clauses,
    ends_work,
    head_verb,
    is_context,
    is_tail,
    named_work,
    plan_sentences,
    within,
)
from junheng.documents.tasks.deadlines import Deadline, deadlines, headed_day
from junheng.documents.tasks.goals import is_aim
from junheng.documents.tasks.measures import measure, measures
from junheng.documents.tasks.notes import is_note, noted
from junheng.documents.tasks.rows import Laid, Row, lay_out, row_at, row_tasks

_OBJECT = 60  # characters that an object shows at most
_ALONE = 4  # characters besides the day in a clause that only dates what follows
_GENERAL = 4  # characters of an object that only names a kind of work: 开展专项检查
# what a building comes to
_YIELDS = re.compile("(?:可|共|预计|累计)*(?:新增|增加|提供|形成)[^，,；;\\d]{0,8}(?:学位|床位|面积|容量)")
# a stage of a scheme with its days: 自查自纠（3月11日至4月30日）
_STAGE = re.compile("(?:[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.．])?[^，,。；;（）()]{2,16}"
                    "[（(](?P<when>[^（）()]*[0-9][月日][^（）()]*)[）)][。：:]?")
_CELL_END = re.compile("[\t|]")
_SIGNS = " ，,、；;：:。！!\n"


@dataclass(frozen=True)
class Clause:
    """One clause with what it says of a task."""

    start: int
    end: int
    verb: Verb | None
    body: str
    by: Deadline | None
    figures: tuple[Figure, ...]
    tail: bool
    context: bool
    joint: tuple[str, ...]
    carries: bool  # its day is also that of what follows: 到2025年，.. or 年内开展以下活动：..
    hidden: bool = False  # a number that somebody hid or left out: 投入资金××万元
    days: tuple[Deadline, ...] = ()  # of 4月、10月各开展一次: each of them

    @property
    def strict(self) -> bool:
        """It has a day of its own that is more than 今年 or 今后."""
        return self.by is not None and not self.by.loose

    @property
    def ends_work(self) -> bool:
        """It says of what was told before that it is done with, or what is done to it next: 交付使用, 公布."""
        return self.verb is not None and (self.verb.concrete or ends_work(self.verb.action))

    @property
    def definite(self) -> bool:
        """Dated, counted, or it names a thing that will be there."""
        if self.verb is None or not self.verb.object:
            return self.strict and self.ends_work  # 经费.., 6月底前拨付到位
        return self.verb.concrete or self.strict or bool(self.figures) or self.hidden


def find_tasks(text: Text, outline: Outline, figures: tuple[Figure, ...], day: date | None, blanks: Sequence[Blank] = (),
               laid: Laid | None = None) -> tuple[Task, ...]:
    """The tasks of a text; `day` is the document's, from which months and 年底 are counted, `laid` what it lays out, where that
    is worked out already.

    A clause is a task where it is dated, counted or says what will be there (制定.., 召开.., 建成..); the exhortations
    of a sentence are one vague task. A heading that only gathers others is none. A note （责任单位：..） goes to the task
    before it; what is only to be reached (巩固率达到98%) is a goal. A number that somebody hid counts, and measures nothing.
    Where norms are laid down only what has a day is work.
    """
    gathering, laid = dict(_gathering(outline.headings)), laid or lay_out(text, outline, day)
    tasks = list(row_tasks(text, outline, figures, laid))
    for number, sentence in plan_sentences(text, outline):
        if is_note(text.clean, outline.sentences, number) \
                or (sentence.start in gathering and _STAGE.fullmatch(text.clean, sentence.start, sentence.end)):
            continue
        if (row := row_at(laid.rows, sentence)) is not None and (row.is_told or _tells_what_is(row, figures)):
            continue
        near, day = within(figures, sentence.start, sentence.end), headed_day(sentence, laid.days[sentence.part])
        hidden = within(blanks, sentence.start, sentence.end)
        found = [_in_stage(task, day) for task in _sentence_tasks(text.clean, sentence, near, hidden, day)]
        family = gathering.get(sentence.start)
        found = [task for task in found if family is None or _stands(task, family)]
        found = noted(text.clean, outline.sentences, number, found, day)
        tasks += [task for task in found if task.due] if is_under_norms(sentence) else found
    return tuple(sorted(tasks, key=lambda task: task.start))


def _tells_what_is(row: Row, figures: Sequence[Figure]) -> bool:
    """Its numbers are none to be reached: 建设路小学 with its 24 classes is no work."""
    return bool(row.numbers) and not any(figure.start in row.numbers and figure.role is FigureRole.target
                                         for figure in within(figures, row.start, row.end))


def _in_stage(task: Task, day: date | None) -> Task:
    """What has no day of its own has that of the stage it stands under: （一）动员部署（3月10日前）。"""
    if task.deadline or task.vague or not task.path or not (stage := _STAGE.fullmatch(task.path[-1])):
        return task
    by = list(deadlines(stage["when"], 0, len(stage["when"]), day))
    return replace(task, deadline=by[-1].printed, due=by[-1].due) if by else task


def _gathering(headings: Sequence[Heading]) -> Iterator[tuple[int, str]]:
    """Where the headings begin that have something under them, and their families."""
    for heading in headings:
        if heading.body < heading.end:
            yield heading.start, heading.family
        yield from _gathering(heading.children)


def _stands(task: Task, family: str) -> bool:
    """A heading that gathers others is a task only where it says what will be there; （一） only if dated or counted."""
    if task.vague or task.measure or task.deadline:
        return not task.vague
    return family in SOFT and len(task.object) > _GENERAL


def _sentence_tasks(clean: str, sentence: Sentence, figures: Sequence[Figure], blanks: Sequence[Blank],
                    day: date | None) -> Iterator[Task]:
    body, by, thing = "", None, ""
    for group in _groups(_clauses(clean, sentence, figures, blanks, day)):
        body = next((clause.body for clause in group if clause.body), body)
        task = _task(clean, sentence, group, body, by, thing)
        thing = task.object if task else thing
        by = next((clause.by for clause in group if clause.carries), by)
        if task is not None:
            days = next((clause.days for clause in group if clause.days), ())
            yield from (replace(task, deadline=by.printed, due=by.due) for by in days) if days else (task,)


def _clauses(clean: str, sentence: Sentence, figures: Sequence[Figure], blanks: Sequence[Blank],
             day: date | None) -> list[Clause]:
    found: list[Clause] = []
    dated = False
    for span in clauses(clean, sentence.start, sentence.end):
        hidden = any(blank.kind == "number" for blank in within(blanks, *span))
        found.append(_clause(clean, span, figures, day, dated=dated, hidden=hidden))
        dated = dated or (found[-1].strict and found[-1].carries)
    return found


def _clause(clean: str, span: Span, figures: Sequence[Figure], day: date | None, *, dated: bool,
            hidden: bool) -> Clause:
    words = clean[span[0]:min(span[1], span[0] + LONG)]
    found = list(deadlines(clean, *span, day))
    by = next((one for one in found if one.due), found[0] if found else None)  # 春季学期资金4月30日前: the day tells more
    rest = _undated(words, [one for one in found if one is by or one.due or one.printed.startswith("每")])
    inside = tuple(figure for figure in within(figures, *span) if measures(clean, figure, by))
    strict = by is not None and not by.loose
    body = explicit_body(rest) or (explicit_body(words) if by else "")
    acts = rest.removeprefix(body) if body and rest.startswith(body) else after_body(rest)
    told = only_names(rest.strip(_SIGNS)) or (is_aim(words) and not (inside or hidden))
    verb = None if told else head_verb(acts, dated=dated or strict or hidden or bool(inside))
    closes = by is not None and by.due is not None and by.printed.endswith(("前", "底", "内"))
    if verb is None and closes and not is_context(rest):
        verb = named_work(rest.strip(_SIGNS))
    leads = by is not None and by.once and by.start == span[0]
    carries = by is not None and (leads or len(rest.strip(_SIGNS)) <= _ALONE or words[-1] in "：:")
    tail = is_tail(rest) or _YIELDS.match(rest) is not None or rest.startswith("由") \
        or rest.rstrip(_SIGNS).endswith(("配合", "协助"))
    return Clause(*span, verb, body, by, inside, tail, is_context(rest), joint_bodies(words), carries, hidden,
                  _each_of(words, found))


def _each_of(words: str, found: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """The days of a clause where each has the work done once: 3月份、9月份分别开展, 分别于5月、11月底前发放."""
    listed = "[、和及]".join(re.escape(by.printed) for by in found)
    each = f"{listed}(?:各|分别|均|都)|(?:各|分别)[于在]?{listed}"
    return tuple(found) if len(found) > 1 and re.search(each, words) else ()


def _undated(words: str, found: Sequence[Deadline]) -> str:
    """The clause without its days."""
    for by in found:
        words = re.sub(f"(?:^[、和及])?[在于]?{re.escape(by.printed)}", "", words, count=1)
    return words.lstrip("、和及") if found else words


def _groups(found: Sequence[Clause]) -> Iterator[list[Clause]]:
    """Clauses that make one task: what leads in, what is to be done, what follows from it."""
    group: list[Clause] = []
    for clause in found:
        if group and _begins(group, clause):
            last = len(group)
            while group[last - 1].context and last > 1:
                last -= 1
            yield group[:last]
            group = group[last:]
        group.append(clause)
    if group:
        yield group


def _begins(group: Sequence[Clause], clause: Clause) -> bool:
    if clause.verb is None:
        return bool(clause.body or clause.by) and not clause.tail and any(one.verb for one in group)
    if not clause.verb.object:
        own = clause.strict and clause.ends_work and any(one.definite and one.strict for one in group)
        return bool(clause.body or own) and not clause.tail
    if not any(one.verb for one in group):
        return False
    if clause.definite:
        return not (clause.tail and not clause.by and not clause.body and any(one.definite for one in group))
    return any(one.definite for one in group) and not clause.tail


def _task(clean: str, sentence: Sentence, group: Sequence[Clause], body: str, by: Deadline | None, thing: str) -> Task | None:
    """`thing` is the object of the task before in the sentence: 二小3月底复工，8月20日前交付使用."""
    core = next((clause for clause in group if clause.definite), None) or next((clause for clause in group if clause.verb), None)
    if core is None or core.verb is None:
        return None
    joint = dict.fromkeys(name for clause in group for name in clause.joint if name not in body)
    dated = [core.by, *(clause.by for clause in group)]
    by = next((one for one in dated if one is not None), by if core.definite else None)
    group = _from_lead(group, core)
    start, end = _trimmed(clean, group[0].start, group[-1].end)
    words = clean[start:end]
    object_ = _CELL_END.split(core.verb.object)[0] or (clean[start:core.start] or thing if core.definite else "")
    named, source = (body, BodySource.explicit) if body else suggested_body(
        (core.verb.action + object_, words, *reversed(sentence.path)))
    figures = [figure for clause in group for figure in clause.figures]
    return Task(start, end, words, core.verb.action, object_[:_OBJECT].strip(_SIGNS), named, source, tuple(joint),
                by.printed if by else "", by.due if by else None, "；".join(dict.fromkeys(map(measure, figures))),
                sentence.path, not figures and not any(clause.definite for clause in group))


def _from_lead(group: Sequence[Clause], core: Clause) -> Sequence[Clause]:
    """Without what stands before the clause that matters, but for who, when and by what standard."""
    at = group.index(core)
    if not core.definite or not (core.verb and core.verb.object):
        return group
    while at and _leads_in(group[at - 1]):
        at -= 1
    return group[at:]


def _leads_in(clause: Clause) -> bool:
    """It tells who, with whom, when or by what standard, and nothing that is done."""
    return clause.verb is None and bool(clause.context or clause.body or clause.by or clause.joint)


def _trimmed(clean: str, start: int, end: int) -> Span:
    while start < end and clean[start] in _SIGNS:
        start += 1
    while end > start and clean[end - 1] in _SIGNS:
        end -= 1
    return start, end
