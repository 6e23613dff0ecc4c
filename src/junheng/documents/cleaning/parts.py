"""Where one speech ends and the next begins in a file that holds several, and whether each is of education at all."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import pairwise

from junheng.documents.cleaning.edits import Edit
from junheng.documents.cleaning.lines import Line
from junheng.documents.shapes import Part

_NUMERALS = {numeral: value for value, numeral in enumerate(
    [tens + ones for tens in ("", "十", "二十") for ones in ("", *"一二三四五六七八九")]) if numeral}
_NUMBER = "([一二三四五六七八九十]{1,3}|[1-9][0-9]?)"
_TITLE_OF_MANY = re.compile(rf"[^。]{{0,50}}篇{_NUMBER}[】）)]?[:：]?$"
                            rf"|[【（(]?(?:篇|范文){_NUMBER}(?:[】）):：\s][^。]{{0,50}})?$")
_KIND_OF_PAPER = re.compile("讲话|报告|总结|计划|要点|方案|发言|致辞|意见|汇报|通报|公报")
_SALUTATION = re.compile("各位|同志们|尊敬的|女士们|老师们|同学们|领导")
_NUMBERING = re.compile(r"[\s\d一二三四五六七八九十()（）【】:：.、#]+")
_ANNEX = re.compile(r"附件 ?[\d一二三四五六七八九十]{0,3}[:：]?")
_LONGEST_TITLE = 60
_FEWEST_BETWEEN = 200  # characters between two titles
_HEADERS = 3  # a title repeated this often without a salutation stands on each page
_TITLE_SHOWN = 40
_ON_TOPIC = 0.05
_FEWEST_TO_TELL = 100  # Chinese characters


def find_titles(rows: list[Line]) -> list[int]:
    """The lines that begin a speech, where there are several."""
    numbered: list[int] = []
    for place, row in enumerate(rows):
        found = len(row.text) <= _LONGEST_TITLE and _TITLE_OF_MANY.match(row.text)
        if found and _value(found[1] or found[2]) == len(numbered) + 1:
            numbered.append(place)
    return numbered if len(numbered) > 1 else _repeated(rows)[0]


def find_page_headers(rows: list[Line]) -> list[Edit]:
    """Repetitions of the title that are no beginning of a speech."""
    return [Edit(rows[place].start, rows[place].end, "", "dropped_line", "每页重复的页眉") for place in _repeated(rows)[1]]


def _repeated(rows: list[Line]) -> tuple[list[int], list[int]]:
    """Titles that come again: the lines where a speech begins, and the page headers."""
    places = defaultdict(list)
    for place, row in enumerate(rows):
        if 6 <= len(row.text) <= _TITLE_SHOWN and not row.is_finished and _KIND_OF_PAPER.search(row.text):
            places[_NUMBERING.sub("", row.text)].append(place)
    titles: list[int] = []
    headers: list[int] = []
    for same in places.values():
        begins = [place for place in same if any(_SALUTATION.search(row.text[:20]) for row in rows[place + 1:place + 4])]
        if len(begins) > 1 and _far_apart(rows, begins):
            titles += begins
        elif len(same) >= _HEADERS and len({rows[place].text for place in same}) == 1 and _far_apart(rows, same):
            headers += same[1:]
    return sorted(titles), sorted(headers)


def _far_apart(rows: list[Line], places: list[int]) -> bool:
    return all(rows[next_].start - rows[one].start >= _FEWEST_BETWEEN for one, next_ in pairwise(places))


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else _NUMERALS.get(numeral, 0)


def make_parts(clean: str, starts: list[int]) -> tuple[Part, ...]:
    """The parts that begin at the offsets `starts` of the clean text; a short preface belongs to the first."""
    starts = [0, *starts] if not starts or starts[0] > _FEWEST_BETWEEN else [0, *starts[1:]]
    return tuple(_part(clean, start, end) for start, end in zip(starts, [*starts[1:], len(clean)], strict=True))


def _part(clean: str, start: int, end: int) -> Part:
    share = _share(clean[start:end])
    if share is None or share >= _ON_TOPIC:
        return Part(_title(clean[start:end]), start, end, on_topic=True)
    why = f"教育工作用语只占{share * 100:.1f}%，一般在{_ON_TOPIC * 100:.0f}%以上，疑与教育工作无关"
    return Part(_title(clean[start:end]), start, end, on_topic=False, why=why)


def _title(text: str) -> str:
    """Its first line; where that says no more than that it is an annex, the next."""
    first, _, rest = text.lstrip("# \n").partition("\n")
    first = rest.split("\n", 1)[0] if _ANNEX.fullmatch(first) else first
    return first if len(first) <= _LONGEST_TITLE else re.split("[，。：；！？,;:—]", first, maxsplit=1)[0][:_TITLE_SHOWN]


def _share(text: str) -> float | None:
    """Of the Chinese characters, the part in words of education; None where there are too few to tell."""
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in text)
    if chinese < _FEWEST_TO_TELL:
        return None
    return sum(len(word) for word in _topic().findall(text)) / chinese


@cache
def _topic() -> re.Pattern[str]:
    listed = (files(__package__) / "topic.txt").read_text("utf-8").split("\n")
    words = sorted((word for word in listed if word and not word.startswith("#")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))
