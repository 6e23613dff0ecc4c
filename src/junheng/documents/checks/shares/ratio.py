"""a:b against the counts that could fit it, by intake or by roll: the one that fits is named."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce

from junheng.documents.checks.changes.runs import base_unit, kind
from junheng.documents.checks.intervals import ABOUT, Interval, Quantity, half_unit, plain, quantity
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.sums.parts import countable
from junheng.documents.checks.words import KINDS
from junheng.documents.codes import ComparisonKind, Exactness, Judgement
from junheng.documents.shapes import Check, Figure, Span

WHOLES = (10, 100)
OWN = ("师生比", "生师比", "男女比")  # each school and place has one of its own
LATEST = 3  # counts of a side that such a ratio may be of
REACH = 12  # sentences back to the counts of such a ratio
BESIDE = 1  # sentences between a ratio and counts that surely are meant by it

# The ratio of just what was counted: no 农村学校 or 民办园 before its name.
PLAIN = re.compile(rf"(?:^|[,，。；;：:、(（\s])(?:其|则|即|总体|平均|(?:全|我|该)[市县区省州国校])*"
                    rf"(?:{'|'.join(name for name in KINDS['ratios'] if name != 'measures')})[^,，。；;\d]{{0,6}}$")

Noted = tuple[int, str, Figure]  # sentence, word of a side, count
Side = list[tuple[int, Figure]]  # counts of one side with their sentences
Counts = dict[tuple[str, str], tuple[int, Figure]]  # (word of a side, measure) -> sentence and figure, the last one read


def ratios(page: Page) -> Iterator[Check]:
    """Every printed ratio: by the counts told before it in the same part, else by its own sum."""
    counts: Counts = {}
    noted: deque[Noted] = deque(maxlen=24)
    for place, figures in enumerate(page.by_sentence):
        if place and page.sentences[place].part != page.sentences[place - 1].part:
            counts.clear()
            noted.clear()
        for figure in figures:
            if figure.second is None:
                _note(page, place, figure, counts, noted)
        for figure in figures:
            if figure.second is not None and (found := _found(page, place, figure, counts, noted)):
                yield found


def _found(page: Page, place: int, figure: Figure, counts: Counts, noted: deque[Noted]) -> Check | None:
    name = next((name for name in _names() if name in page.before(figure, 12)), None)
    if name in OWN and figure.second is not None:
        return _own(page, place, figure, name, [one for one in noted if place - one[0] <= REACH])
    return (_by_counts(page, place, figure, name, counts) if name else None) or _by_sum(page, figure)


def _names() -> dict[str, list[list[str]]]:
    return {name: sides for name, sides in KINDS["ratios"].items() if name != "measures"}


def _words(names: Iterable[str]) -> list[str]:
    return sorted({word for name in names for side in _names()[name] for word in side}, key=len, reverse=True)


_SIDES, _KINDS_OF = _words(_names()), _words(name for name in _names() if name not in OWN)  # of schools: 中职 has 在校生


def _note(page: Page, place: int, figure: Figure, counts: Counts, noted: deque[Noted]) -> None:
    """A standing count under the last word of a side before it in its sentence."""
    if not countable(figure) or kind(figure) not in (None, ComparisonKind.part):
        return
    said = page.text[page.sentences[place].start:figure.start][-60:]
    label = said[-12:]
    for measure in KINDS["ratios"]["measures"]:
        if measure in label:
            side = max(_KINDS_OF, key=lambda word: (_ends(said, word), len(word)))  # 普通高中 before the 高中 in it
            if side in said:
                counts[side, measure] = (place, figure)
    name = re.sub(r"(?:总?人?数|[为有达到共约])+$", "", label)
    for word in _SIDES:
        if name.endswith(word):
            counts[word, ""] = (place, figure)
            noted.append((place, word, figure))


def _ends(said: str, word: str) -> int:
    at = said.rfind(word)
    return at + len(word) if at >= 0 else -1


def _by_counts(page: Page, place: int, figure: Figure, name: str, counts: Counts) -> Check | None:
    if figure.value is None or figure.second is None:
        return check(page, "ratio", spans_of(figure), Judgement.cannot_check, "", "比例的数字被遮盖或空缺，无法核对。")
    tried = [(measure, pair) for measure in (*KINDS["ratios"]["measures"], "") for pair in _pairs(counts, name, measure)]
    if not tried:
        return None
    printed = _share(figure)
    lines: dict[str, tuple[Span, ...]] = {}
    for measure, (left, right) in tried:
        share = _worked(quantity(left[1]), quantity(right[1]))
        if share is None:
            continue
        ends = spans_of(left[1], right[1])
        line = f"按{measure or f'{_called(left[1])}和{_called(right[1])}'}为{_as_ratio(share[0], figure)}"
        if printed.meets(share[1]):
            verdict = Judgement.holds if _as_ratio(share[0], figure) == _plain_ratio(figure) else Judgement.holds_within_rounding
            return check(page, "ratio", (*spans_of(figure), *ends), verdict, _as_ratio(share[0], figure), f"{line}，与文中相符。")
        lines[line] = ends
    if not lines:
        return check(page, "ratio", spans_of(figure), Judgement.cannot_check, "", "可比的数字被遮盖或空缺，无法核对比例。")
    beside = all(place - one[0] <= BESIDE for _, pair in tried for one in pair)
    sure = beside and figure.exactness is Exactness.exact and PLAIN.search(page.before(figure, 24)) is not None
    spans = tuple(dict.fromkeys((*spans_of(figure), *(span for ends in lines.values() for span in ends))))
    return check(page, "ratio", spans, Judgement.contradicts if sure else Judgement.flagged, next(iter(lines)).rsplit("为", 1)[1],
                 f"{'，'.join(lines)}，都与文中的{figure.printed}不符，请说明口径。")


def _own(page: Page, place: int, figure: Figure, name: str, noted: list[Noted]) -> Check | None:
    """Any two counts told before, or the counts of one sentence together, may be meant; only the two beside it accuse."""
    if figure.value is None or figure.second is None:
        return check(page, "ratio", spans_of(figure), Judgement.cannot_check, "", "比例的数字被遮盖或空缺，无法核对。")
    left, right = ([(at, one) for at, word, one in noted if word in side][-LATEST:] for side in _names()[name])
    sums = [(_in(left, at), _in(right, at)) for at in {at for at, _ in (*left, *right)}]
    pairs = [([one], [two]) for at, one in left for there, two in right]
    tried = [(share, (*lefts, *rights)) for lefts, rights in (*reversed(pairs), *sums) if (share := _together(lefts, rights))]
    printed = _share(figure)
    for share, counts in tried:
        if printed.meets(share[1]):
            right_one = _as_ratio(share[0], figure)
            verdict = Judgement.holds if right_one == _plain_ratio(figure) else Judgement.holds_within_rounding
            reason = f"{_line(right_one, counts)}，与文中相符。"
            return check(page, "ratio", spans_of(figure, *counts), verdict, right_one, reason)
    return _accused(page, figure, place, left, right) if tried else None


def _in(side: Side, place: int) -> list[Figure]:
    return [one for at, one in side if at == place]


def _together(left: list[Figure], right: list[Figure]) -> tuple[Fraction, Interval] | None:
    if not left or not right or len({base_unit(one) for one in (*left, *right)}) > 1:
        return None
    sides = [[quantity(one) for one in side] for side in (left, right)]
    one, two = (reduce(lambda a, b: a + b, [value for value in side if value]) if None not in side else None for side in sides)
    return _worked(one, two)


def _line(right: str, counts: tuple[Figure, ...]) -> str:
    return f"按{'、'.join(f'{one.printed}{one.unit}' for one in counts)}为{right}"


def _accused(page: Page, figure: Figure, place: int, left: Side, right: Side) -> Check | None:
    """Where its own sentence tells one count of each side, or this and the one before do: no other can be meant."""
    plain = PLAIN.search(page.before(figure, 24)) is not None
    lefts, rights = _in(left, place), _in(right, place)
    here = len(lefts) == len(rights) == 1
    if not here:
        lefts, rights = ([one for at, one in side if place - at <= BESIDE] for side in (left, right))
    share = _together(lefts, rights)
    if share is None or len(lefts) != 1 or len(rights) != 1 or not (here or plain):
        return None
    sure = here and plain and figure.exactness is Exactness.exact
    right_one, counts = _as_ratio(share[0], figure), (*lefts, *rights)
    return check(page, "ratio", spans_of(figure, *counts), Judgement.contradicts if sure else Judgement.flagged, right_one,
                 f"{_line(right_one, counts)}，与文中的{figure.printed}不符，请说明口径。")


def _called(count: Figure) -> str:
    return f"{count.printed}{count.unit}"


def _pairs(counts: Counts, name: str, measure: str) -> list[tuple[tuple[int, Figure], tuple[int, Figure]]]:
    """Every count of the left with every one of the right in the same unit, the latest first."""
    left, right = ([counts[word, measure] for word in side if (word, measure) in counts] for side in _names()[name])
    pairs = [(one, two) for one in left for two in right if base_unit(one[1]) == base_unit(two[1])]
    return sorted(pairs, key=lambda pair: -min(pair[0][0], pair[1][0]))


def _share(figure: Figure) -> Interval:
    """The printed left side's share of both, as far as rounding reaches."""
    assert figure.value is not None and figure.second is not None
    left, right = Fraction(figure.value), Fraction(figure.second)
    reach, other = half_unit(figure.value), half_unit(figure.second)
    if left + right not in WHOLES:  # of 1:19 only the other side is rounded; 1.0:9.0 are tenths
        reach, other = (Fraction(0) if left == 1 else reach), (Fraction(0) if right == 1 else other)
    if figure.exactness is not Exactness.exact:
        reach, other = reach + left * ABOUT, other + right * ABOUT
    low, high = max(left - reach, Fraction(0)), left + reach
    return Interval(low / (low + right + other), high / (high + max(right - other, Fraction(1, 10**6))))


