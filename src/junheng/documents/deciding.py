"""What a person decides on the repairs of a document: said by number, remembered by what each is and where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from junheng.documents.cleaning import clean
from junheng.documents.codes import RepairKind
from junheng.documents.local import NATIONAL, Law
from junheng.documents.reading import read
from junheng.documents.shapes import Raw, Reading, Repair, Span
from junheng.kernel.faults import JunhengError

UNDO, ACCEPT = "--undo-repair", "--accept-repair"
_SEPARATOR = re.compile("[,，、\\s]+")
_SHOWN = 5
_NUMBERS = re.compile("([0-9]{1,6})(?:[-—~至]([0-9]{1,6}))?")


class Decision(NamedTuple):
    """Whether a repair is to be done; not by its number, for another version of the rules may find others before it."""

    kind: str
    span: Span
    now: str
    done: bool


def numbers(said: Iterable[str], option: str) -> frozenset[int]:
    """The numbers that `3` or `5,8-10` name. Errors: JunhengError for what names none."""
    found: set[int] = set()
    for each in (one for words in said for one in _SEPARATOR.split(words.strip())):
        match = _NUMBERS.fullmatch(each)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 0 < first <= last:
            raise JunhengError(f"{option} {each}：不是序号；应如 3，或 5,8-10 -> 改正后重试")
        found.update(range(first, last + 1))
    return frozenset(found)


def read_as_decided(source: Raw, *, on: date | None = None, undo: Collection[int] = (), accept: Collection[int] = (),
                    before: Collection[Decision] = (), local: Law = NATIONAL) -> Reading:
    """The reading in which the repairs of these numbers are taken back or accepted, and those decided before as they were.

    What was decided before and is found no more is said in a note; `local` is the law that binds.
    Errors: JunhengError for numbers that are not there.
    """
    if not (undo or accept or before):
        return read(source, on=on, local=local)
    repairs = clean(source.text).repairs
    _refuse(source.name, repairs, undo, accept)
    places = {_place(each): each.number for each in repairs}
    held = {places[each[:3]]: each.done for each in before if each[:3] in places}
    wanted = {**held, **dict.fromkeys(undo, False), **dict.fromkeys(accept, True)}
    reading = read(source, on=on, local=local, without=_where(wanted, False), also=_where(wanted, True))
    _refuse_in_vain(reading.text.repairs, accept)
    return replace(reading, notes=(*reading.notes, *map(_lost, sorted(each for each in before if each[:3] not in places))))


def decisions(repairs: Iterable[Repair]) -> frozenset[Decision]:
    """What a person decided on these repairs."""
    return frozenset(Decision(*_place(each), each.done) for each in repairs if each.decided)


def _place(each: Repair) -> tuple[str, Span, str]:
    return each.kind, each.span, each.now


def _where(wanted: Mapping[int, bool], done: bool) -> frozenset[int]:
    return frozenset(number for number, is_done in wanted.items() if is_done is done)


def _refuse(file: str, repairs: Sequence[Repair], undo: Collection[int], accept: Collection[int]) -> None:
    wrong = [*_unknown(UNDO, undo, file, len(repairs)), *_unknown(ACCEPT, accept, file, len(repairs))]
    wrong += [f"{UNDO} 和 {ACCEPT} 都写了 {number} -> 去掉一处" for number in sorted({*undo} & {*accept})]
    wrong += [f"{ACCEPT} {each.number}：这一处只是提示（{RepairKind[each.kind].zh}），没有可采用的改法 -> 查原件后改原文"
              for each in repairs if each.number in accept and each.now == each.was]
    if wrong:
        raise JunhengError("\n".join(wrong))


def _unknown(option: str, asked: Collection[int], file: str, many: int) -> Iterator[str]:
    if beyond := [str(number) for number in sorted(asked) if number > many]:
        which = "、".join(beyond[:_SHOWN]) + ("等" if beyond[_SHOWN:] else "")
        there = f"{file} 的修复序号为 1 至 {many}" if many else f"{file} 没有修复"
        yield f"{option} {which}：没有这一处；{there} -> 用 junheng read 文件 --only repairs 查看"


def _refuse_in_vain(repairs: Sequence[Repair], accept: Collection[int]) -> None:
    vain = [str(each.number) for each in repairs if each.number in accept and not each.done]
    if vain:
        raise JunhengError(f"{ACCEPT} {'、'.join(vain)}：断行接不上，中间有一行已按您的意思恢复 -> 先采用删去那一行的修复")


def _lost(each: Decision) -> str:
    kind = RepairKind.__members__.get(each.kind)
    what = f"{'采用' if each.done else '撤销'}的一处“{kind.zh if kind else each.kind}”"
    return f"上次{what}（原文第 {each.span[0] + 1} 字起）这次没有找到，未照办；请重新核对"
