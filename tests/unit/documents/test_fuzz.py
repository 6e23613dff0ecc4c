"""Whatever is in a file, reading it ends, and every place it tells lies inside the text."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from junheng.documents.as_json import as_json, digest
from junheng.documents.forms.decomposition import tasks_sheet
from junheng.documents.forms.page import document_page
from junheng.documents.opening import open_document
from junheng.documents.reading import read
from junheng.documents.shapes import Heading, Raw, Reading, Span
from junheng.kernel.faults import Exit, JunhengError
from junheng.paper.annotated import lines
from tests.unit.documents.test_read import SPEECH, spans_of

PIECES = (
    "一、", "（一）", "1.", "1.1", "一是", "首先，", "\n", "\r\n", "\u3000\u3000", "□", "“", "”", "。", "；", "，",
    "、", ":", "：", "(", "（", "20xx年", "202x年", "00", "000人", "xxx", "第29个教师节", "“十三五”", "2025年",
    "去年", "上年", "今年", "3月", "年底前", "会后", "每年", "全县", "云溪县", "小学", "初中", "在校生",
    "义务教育巩固率", "达到", "增加", "增长", "比上年", "由", "到", "占", "其中", "年均增长", "12000", "3.96万",
    "1亿元", "98%", "8.7个百分点", "三分之二", "百分之五", "近百", "3-5所", "1607", "0", "1e5", "-3", "９８％",
    "第5名", "9个县区", "3.1:6.9", "以上", "以内", "余", "多", "约", "要", "加强", "进一步", "县教育局", "拨付",
    "五个优先", "四级", "省、市、县", "99999999999999999999", "0.0000000001", "0%", "/", "万", "几", "千", "\x00",
    "\t", "|", "合计", "○○", "〇", "**", "某", "N", "（）", "xx.x", "一半", "九成五", "人均", "平均班额", "应配", "实有", "缺口",
    "每生每年", "的标准", "大班额", "公用经费", "56人及以上", "不足10人的", "1 234", "12，345", "20个工作日内", "9:00",
    "“四同步”", "现将", "如下",
    "\u2028", "\ufeff", "附件1\n", "附件：", "表1", "【脚注1】", "𠮷", "é", "🏫")

made_up = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
anything = st.text(max_size=300)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The speech with a few stretches cut out, doubled, or written over."""
    text = SPEECH
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(start + 30, len(text))))
        text = text[:start] + draw(st.one_of(st.just(""), st.just(text[start:end] * 2), st.sampled_from(PIECES))) + text[end:]
    return text


def of(text: str) -> Reading:
    return read(Raw("试.txt", digest(text), "txt", text))


def headings(found: tuple[Heading, ...]) -> Iterator[Heading]:
    for each in found:
        yield each
        yield from headings(each.children)


def places(reading: Reading) -> Iterator[Span]:
    for items in (reading.figures, reading.blanks, reading.goals, reading.tasks, reading.outline.sentences):
        yield from ((each.start, each.end) for each in items)
    for check in reading.checks:
        yield from check.spans
    yield from ((each.start, each.end) for each in (*reading.text.parts, *headings(reading.outline.headings)))


def holds_together(text: str) -> None:
    reading = of(text)
    clean = reading.text.clean
    assert len(reading.text.raw_at) == len(clean) + 1
    assert all(0 <= start <= end <= len(clean) for start, end in places(reading))
    assert all(clean[each.start:each.end] == each.printed for each in (*reading.figures, *reading.blanks))
    assert all(each.spans for each in reading.checks)
    answer = json.loads(json.dumps(as_json(reading), ensure_ascii=False))
    assert all(0 <= start <= end <= len(text) for start, end in spans_of(answer))
    shown = "".join(piece.text for line in lines(document_page(reading)) for piece in line.pieces)
    assert shown == text
    assert tasks_sheet([reading]).rows is not None


@given(anything)
@settings(max_examples=150, deadline=None)
@example("")
@example("□" * 50)
@example("一、" * 50)
@example("“" * 200)
def test_any_text_is_read(text: str) -> None:
    holds_together(text)


@given(made_up)
@settings(max_examples=400, deadline=None)
def test_any_heap_of_words_of_the_trade_is_read(text: str) -> None:
    holds_together(text)


@given(mutated())
@settings(max_examples=200, deadline=None)
def test_any_damaged_speech_is_read(text: str) -> None:
    holds_together(text)


@given(made_up)
@settings(max_examples=100, deadline=None)
def test_the_same_text_is_read_the_same_way(text: str) -> None:
    assert as_json(of(text)) == as_json(of(text))


@given(st.binary(max_size=400), st.sampled_from(("txt", "md", "html", "docx", "pdf")),
       st.sampled_from((b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xef\xbb\xbf", b"\xff\xfe", b"<html><body>", b"\xd0\xcf\x11\xe0")))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(data: bytes, ending: str, beginning: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"试.{ending}")
        path.write_bytes(beginning + data)
        try:
            opened = open_document(path)
        except JunhengError as refused:
            assert refused.code is Exit.faults
            return
        holds_together(opened.text)


@pytest.mark.parametrize("piece", [
    "|", "1\t2\n", "（1所", "其中1人、", "人均5元，", "应配5名，实有3名，缺口2名，", "○",
    "由1增加到2，", "3月完成甲、", "由县教育局"])
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def seconds(characters: int) -> float:
        begun = time.process_time()
        of((piece * characters)[:characters])
        return time.process_time() - begun
    seconds(2_000)
    assert seconds(20_000) < 5 * seconds(10_000) + 0.3
