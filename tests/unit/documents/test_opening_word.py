"""Word files: automatic numbers, tables, changes, text boxes; and files that would do harm."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from junheng.documents.cleaning import clean
from junheng.documents.opening import open_document
from junheng.documents.reading import read
from junheng.kernel.faults import DataFaults, Exit
from tests.unit.documents.word_files import MC, NS, WordFile, abstract, instance, level, note, reference, repacked, run

HEADINGS = (abstract(0, level(0, "chineseCountingThousand", "%1、"), level(1, "chineseCounting", "（%2）"),
                     level(2, "decimal", "%3."), level(3, "decimalEnclosedCircle", "%4")), instance(1, 0))


def lines(path: Path) -> list[str]:
    return open_document(path).text.split("\n")


def kind(path: Path) -> str:
    with pytest.raises(DataFaults) as refused:
        open_document(path)
    assert refused.value.code is Exit.faults
    fault = refused.value.faults[0]
    assert fault.file == str(path) and fault.found and fault.wanted and fault.do
    return fault.kind


def test_numbers_of_headings_are_counted_and_lower_levels_begin_anew(tmp_path: Path) -> None:
    made = WordFile(*HEADINGS)
    for text, place in (("总体要求", 0), ("目标", 1), ("任务", 1), ("入学", 2), ("巩固", 2), ("核查", 3), ("重点工作", 0),
                        ("学前", 1), ("建园", 2)):
        made.paragraph(text, 1, place)
    assert lines(made.save(tmp_path)) == ["一、总体要求", "（一）目标", "（二）任务", "1. 入学", "2. 巩固", "① 核查",
                                          "二、重点工作", "（一）学前", "1. 建园"]


@pytest.mark.parametrize(("form", "text", "expected"), [
    ("chineseCounting", "%1、", ["十、", "十一、", "十二、"]), ("ideographDigital", "%1、", ["一〇、", "一一、", "一二、"]),
    ("chineseCountingThousand", "第%1章", ["第十章 ", "第十一章 ", "第十二章 "]), ("decimal", "%1)", ["10)", "11)", "12)"]),
    ("decimalEnclosedCircle", "%1", ["⑩ ", "⑪ ", "⑫ "]), ("lowerLetter", "%1.", ["j. ", "k. ", "l. "]), ("upperRoman", "%1.",
                                                                                                         ["X. ", "XI. ",
                                                                                                          "XII. "]),
    ("decimalZero", "%1", ["10 ", "11 ", "12 "]), ("chineseLegalSimplified", "%1、", ["壹拾、", "壹拾壹、", "壹拾贰、"]),
    ("decimalEnclosedParen", "%1", ["⑽ ", "⑾ ", "⑿ "]), ("none", "附件：", ["附件：", "附件：", "附件："])])
def test_each_number_format_is_written_as_word_writes_it(tmp_path: Path, form: str, text: str, expected: list[str]) -> None:
    made = WordFile(abstract(0, level(0, form, text, start=10)), instance(1, 0))
    for _ in expected:
        made.paragraph("事项", 1)
    assert lines(made.save(tmp_path)) == [f"{number}事项" for number in expected]


def test_a_number_of_several_levels_shows_them_all_and_as_digits_where_legal(tmp_path: Path) -> None:
    made = WordFile(abstract(0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2"),
                             level(2, "decimal", "%1.%2.%3", more="<w:isLgl/>")), instance(1, 0))
    made.paragraph("甲", 1).paragraph("乙", 1, 1).paragraph("丙", 1, 2)
    assert lines(made.save(tmp_path)) == ["一、甲", "一.1 乙", "1.1.1 丙"]


def test_a_second_instance_goes_on_counting_unless_it_begins_anew(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    made = WordFile(abstract(0, level(0, "decimal", "%1.")), instance(1, 0), instance(2, 0), instance(3, 0, anew))
    made.paragraph("甲", 1).paragraph("乙", 2).paragraph("丙", 3).paragraph("丁", 3)
    assert lines(made.save(tmp_path)) == ["1. 甲", "2. 乙", "1. 丙", "2. 丁"]


def test_a_level_that_never_restarts_goes_on_under_the_next_heading(tmp_path: Path) -> None:
    made = WordFile(abstract(0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.",
                                                                           more='<w:lvlRestart w:val="0"/>')), instance(1, 0))
    made.paragraph("甲", 1).paragraph("乙", 1, 1).paragraph("丙", 1).paragraph("丁", 1, 1)
    assert lines(made.save(tmp_path)) == ["一、甲", "1. 乙", "二、丙", "2. 丁"]


def test_numbers_come_through_styles_and_zero_takes_them_off(tmp_path: Path) -> None:
    made = WordFile(abstract(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）",
                                                                           more='<w:pStyle w:val="Heading2"/>')),
                    instance(1, 0)).number_style("Heading 1", 1, 0).number_style("Heading 2", 1)
    made.paragraph("总体要求", style="Heading 1").paragraph("目标", style="Heading 2").paragraph("不编号", 0, 0, "Heading 1")
    assert lines(made.save(tmp_path)) == ["一、总体要求", "（一）目标", "不编号"]


def test_tables_stand_in_their_place_with_a_tab_between_cells(tmp_path: Path) -> None:
    made = WordFile(*HEADINGS).paragraph("前")
    table = made.document.add_table(2, 2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ("学校", "人数", "一小\n分校", "120"), strict=True):
        cell.text = text
    made.paragraph("后")
    assert lines(made.save(tmp_path)) == ["前", "学校\t人数", "一小 分校\t120", "后"]


def test_struck_out_text_is_left_out_and_inserted_text_is_read(tmp_path: Path) -> None:
    made = WordFile(*HEADINGS).xml(
        f'<w:p {NS}><w:r><w:t>建成</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>3</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="a"><w:r><w:t>5</w:t></w:r></w:ins><w:r><w:t>所</w:t></w:r>'
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r></w:p>')
    raw = open_document(made.save(tmp_path))
    assert raw.text == "建成5所" and any("修订" in note for note in raw.notes)


def test_a_paragraph_whose_end_was_struck_out_goes_on_in_the_next(tmp_path: Path) -> None:
    struck_out = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    made = WordFile(*HEADINGS).xml(f"<w:p {NS}>{struck_out}<w:r><w:t>全面</w:t></w:r></w:p>")
    assert lines(made.xml(f"<w:p {NS}><w:r><w:t>推进</w:t></w:r></w:p>").save(tmp_path)) == ["全面推进"]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent>"
    made = WordFile(*HEADINGS).xml(
        f'<w:p {NS} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>'
        '</mc:AlternateContent></w:r></w:p>')
    assert lines(made.save(tmp_path)) == ["正文", "框内文字"]


def test_notes_are_read_after_the_paragraph_they_are_on(tmp_path: Path) -> None:
    separator = note(0, "—", more='w:type="separator"')
    notes = note(2, "含教学点350人。") + note(5, "上年为11500人，", "另附校名。")
    made = WordFile(*HEADINGS).part("footnotes", separator + notes)
    made.part("endnotes", note(2, "其中小学8所。", kind="endnote"))
    made.xml(f"<w:p {NS}>{run('在校生12000人')}{reference(5)}{run('，增加500人')}{reference(2)}{run('。')}</w:p>")
    raw = open_document(made.xml(f"<w:p {NS}>{run('新建学校12所。')}{reference(2, 'endnote')}</w:p>").save(tmp_path))
    assert raw.text.split("\n") == ["在校生12000人，增加500人。", "【脚注1】上年为11500人， 另附校名。",
                                    "【脚注2】含教学点350人。", "新建学校12所。", "【尾注1】其中小学8所。"]
    assert raw.notes == ("有脚注 2 条、尾注 1 条，各接在所注的一段之后读",)


def test_a_note_within_a_table_is_read_after_it_and_a_row_stays_a_line(tmp_path: Path) -> None:
    made = WordFile(*HEADINGS).part("footnotes", note(1, "两个校区。"))
    cell = f"<w:tc><w:p>{run('一小')}{reference(1)}</w:p></w:tc>"
    made.xml(f"<w:tbl {NS}><w:tr>{cell}<w:tc><w:p>{run('120')}</w:p></w:tc></w:tr><w:tr><w:tc><w:p>{run('二小')}</w:p></w:tc>"
             f"<w:tc><w:p>{run('90')}</w:p></w:tc></w:tr></w:tbl>").paragraph("后文")
    assert lines(made.save(tmp_path)) == ["一小\t120", "二小\t90", "【脚注1】两个校区。", "后文"]


def test_a_figure_of_a_note_leads_to_its_place_and_takes_no_word_of_its_label(tmp_path: Path) -> None:
    made = WordFile(*HEADINGS).part("footnotes", note(1, "其中小学8所、初中4所"))
    made.xml(f"<w:p {NS}>{run('2025年，全县新建学校12所')}{reference(1)}</w:p>").paragraph("全县招聘教师120名。")
    raw = open_document(made.save(tmp_path))
    reading = read(raw)
    told = {each.printed: (each.indicator_raw, each.stage) for each in reading.figures}
    assert told["8"] == ("小学", "primary") and "脚注" not in "".join(each.indicator_raw for each in reading.figures)
    places = [reading.text.raw_span((each.start, each.end)) for each in reading.figures]
    assert [raw.text[slice(*place)] for place in places] == [each.printed for each in reading.figures]
    assert not [each for each in reading.text.repairs if each.kind == "joined_line"]


def test_a_reference_without_its_note_and_a_struck_out_one_are_passed_over(tmp_path: Path) -> None:
    made = WordFile(*HEADINGS).part("footnotes", note(1, "旧注。"))
    made.xml(f'<w:p {NS}>{run("正文")}{reference(7)}<w:del w:id="1" w:author="a">{reference(1)}</w:del></w:p>')
    assert lines(made.save(tmp_path)) == ["正文"]


def test_headers_and_footers_are_quoted_and_a_page_number_is_not(tmp_path: Path) -> None:
    made = WordFile(*HEADINGS).paragraph("正文")
    made.part("header", f"<w:p>{run('云溪县教育局文件')}<w:r><w:tab/></w:r>{run('2025年第3号')}</w:p>")
    made.part("footer", f"<w:p>{run('第')}{run('1')}{run('页')}</w:p>")
    assert open_document(made.save(tmp_path)).notes == ("页眉页脚没有读：“云溪县教育局文件 2025年第3号”",)


def test_pictures_objects_and_comments_that_are_not_read_are_counted_once(tmp_path: Path) -> None:
    picture = "<w:r><w:drawing/></w:r>"
    twice = (f"<w:r><mc:AlternateContent {MC}><mc:Choice Requires='wps'>{picture}</mc:Choice>"
             "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>")
    comment, inner = '<w:r><w:commentReference w:id="1"/></w:r>', "<w:r><w:object/></w:r>"
    made = WordFile(*HEADINGS).xml(f"<w:p {NS}>{run('正文')}{picture}{twice}{inner}{comment}</w:p>")
    assert open_document(made.save(tmp_path)).notes == (
        "有 2 张图片或图表，其中的文字没有读", "有 1 个嵌入的对象（如 Excel 表格），其中的内容没有读", "有 1 条批注没有读")


@pytest.mark.parametrize(("change", "said"), (
    (f'<w:ins w:id="1" w:author="a">{run("新")}</w:ins>', "插入"),
    ('<w:del w:id="1" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>', "删除"),
    (f'<w:moveTo w:id="1" w:author="a">{run("新")}</w:moveTo><w:moveFrom w:id="2" w:author="a">{run("旧")}</w:moveFrom>',
     "插入、删除")))
def test_tracked_changes_of_either_kind_are_said(tmp_path: Path, change: str, said: str) -> None:
    raw = open_document(WordFile(*HEADINGS).xml(f"<w:p {NS}>{run('正文')}{change}</w:p>").save(tmp_path))
    assert raw.text == ("正文新" if "插入" in said else "正文") and raw.notes[0].startswith(f"文稿带有修订痕迹（{said}）")


def test_a_document_of_nothing_but_pictures_is_a_scan(tmp_path: Path) -> None:
    assert kind(WordFile(*HEADINGS).xml(f"<w:p {NS}><w:r><w:drawing/></w:r></w:p>").save(tmp_path)) == "scanned"


def test_a_text_box_of_an_older_word_is_read_too(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>投入300万元</w:t></w:r></w:p></w:txbxContent>"
    made = WordFile(*HEADINGS).xml(f"<w:p {NS}>{run('正文')}<w:r><w:pict>{box}</w:pict></w:r></w:p>")
    raw = open_document(made.save(tmp_path))
    assert raw.text.split("\n") == ["正文", "投入300万元"] and raw.notes == ()


def test_a_list_of_contents_is_no_second_set_of_headings(tmp_path: Path) -> None:
    made = WordFile(*HEADINGS)
    made.document.styles.add_style("toc 1", 1)
    made.paragraph("一、总体要求\t3", style="toc 1").paragraph("总体要求", 1)
    assert lines(made.save(tmp_path)) == ["一、总体要求"]


def test_a_document_with_macros_is_read_as_any_other(tmp_path: Path) -> None:
    path = WordFile(*HEADINGS).paragraph("1、\t总体要求").save(tmp_path, "plan.docm")
    with ZipFile(path) as container:
        kinds = container.read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert plain in kinds
    repacked(path, **{"[Content_Types]_xml": kinds.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")})
    assert lines(path) == ["1、 总体要求"]


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = WordFile(*HEADINGS).paragraph("甲").save(tmp_path)
    assert kind(repacked(path, word_document_xml=b" " * 60_000_000)) == "zip_bomb"


def test_broken_parts_and_declared_entities_are_refused(tmp_path: Path) -> None:
    path = WordFile(*HEADINGS).paragraph("甲").save(tmp_path)
    content = path.read_bytes()
    assert kind(repacked(path, word_document_xml=b"<w:document>")) == "damaged"
    path.write_bytes(content)
    assert kind(repacked(path, word_document_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')) == "damaged"
    path.write_bytes(content[:len(content) // 2])
    assert kind(path) == "damaged"


def test_a_document_locked_with_a_password_says_so(tmp_path: Path) -> None:
    plain = WordFile(*HEADINGS).paragraph("甲").save(tmp_path)
    path = tmp_path / "locked.docx"
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    assert kind(path) == "encrypted"


def test_a_workbook_is_no_document(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "schools.docx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet()
    book.close()
    assert kind(path) == "not_a_document"


def test_an_old_document_is_converted_or_the_user_is_told_how(tmp_path: Path) -> None:
    made = WordFile(*HEADINGS).paragraph("总体要求", 1).paragraph("今年建成5所“双减”示范学校。").save(tmp_path)
    if shutil.which("soffice") is None:
        old = tmp_path / "plan.doc"
        old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
        assert kind(old) == "no_converter"
        return
    _convert(made, "doc")
    raw = open_document(tmp_path / "plan.doc")
    assert raw.format == "doc" and raw.text.split("\n") == ["一、总体要求", "今年建成5所“双减”示范学校。"]
    _convert(made, "pdf")  # the quotes come of another font and stand last in the file
    assert clean(open_document(tmp_path / "plan.pdf").text).clean == raw.text


def _convert(path: Path, to: str) -> None:
    subprocess.run(["soffice", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless", "--convert-to", to,
                    "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=120)


def test_without_a_converter_an_old_document_gets_a_clear_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "plan.wps"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert kind(path) == "no_converter"
