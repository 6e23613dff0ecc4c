"""Whatever the bytes, a document is read or refused in words."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.documents.opening import open_document
from junheng.kernel.faults import JunhengError
from tests.unit.documents.pdf_files import write_pdf
from tests.unit.documents.word_files import NS, WordFile, abstract, instance, level, note, reference, run

SUFFIXES = st.sampled_from([".txt", ".md", ".html", ".docx", ".pdf", ".xyz", ""])
BEGINNINGS = st.sampled_from([b"", b"PK\3\4", b"%PDF-1.4\n", b"<html><body>", b"\xff\xfe", b"\xef\xbb\xbf", b"<table><tr><td>"])


def read(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"plan{suffix}")
        path.write_bytes(content)
        try:
            raw = open_document(path)
        except JunhengError as error:
            assert "->" in str(error)
        else:
            assert raw.text.strip()


@given(BEGINNINGS, st.binary(max_size=300), SUFFIXES)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(beginning: bytes, content: bytes, suffix: str) -> None:
    read(beginning + content, suffix)


@given(st.text(max_size=200), SUFFIXES, st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused_in_words(text: str, suffix: str, encoding: str) -> None:
    read(text.encode(encoding, "ignore"), suffix)


def made() -> tuple[bytes, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        word = WordFile(abstract(0, level(0, "chineseCounting", "%1、")), instance(1, 0)).paragraph("总体要求", 1)
        word.part("footnotes", note(1, "含教学点")).part("header", f"<w:p>{run('文件')}</w:p>")
        word.xml(f"<w:p {NS}>{run('在校生120人')}{reference(1)}</w:p>")
        return word.save(Path(folder)).read_bytes(), write_pdf(Path(folder, "a.pdf"), [["全市教育工作会议讲话"]]).read_bytes()


WHOLE = made()


@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8), st.floats(0.2, 1))
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_refused_in_words(whole: bytes, changes: list[tuple[float, int]], kept: float) -> None:
    content = bytearray(whole)
    for place, value in changes:
        content[int(place * (len(content) - 1))] = value
    read(bytes(content[:int(kept * len(content))]), ".docx" if whole is WHOLE[0] else ".pdf")


@given(st.text(alphabet=st.sampled_from("<w:pnumPr/>%12\"' 一lvl"), max_size=80))
@settings(max_examples=60, deadline=None)
def test_odd_lists_and_paragraphs_of_word_do_no_harm(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shown = text.replace("<", "&lt;").replace('"', "&quot;")
        path = WordFile(abstract(0, level(0, shown.strip() or "decimal", shown), level(3, "lowerRoman", "%9%1")), instance(1, 0),
                        instance(2, 7))
        for number, place in ((1, 0), (1, 3), (2, 0), (9, 0)):
            path.paragraph("甲", number, place)
        assert open_document(path.save(Path(folder))).text.count("甲") == 4
