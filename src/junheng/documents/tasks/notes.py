"""What stands behind tasks and says who does them and by when: （责任单位：基教科）, 由人事股牵头，年底前完成."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from junheng.documents.codes import BodySource
from junheng.documents.shapes import Sentence, Task
from junheng.documents.tasks.bodies import names, noted_bodies
from junheng.documents.tasks.deadlines import deadlines

_LABEL = re.compile("[（(]?(?:牵头|责任|主办|承办|实施|落实|配合|协办|参与|协助)(?:责任)?(?:部门|单位|科室|领导)[：:]")
_DAY = re.compile("(?:完成)?(?:时限|时间)(?:要求)?[：:]")
_SAYS = "[^，,。；;：:]"
_LED = re.compile(f"(?:以上(?:工作|任务|项目)?)?由(?P<lead>{_SAYS}{{2,40}}?)(?:牵头|负责|承担)(?:落实|实施|推进|组织)*"
                  f"(?:[，,](?P<help>{_SAYS}{{2,40}}?)(?:配合|协助|参与))?(?:[，,]{_SAYS}{{2,14}}(?:完成|落实|到位))?[。；;]?\\s*")
_PARAGRAPH = 12  # sentences of a paragraph that what stands at its end may speak of


def is_note(clean: str, sentences: Sequence[Sentence], number: int) -> bool:
    """It only says who does what stands before it, or by when: 责任单位：安全科。完成时限：12月31日。"""
    return _is_labelled(clean, sentences[number]) or _is_led(clean, sentences, number)


def noted(clean: str, sentences: Sequence[Sentence], number: int, tasks: list[Task], day: date | None) -> list[Task]:
    """The sentence's tasks with the body and the day of what is noted in it or right behind it; tasks without a body of their
    own also with what is noted at the end of their paragraph."""
    last = _last_note(clean, sentences, number)
    lead, joint = noted_bodies(clean[sentences[number].start:sentences[last].end])
    if lead:
        tasks = [replace(task, body=lead, body_source=BodySource.explicit, joint=joint) for task in tasks]
    label = _DAY.search(clean, sentences[number].end, sentences[last].end)
    if label is not None:
        tasks = [_dated(task, clean, label.end(), sentences[last].end, day) for task in tasks]
    if lead or label or last > number or not tasks:
        return tasks
    return _told_at_the_end(clean, sentences, number, tasks, day)


def _told_at_the_end(clean: str, sentences: Sequence[Sentence], number: int, tasks: list[Task], day: date | None) -> list[Task]:
    at = _next_note(clean, sentences, number)
    if at is None:
        return tasks
    start, end = sentences[at].start, sentences[_last_note(clean, sentences, at)].end
    led = _LED.fullmatch(clean, start, sentences[at].end)
    lead, joint = (led["lead"], names(led["help"] or "")) if led else noted_bodies(clean[start:end])
    label = _DAY.search(clean, start, end)
    dated = label.end() if label else start
    return [replace(_dated(task, clean, dated, end, day) if not task.deadline else task,
                    body=lead, body_source=BodySource.explicit, joint=tuple(dict.fromkeys((*task.joint, *joint))))
            if lead and task.body_source is not BodySource.explicit else task for task in tasks]


def _next_note(clean: str, sentences: Sequence[Sentence], number: int) -> int | None:
    """The first note behind the sentence in its paragraph, or on the line right under that."""
    for at in range(number + 1, min(number + _PARAGRAPH, len(sentences))):
        if is_note(clean, sentences, at) or _is_owner(clean, sentences, at):
            return at
        if not _same_line(clean, sentences, at):
            return None
    return None


def _last_note(clean: str, sentences: Sequence[Sentence], number: int) -> int:
    """The last of the notes right behind a sentence."""
    last = number
    if last + 1 < len(sentences) and clean[sentences[last + 1].start] in "（(":
        last += 1
    while last + 1 < len(sentences) and _is_labelled(clean, sentences[last + 1]):
        last += 1
    return last


def _same_line(clean: str, sentences: Sequence[Sentence], number: int) -> bool:
    return number > 0 and "\n" not in clean[sentences[number - 1].start:sentences[number].start]


def _is_labelled(clean: str, sentence: Sentence) -> bool:
    return any(pattern.match(clean, sentence.start) for pattern in (_LABEL, _DAY))


def _is_owner(clean: str, sentences: Sequence[Sentence], number: int) -> bool:
    """（计财股、基建办） behind the last full stop of a paragraph."""
    one = sentences[number]
    return clean[one.start] in "（(" and _same_line(clean, sentences, number) and bool(noted_bodies(clean[one.start:one.end])[0])


def _is_led(clean: str, sentences: Sequence[Sentence], number: int) -> bool:
    """由人事股牵头，年底前完成。 behind what is to be done."""
    one = sentences[number]
    return _same_line(clean, sentences, number) and _LED.fullmatch(clean, one.start, one.end) is not None


def _dated(task: Task, clean: str, start: int, end: int, day: date | None) -> Task:
    """With the day that a note gives; one of its own that can be told stays."""
    by = None if task.due else next(deadlines(clean, start, end, day), None)
    return replace(task, deadline="，".join(filter(None, (task.deadline, by.printed))), due=by.due) if by else task