def _worked(one: Quantity | None, two: Quantity | None) -> tuple[Fraction, Interval] | None:
    if one is None or two is None or one.point + two.point <= 0:
        return None
    low, high = one.wide.low / (one.wide.low + two.wide.high), one.wide.high / (one.wide.high + two.wide.low)
    return one.point / (one.point + two.point), Interval(low, high)


def _as_ratio(share: Fraction, like: Figure) -> str:
    assert like.value is not None and like.second is not None
    digits = max(1, -int(like.value.as_tuple().exponent), -int(like.second.as_tuple().exponent))
    tenths = like.value + like.second in WHOLES
    if like.value == 1 and not tenths:
        return f"1:{plain((1 - share) / share, digits)}"
    if like.second == 1 and not tenths:
        return f"{plain(share / (1 - share), digits)}:1"
    whole = 100 if like.value + like.second > 50 else 10
    left = plain(share * whole, digits)
    return f"{left}:{plain(whole - Fraction(left), digits)}"


def _plain_ratio(figure: Figure) -> str:
    assert figure.value is not None and figure.second is not None
    return f"{plain(Fraction(figure.value), 6)}:{plain(Fraction(figure.second), 6)}"


def _by_sum(page: Page, figure: Figure) -> Check | None:
    """6:4 makes 10; 3.1:6.8 makes nothing whole."""
    if figure.value is None or figure.second is None or 1 in (figure.value, figure.second):
        return None
    total = figure.value + figure.second
    near = next((whole for whole in WHOLES if abs(total - whole) <= whole / 20), None)
    if near is None or "比" not in page.before(figure, 12):
        return None
    if total == near:
        return check(page, "ratio", spans_of(figure), Judgement.holds, figure.printed, f"两边之和为{near}，文中没有可比的人数。")
    said = f"两边之和为{total}，不是{near}，请核实。"
    return check(page, "ratio", spans_of(figure), Judgement.flagged, "", said)
