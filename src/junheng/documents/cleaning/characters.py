"""Characters out of place: blanks inside sentences, full-width digits, lost marks, quotes put twice or left empty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from junheng.documents.cleaning.edits import Edit
from junheng.documents.cleaning.lines import INVISIBLE, NUMBERED, Line

_CJK = "\u2e80-\u2fff\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60“”‘’—…·□²³㎡"
_IS_CJK = re.compile(f"[{_CJK}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_BLANK = re.compile("[ \u3000\xa0\u2002-\u200a\u202f\u205f]+")
_THOUSANDS = "(?<![０-９])[０-９]{1,3}(?:，[０-９]{3})+(?![０-９])"
_ODD_FORM = re.compile(f"(?:{_THOUSANDS}|[０-９Ａ-Ｚａ-ｚ％\u2f00-\u2fd5\uf900-\ufaff]|(?<=[0-9０-９])．(?=[0-9０-９]))+")
_LONGEST_TITLE = 30
_COLUMN = 8  # characters between blanks, on the average, below which they part columns
_MARKUP = re.compile(r"^(?P<heading>#{1,6}\s+)|(?<![0-9A-Za-z*])(?P<open>\*\*)(?![%％万亿元])[^*\s][^*]{0,80}"
                     r"(?P<close>\*\*)(?![*年月日所人名万亿元%％]|个(?!人|性|别))")
_MARKS = re.compile("[，。；！？,;]")
_NUMBERED_TITLE = re.compile(rf"(?:{NUMBERED})[^，。；！？,;“”]{{2,30}}$")
_LIST_NUMBER = re.compile(r"\d{1,2}(?:[.．]\d{1,2}){0,3}[.．]?")  # as a word processor prints it: 1. 总体要求
_TO_FILL_IN = re.compile("[年月日时所个人名万亿元户次项处间座辆台册套亩班%％]")
_EMPTY_PAIR = re.compile(r"“\s*”|《\s*》|‘\s*’|「\s*」|党的(?=以来|召开|胜利召开)")
_DOUBLED = re.compile("““+|””+")
_LOST = re.compile("□+|\ufffd+")
_TICK = re.compile(r"[□☐]\s*(?:是|否|有|无|男|女|同意|不|合格|其他)")
_NEW_SENTENCE = re.compile(r"\s*(?:(?:19|20)[\dx×*]{2}年|[x×]{2}期间|今年|明年|去年|近年来|近几年|目前|截至|同时|此外"
                           r"|一是|二是|三是|[（(][一二三四五六七八九十]+[)）])")
_SENTENCE_END = re.compile(rf"[{_CJK}%％\d][\s\u3000]*$")


def find_odd_characters(row: Line) -> Iterator[Edit]:
    """What to change, or only to show, inside one line."""
    found = [*_markup(row.text), *_blanks(row.text), *_odd_forms(row.text), *_lost_marks(row.text), *_quotes(row.text)]
    for edit in found:
        yield edit._replace(start=row.start + edit.start, end=row.start + edit.end)


def _markup(text: str) -> Iterator[Edit]:
    """The marks of Markdown for headings and bold letters; the asterisks of a hidden number stay."""
    for found in _MARKUP.finditer(text):
        for start, end in map(found.span, ("heading", "open", "close")):
            if end > start:
                yield Edit(start, end, "", "markup", "排版记号，不是文字")


def _blanks(text: str) -> Iterator[Edit]:
    for found in _INVISIBLE.finditer(text):
        yield Edit(*found.span(), "", "stray_blank", "看不见的字符")
    blanks = [found.span() for found in _BLANK.finditer(text)]
    has_marks = bool(blanks and _MARKS.search(text)) and "\t" not in text
    is_paragraph = has_marks or len(text) > max(_LONGEST_TITLE, _COLUMN * len(blanks))
    for start, end in blanks:
        if start > 0 and end < len(text) and _is_stray(text, start, end, has_marks, is_paragraph):
            yield Edit(start, end, "", "stray_blank", "句中多余的空格")


def _is_stray(text: str, start: int, end: int, has_marks: bool, is_paragraph: bool) -> bool:
    """Blanks that part words of another script, columns, a number or a title from its text, or wait to be filled in, stay."""
    before, after = text[start - 1], text[end]
    left, right = bool(_IS_CJK.match(before)), bool(_IS_CJK.match(after))
    if (before, after) in {("“", "”"), ("《", "》"), ("‘", "’")} or not (left or right):
        return False
    if _LIST_NUMBER.fullmatch(text, 0, start):
        return False
    if end - start >= 3 or (end - start == 2 and _TO_FILL_IN.match(after) and not before.isdigit()):
        return False
    if not (left and right):
        return is_paragraph or before.isdigit()
    if not has_marks:
        return "□" not in (before, after) and (before in "、）)．" or _stands_alone(text, start, end))
    return not (start <= 40 and _NUMBERED_TITLE.match(text[:start]))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A character with blanks on both sides: letters spaced out, as in the head of a paper."""
    return (start == 1 or text[start - 2:start - 1].isspace()) or (end + 1 == len(text) or text[end + 1:end + 2].isspace())


def _odd_forms(text: str) -> Iterator[Edit]:
    for found in _ODD_FORM.finditer(text):
        plain = unicodedata.normalize("NFKC", found.group())
        if plain != found.group():
            yield Edit(*found.span(), plain, "full_width", "全角或变形的字符")


def _lost_marks(text: str) -> Iterator[Edit]:
    found = list(_LOST.finditer(text))
    if not found or _is_form(text, len(found)):
        return
    for each in found:
        before, after = text[max(each.start() - 3, 0):each.start()], text[each.end():each.end() + 16]
        if _SENTENCE_END.search(before) and _NEW_SENTENCE.match(after):
            yield Edit(*each.span(), "。", "lost_mark", "此处丢了标点，后面另起一句")
        elif _SENTENCE_END.search(before) and _IS_CJK.match(after):
            yield Edit(*each.span(), "。", "lost_mark", "此处丢了字，可能是句号，请查原件", done=False)
        else:
            yield Edit(*each.span(), each.group(), "lost_mark", "此处丢了字，原字不明，请查原件", done=False)


def _is_form(text: str, count: int) -> bool:
    """Boxes to tick."""
    return bool(_TICK.search(text)) or text.startswith("□") or (count >= 2 and "。" not in text)


def _quotes(text: str) -> Iterator[Edit]:
    for found in _DOUBLED.finditer(text):
        yield Edit(*found.span(), found.group()[0], "doubled_quote", "同一个引号写了两次")
    for found in _EMPTY_PAIR.finditer(text):
        yield Edit(*found.span(), found.group(), "lost_words", "此处丢了词，原文已不可知，请查原件", done=False)
