"""Text, web pages and .pdf: what is read, and what is refused with which word."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pypdfium2
import pytest

from junheng.documents.opening import open_document
from junheng.documents.shapes import Raw
from junheng.kernel.faults import DataFaults, Exit
from tests.unit.documents.pdf_files import write_pdf, write_scan
from tests.unit.documents.rights import open_to_all, somebody_else

PROSE = "同志们：\n今年全市小学入学率达到99.9%，新建幼儿园12所。"


def opened(folder: Path, content: bytes, name: str = "plan.txt") -> Raw:
    (folder / name).write_bytes(content)
    return open_document(folder / name)


def refused(folder: Path, content: bytes, name: str = "plan.txt") -> str:
    with pytest.raises(DataFaults) as error:
        opened(folder, content, name)
    fault = error.value.faults[0]
    assert error.value.code is Exit.faults and fault.file == str(folder / name) and "->" in str(error.value)
    return fault.kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    content = PROSE.encode(encoding)
    raw = opened(tmp_path, content)
    assert (raw.text, raw.format, raw.notes) == (PROSE, "txt", ())
    assert raw.sha256 == hashlib.sha256(content).hexdigest()


def test_the_text_is_kept_as_it_stands_with_its_line_ends(tmp_path: Path) -> None:
    assert opened(tmp_path, PROSE.replace("\n", "\r\n").encode()).text == PROSE.replace("\n", "\r\n")


def test_half_a_character_at_the_end_is_left_out_and_said(tmp_path: Path) -> None:
    raw = opened(tmp_path, PROSE.encode("gb18030")[:-1])
    assert raw.text == PROSE[:-1] and raw.notes


def test_two_encodings_in_one_file_are_refused_with_the_line(tmp_path: Path) -> None:
    assert refused(tmp_path, "全市教育工作会议\n".encode() + "办好人民满意的教育".encode("gb18030") * 3) == "mixed_encoding"


@pytest.mark.parametrize("content", [
    (PROSE * 3).encode().decode("gb18030", "replace").encode(), (PROSE * 3).encode().decode("latin-1").encode(),
    (PROSE * 3).encode("gb18030").decode("latin-1").encode(), ("锟斤拷" * 20).encode(), ("教育\ufffd\ufffd" * 20).encode()])
def test_mojibake_gets_a_clear_word(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content) == "mojibake"


@pytest.mark.parametrize("content", [b"", b" \r\n\t", "\ufeff".encode(), "　　\n".encode()])
def test_a_file_without_text_is_empty(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content) == "empty_file"


def said_of(path: Path) -> str:
    with pytest.raises(DataFaults) as error:
        open_document(path)
    assert error.value.code is Exit.faults and error.value.faults[0].kind == "not_found"
    assert str(error.value).startswith(f"{path}：")
    return str(error.value)


def test_what_is_no_file_is_named_as_it_was_written_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to("nowhere")
    monkeypatch.chdir(tmp_path)
    folder, here, device = "这是文件夹", "当前文件夹，或没有写文件名", "这是设备或管道"
    for path, said in (("none.txt", "没有这个文件"), ("dangling", "没有这个文件"), (str(tmp_path), folder), ("..", folder),
                       (".", here), ("", here), ("pipe", device), (os.devnull, device), ("长" * 200, "文件名太长")):
        assert said in said_of(Path(path))


def test_a_file_one_may_not_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PROSE, encoding="utf-8")
    open_to_all(tmp_path)
    (tmp_path / "plan.txt").chmod(0)
    with somebody_else():
        assert "没有读的权限" in said_of(tmp_path / "plan.txt")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xff\xd8\xff\xe0" + bytes(50),
                                     b"Rar!\x1a\7\0" + bytes(50),
                                     b"text" + bytes(50)])
def test_pictures_archives_and_programs_are_no_documents(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content) == "not_a_document"


def test_markdown_is_read_as_it_stands(tmp_path: Path) -> None:
    raw = opened(tmp_path, "# 一、目标\n\n**建成**5所".encode(), "plan.md")
    assert (raw.text, raw.format) == ("# 一、目标\n\n**建成**5所", "md")


def test_a_page_gives_its_blocks_as_lines_and_its_tables_with_tabs(tmp_path: Path) -> None:
    page = ("<html><head><title>网站</title><style>p{}</style></head><body><script>x=1</script><h1>工作要点</h1>"
            "<p>今年<b>新建</b>\n学校&nbsp;5所。<br>明年再建。</p><div style='display: none'>隐藏</div><!-- 注 -->尾"
            "<table><tr><th>学校</th><th>人数</th></tr><tr><td>一小</td><td>120</td></tr></table>"
            "<ol start=3><li>甲</li><li>乙</li></ol></body></html>")
    raw = opened(tmp_path, page.encode(), "plan.html")
    assert raw.text.split("\n") == ["工作要点", "今年新建 学校\xa05所。", "明年再建。", "尾", "学校\t人数", "一小\t120", "3. 甲",
                                    "4. 乙"]


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "none", ""])
def test_a_page_is_decoded_as_it_declares_or_as_it_proves(tmp_path: Path, declared: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>{PROSE}</p></body></html>"
    assert opened(tmp_path, page.encode("gb18030"), "plan.htm").text == PROSE.replace("\n", " ")


@pytest.mark.parametrize(("name", "content", "format_"), [
    ("plan.txt", b"<!DOCTYPE html><html><body><p>text</p></body></html>", "html"), ("plan.docx", PROSE.encode(), "txt"),
    ("plan.pdf", PROSE.encode("gb18030"), "txt")])
def test_a_wrong_suffix_does_not_matter_and_is_said(tmp_path: Path, name: str, content: bytes, format_: str) -> None:
    raw = opened(tmp_path, content, name)
    assert raw.format == format_ and "后缀" in raw.notes[0]


def test_a_page_is_read_to_any_sound_depth_and_refused_beyond_it(tmp_path: Path) -> None:
    assert opened(tmp_path, b"<html>" + b"<div>" * 1_000 + "深".encode(), "plan.html").text == "深"
    assert refused(tmp_path, b"<html>" + b"<div>" * 20_000 + "深".encode(), "plan.html") == "damaged"


def test_the_lines_of_a_pdf_are_read_and_a_page_without_text_is_said(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "plan.pdf", [["全市教育工作会议讲话", "今年新建学校5所。"], [], ["谢谢大家，会后抓好落实。"]])
    raw = open_document(path)
    assert (raw.text.split("\n"), raw.format) == (["全市教育工作会议讲话", "今年新建学校5所。", "", "谢谢大家，会后抓好落实。"],
                                                  "pdf")
    assert raw.notes == ("第 2 页没有文字层（是图片或空白页），没有读",)


def test_a_scan_is_refused_though_a_scanner_printed_its_name_on_every_page(tmp_path: Path) -> None:
    stamp = write_pdf(tmp_path / "stamp.pdf", [["由 扫描全能王 扫描创建"]])
    for pages in ([None, None], [stamp, stamp]):
        path = write_scan(tmp_path / "scan.pdf", pages)
        shades = bytes(pypdfium2.PdfDocument(path)[0].render(scale=1).buffer)
        assert min(shades) < 64 and max(shades) > 192  # there is something to see on it
        assert refused(tmp_path, path.read_bytes(), "scan.pdf") == "scanned"


def test_pages_that_were_scanned_among_others_are_named(tmp_path: Path) -> None:
    typed = write_pdf(tmp_path / "typed.pdf", [["全市教育工作会议讲话", "今年新建学校5所，招聘教师120名。"]])
    stamp = write_pdf(tmp_path / "stamp.pdf", [["第3号"]])
    raw = open_document(write_scan(tmp_path / "mixed.pdf", [typed, None, stamp, typed, None]))
    assert raw.text.count("今年新建学校5所") == 2 and "12 new schools" not in raw.text
    assert raw.notes == ("第 2、5 页没有文字层（是图片或空白页），没有读", "第 3 页是图片，只有零星文字，图中的文字没有读")


def test_a_page_of_text_over_a_picture_is_read(tmp_path: Path) -> None:
    rows = [f"第{number}项：今年新建学校{number}所，招聘教师{number}0名，投入资金{number}00万元。" for number in range(1, 9)]
    stamp = write_pdf(tmp_path / "stamp.pdf", [rows])
    raw = open_document(write_scan(tmp_path / "recognised.pdf", [stamp]))
    assert raw.text.split("\n") == rows and raw.notes == ()


def test_a_scan_an_encrypted_and_a_broken_pdf_each_get_their_word(tmp_path: Path) -> None:
    for content, kind in ((write_pdf(tmp_path / "a.pdf", [[], []]).read_bytes(), "scanned"),
                          (write_pdf(tmp_path / "b.pdf", [["全市教育工作会议"]], encrypt=True).read_bytes(), "encrypted"),
                          (b"%PDF-1.4\nnothing", "damaged")):
        assert refused(tmp_path, content, "plan.pdf") == kind


def test_five_megabytes_of_text_open_within_a_second_or_two(tmp_path: Path) -> None:
    begun = time.perf_counter()
    assert len(opened(tmp_path, (PROSE + "\n").encode() * 60_000).text) > 1_900_000
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("text", ["BMI监测情况报告：全市12所学校。", "MZ是民族班的简称：全县12个班。"])
def test_a_text_that_begins_as_a_picture_or_a_program_does_is_a_text(tmp_path: Path, text: str) -> None:
    assert opened(tmp_path, text.encode()).text == text


def test_a_bitmap_is_a_picture(tmp_path: Path) -> None:
    assert refused(tmp_path, b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0" + bytes(100), "scan.bmp") == "not_a_document"


@pytest.mark.parametrize("charset", ["undefined", "no-such", "rot13"])
def test_a_page_that_declares_no_real_encoding_is_read_by_its_bytes(tmp_path: Path, charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>{PROSE}</p></body></html>'
    assert "新建幼儿园12所" in opened(tmp_path, page.encode(), "page.html").text


def test_the_cells_of_a_page_hold_one_line_however_their_words_are_wrapped(tmp_path: Path) -> None:
    page = ("<table><tr><td><p>学校</p></td><td><div>在校生<br>（人）</div></td></tr>"
            "<tr><td><p>一小</p></td><td> <p>120</p> </td></tr>"
            "</table><ol><li><p>甲</p></li><li><div>乙</div><p>丙</p></li></ol>")
    assert opened(tmp_path, page.encode(), "plan.html").text.split("\n") == [
        "学校\t在校生  （人）", "一小\t120", "1. 甲", "2. 乙", "丙"]


def test_a_page_that_is_laid_out_in_cells_keeps_its_lines(tmp_path: Path) -> None:
    page = f"<table><tr><td><p>工作要点</p><p>{'新建学校5所。' * 20}</p>" \
           "<table><tr><td><p>一小</p></td><td>5</td></tr></table></td></tr></table>"
    assert opened(tmp_path, page.encode(), "plan.html").text.split("\n") == ["工作要点", "新建学校5所。" * 20, "一小\t5"]


def test_the_columns_of_a_pdf_are_cells(tmp_path: Path) -> None:
    rows = ["一、　　统计表", "今年新建学校5所。",
            "学段　　学校　　学生　　教师", "小学　　45　　1200　　80", "初中　　12　　6100",
            "合计　　57　　7300　　130", "注：截至9月。", "落款　　　　县教育局"]
    assert open_document(write_pdf(tmp_path / "plan.pdf", [rows])).text.replace("　", "").split("\n") == [
        "一、统计表", "今年新建学校5所。", "学段\t学校\t学生\t教师",
        "小学\t45\t1200\t80", "初中\t12\t6100",
        "合计\t57\t7300\t130", "注：截至9月。", "落款县教育局"]
