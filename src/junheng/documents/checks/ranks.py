"""Places within a group, shares over 100 %, quotas said to be met, values paired by 分别."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction

from junheng.documents.checks.changes.runs import CHANGES, alike, kind
from junheng.documents.checks.intervals import is_percentage, plain, quantity
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.words import KINDS
from junheng.documents.codes import Exactness, FigureRole, Judgement
from junheng.documents.shapes import Check, Figure

MOST = 20   # values that one 分别 may pair
APART = 24  # characters between a place and the group it is within


def standings(page: Page) -> Iterator[Check]:
    """Ranks, rates and quotas, sentence by sentence."""
    for figures in page.by_sentence:
        for place, figure in enumerate(figures):
            for found in (_rank(page, figures, place), _rate(page, figure), _quota(page, figures, place)):
                if found:
                    yield found


def _rank(page: Page, figures: tuple[Figure, ...], place: int) -> Check | None:
    rank = figures[place]
    if rank.role is not FigureRole.rank:
        return None
    beside = figures[max(0, place - 1):place + 2]
    group = next((one for one in beside if one.role is FigureRole.group and _near(page, one, rank)), None)
    if group is None:
        return None
    if rank.value is None or group.value is None:
        return check(page, "rank", spans_of(rank, group), Judgement.cannot_check, "", "名次或总数被遮盖，无法核对。")
    if group.exactness is not Exactness.exact:
        return None
    fits = 1 <= rank.value <= group.value
    where = f"在{group.printed}{group.unit}之内" if fits else f"超出{group.printed}{group.unit}的范围"
    reason = f"第{plain(Fraction(rank.value), 0)}名{where}。"
    verdict = Judgement.holds if fits else Judgement.contradicts
    return check(page, "rank", spans_of(rank, group), verdict, f"1至{plain(Fraction(group.value), 0)}", reason)


def _near(page: Page, one: Figure, two: Figure) -> bool:
    first, second = (one, two) if one.start < two.start else (two, one)
    between = page.text[first.end:second.start]
    return len(between) <= APART and not re.search(r"[;；。]", between)


def _rate(page: Page, figure: Figure) -> Check | None:
    if figure.value is None or not figure.unit.startswith(("%", "％")) or figure.value <= 100 or kind(figure) in CHANGES:
        return None
    said = page.before(figure, 24) + figure.indicator_raw
    if any(word in said or word in page.after(figure, 8) for word in KINDS["rates"]["no_share"]):
        return None
    label = figure.indicator_raw or re.split(r"[,，、;；]", page.before(figure, 24))[-1]
    if "率" not in said and "占" not in said and "比" not in said:
        return None
    name = label if len(label) <= 20 else label[-20:]
    if any(word in label for word in KINDS["rates"]["never_over"]) and "毛" not in label:
        return check(page, "rate", spans_of(figure), Judgement.contradicts, "不超过100%",
                     f"“{name}”是部分占全部的比率，不会超过100%，文中写{figure.printed}%。")
    return check(page, "rate", spans_of(figure), Judgement.flagged, "",
                 f"“{name}”超过100%：外来或超龄学生多时可能，请核实{figure.printed}%的口径。")


_DONE = re.compile(r"[,，](?:已|已经|圆满|全面|顺利|提前|如期|胜利|超额)*完成(?:了)?[^,，。；;%％\d]{0,18}")
_TASK = re.compile(r"^[^,，。；;%％]{0,12}(?:任务|目标|指标|计划)(?:数)?(?!的)")


def _quota(page: Page, figures: tuple[Figure, ...], place: int) -> Check | None:
    """引资2097万元，完成500万元的任务: the first must not be less than the second."""
    task = figures[place]
    done = figures[place - 1] if place else task
    if done is task or not _DONE.fullmatch(page.gap(done, task)) or not _TASK.match(page.after(task, 24)):
        return None
    if not alike(done, task) or done.role is FigureRole.base or kind(done) in CHANGES:
        return None
    got, asked = quantity(done), quantity(task)
    if got is None or asked is None:
        return check(page, "quota", spans_of(task, done), Judgement.cannot_check, "", "数字被遮盖或空缺，无法核对是否完成任务。")
    if asked.point <= 0:
        return None
    share = f"{plain(got.point / asked.point * 100, 0)}%"
    short = got.wide.high < asked.wide.low
    verdict = Judgement.contradicts if short else Judgement.holds
    reason = f"{done.printed}{done.unit}是任务{task.printed}{task.unit}的{share}，{'没有完成' if short else '已完成'}。"
    return check(page, "quota", spans_of(task, done), verdict, share, reason)


_NAMES = re.compile(r"[、]|以及|和|及|与")


def pairings(page: Page) -> Iterator[Check]:
    """小学和初中升学率分别为A和B: as many names as values."""
    for place, figures in enumerate(page.by_sentence):
        start, end = page.sentences[place].start, page.sentences[place].end
        for found in re.finditer("分别", page.text[start:end]):
            if made := _paired(page, figures, start, start + found.start()):
                yield made


def _paired(page: Page, figures: tuple[Figure, ...], start: int, at: int) -> Check | None:
    first = bisect_right(figures, at, key=lambda figure: figure.start)
    values = _values(page, figures[first:first + MOST], at)
    said = re.split(r"[,，;；:：。]", page.text[max(start, at - 60):at])[-1]
    names = re.sub(r"[(（][^()（）]*[)）]", "", said)
    least = names.count("、") + 1
    most = len(_NAMES.split(names))
    if len(values) < 2 or most < 2:
        return None
    spans = spans_of(values[-1], *values[:-1])
    if least <= len(values) <= most:
        return check(page, "pairing", spans, Judgement.holds, str(len(values)), f"“分别”前后各有{len(values)}项，一一对应。")
    if len(values) % most == 0 or any(len(values) % count == 0 for count in range(max(2, least), most + 1)):
        return None
    return check(page, "pairing", spans, Judgement.flagged, str(most),
                 f"“分别”前有{most}项，后有{len(values)}个数，对应不上，请核实。")


_NEXT = re.compile(r"[^,，;；。、和及与]{0,4}(?:[、,，]|和|及|与|以及)\s*")


def _values(page: Page, after: tuple[Figure, ...], at: int) -> list[Figure]:
    """The figures of one row: joined by 、 or 和 and counted in the same thing."""
    row: list[Figure] = []
    for figure in after:
        between = page.text[row[-1].end:figure.start] if row else page.text[at:figure.start]
        if row and not (alike(row[0], figure) and _NEXT.fullmatch(between)):
            break
        if not row and (len(between) > 12 or re.search(r"[,，、;；]", between)):
            break
        row.append(figure)
    return row if not row or is_percentage(row[0]) or row[0].unit else []
