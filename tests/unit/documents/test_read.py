"""A document goes in as a clerk has it; what it says comes out, and what cannot be read says why."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from junheng.cli import app
from junheng.documents.as_json import as_json
from junheng.documents.codes import BodySource, Judgement
from junheng.documents.opening import open_document
from junheng.documents.reading import read
from junheng.documents.shapes import Raw, Reading
from junheng.kernel.faults import Exit, JunhengError

SPEECH = """云溪县2025年教育工作会议讲话
（2025年2月20日）
一、去年工作回顾
2024年，全县义务教育在校生12000人，比上年增加500人，增长4.35%。
小学在校生8000人，初中在校生4000人。
新建校舍00平方米。
二、今年工作安排
到2025年底，九年义务教育巩固率达到96%。
县财政局4月底前拨付公用经费300万元。
进一步加强师德师风建设。
"""


def of(text: str, **told: Any) -> Reading:
    return read(Raw("讲话.txt", sha256(text.encode()).hexdigest(), "txt", text), **told)


@pytest.fixture(scope="module")
def speech() -> Reading:
    return of(SPEECH)


def test_a_speech_gives_figures_checks_goals_and_tasks(speech: Reading) -> None:
    printed = {each.printed for each in speech.figures}
    assert {"12000", "500", "4.35", "96", "300"} <= printed
    assert Judgement.holds in {each.judgement for each in speech.checks} or any(
        each.judgement is Judgement.holds_within_rounding for each in speech.checks)
    assert any(each.figure and each.figure.printed == "96" for each in speech.goals)
    money = next(each for each in speech.tasks if "拨付" in each.text)
    assert (money.body, money.body_source, money.due) == ("县财政局", BodySource.explicit, date(2025, 4, 30))


def test_a_masked_number_is_a_blank_and_no_value(speech: Reading) -> None:
    assert "00" in {each.printed for each in speech.blanks}
    assert not [each for each in speech.figures if each.printed == "00" and each.value is not None]


def test_the_day_of_the_document_can_be_told_better(speech: Reading) -> None:
    assert speech.day == date(2025, 2, 20)
    found = of(SPEECH.replace("（2025年2月20日）\n", ""), on=date(2025, 3, 1))
    assert (found.day, found.day_inferred_by) == (date(2025, 3, 1), "")


def test_a_document_without_figures_is_fine() -> None:
    found = of("各位老师：\n大家好。谢谢大家。\n")
    assert (found.figures, found.checks, found.goals) == ((), (), ())
    assert found.title


def spans_of(answer: Any) -> list[list[int]]:
    if isinstance(answer, dict):
        own = [answer["span"]] if "span" in answer else []
        return own + list(answer.get("spans", [])) + [span for each in answer.values() for span in spans_of(each)]
    return [span for each in answer for span in spans_of(each)] if isinstance(answer, list) else []


def test_every_span_of_the_answer_lies_in_the_raw_text(speech: Reading) -> None:
    answer = json.loads(json.dumps(as_json(speech)))
    assert spans_of(answer)
    assert all(0 <= start <= end <= len(SPEECH) for start, end in spans_of(answer))
    assert all(SPEECH[slice(*each["span"])] == each["printed"] for each in answer["figures"])


# --- the command --------------------------------------------------------------------------------------------

def run(*words: str) -> int:
    return int(app([str(word) for word in words], prog_name="junheng", standalone_mode=False) or 0)


@pytest.fixture
def speech_file(tmp_path: Path) -> Path:
    path = tmp_path / "讲话.txt"
    path.write_text(SPEECH, encoding="utf-8")
    return path


def test_the_json_of_a_file_is_one_line_with_its_digest(speech_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", str(speech_file), "--json") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    answer = json.loads(lines[0])
    assert answer["document"]["sha256"] == sha256(speech_file.read_bytes()).hexdigest()
    assert all(isinstance(each["value"], str) for each in answer["figures"] if each["value"] is not None)


def test_several_files_give_a_line_each_and_share_a_workbook(speech_file: Path, tmp_path: Path,
                                                             capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "计划.md"
    other.write_text(SPEECH, encoding="gb18030")
    assert run("read", str(speech_file), str(other), "--json", "--xlsx", str(tmp_path / "表.xlsx")) == 0
    files = [json.loads(line)["document"]["file"] for line in capsys.readouterr().out.splitlines()]
    assert files == ["讲话.txt", "计划.md"]
    assert zipfile.is_zipfile(tmp_path / "表.xlsx")


def test_the_summary_ends_with_what_to_do_next(speech_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", str(speech_file)) == 0
    assert "下一步：junheng read" in capsys.readouterr().out.splitlines()[-1]


def test_a_word_plan_with_automatic_numbers_becomes_a_table_and_a_page(tmp_path: Path) -> None:
    plan = Document()
    for line in SPEECH.splitlines():
        plan.add_paragraph(line.lstrip("一二、") if line.startswith(("一、", "二、")) else line,
                           style="List Number" if line.startswith(("一、", "二、")) else None)
    plan.save(str(tmp_path / "计划.docx"))
    assert run("read", str(tmp_path / "计划.docx"), "--xlsx", str(tmp_path / "表.xlsx"), "--html", str(tmp_path / "页.html")) == 0
    assert "县财政局" in (tmp_path / "页.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "said"), (
    (("--xlsx", "表.csv"), ".xlsx"), (("--html", "页.pdf"), ".html"), (("--on", "昨天"), "不是日期"),
    (("--suggest", "model"), "不是网址"), (("--only", "tasks", "--xlsx", "表.xlsx"), "--only"),
    (("讲话2.txt", "--html", "页.html"), "一次只写一个")))
def test_a_wrong_option_is_refused_before_anything_is_read(speech_file: Path, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(JunhengError, match=said) as refused:
        run("read", str(speech_file), *words)
    assert refused.value.code is Exit.usage


# --- what cannot be read ------------------------------------------------------------------------------------

def docx_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", b" " * 400_000_000)


BAD = {
    "空.txt": b"", "空白.txt": b" \r\n\t\n", "坏.docx": b"PK\x03\x04 broken", "假.pdf": b"%PDF-1.7\nnothing",
    "加密.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "二进制.txt": bytes(range(256)) * 40, "空.pdf": b"",
    "空.docx": b"", "乱.docx": bytes(range(128, 256)) * 40, "图.jpg": b"\xff\xd8\xff\xe0 picture"}


@pytest.mark.parametrize("name", BAD)
def test_an_unreadable_file_is_a_fault_in_words(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name])
    with pytest.raises(JunhengError) as refused:
        open_document(path)
    assert refused.value.code in (Exit.faults, Exit.usage)
    assert name in str(refused.value) and "->" in str(refused.value)


def test_a_zip_bomb_is_refused_at_once(tmp_path: Path) -> None:
    docx_bomb(tmp_path / "弹.docx")
    with pytest.raises(JunhengError) as refused:
        open_document(tmp_path / "弹.docx")
    assert refused.value.code is Exit.faults


def test_every_file_that_cannot_be_read_is_named_at_once(speech_file: Path, tmp_path: Path,
                                                         capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("空.txt", "坏.docx"):
        (tmp_path / name).write_bytes(BAD[name])
    with pytest.raises(JunhengError) as refused:
        run("read", str(speech_file), str(tmp_path / "空.txt"), str(tmp_path / "坏.docx"), "--json")
    assert refused.value.code is Exit.faults
    said = str(refused.value).splitlines()
    assert [line.split("：")[0] for line in said[:2]] == [str(tmp_path / "空.txt"), str(tmp_path / "坏.docx")]
    assert said[2:] == ["3 个文件中有 2 个读不了，没有写出任何内容"] and capsys.readouterr().out == ""


def test_mojibake_and_advertising_are_read_without_a_crash() -> None:
    assert of("更多精彩内容请关注公众号\n本文由云溪文库整理，转载请注明出处\n").figures == ()
    (said,) = of("更多精彩内容请关注公众号\n本文由云溪文库整理，转载请注明出处\n").notes
    assert "没有留下正文" in said and "--undo-repair" in said
    mojibake = SPEECH.encode("utf-8").decode("latin-1")
    assert as_json(of(mojibake))


# --- promises -----------------------------------------------------------------------------------------------

REPORT = """云溪县2025年教育工作总结
2025年，全县九年义务教育巩固率达到95.2%。
县财政局已拨付公用经费300万元。
"""


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    path = tmp_path / "总结.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_each_promise_comes_out_with_both_quotes(speech_file: Path, report_file: Path,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    assert run("promises", str(speech_file), str(report_file), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    rate = next(each for each in answer["promises"] if each["figure"] and each["figure"]["printed"] == "96")
    assert (rate["verdict"], rate["answer_figure"]["value"]) == ("missed", "95.2")
    assert SPEECH[slice(*rate["span"])] == rate["text"]
    assert rate["answer"] in REPORT and REPORT[slice(*rate["answer_span"])].startswith(rate["answer"])
    assert len(answer["promises"]) >= 2


def test_the_table_of_promises_is_written(speech_file: Path, report_file: Path, tmp_path: Path,
                                          capsys: pytest.CaptureFixture[str]) -> None:
    assert run("promises", str(speech_file), str(report_file), "--xlsx", str(tmp_path / "对照.xlsx")) == 0
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "对照.xlsx")["承诺对照"].iter_rows()]
    missed = next(row for row in rows if row[3] == "未兑现")
    assert "（原文第 " in str(missed[1]) and "（原文第 " in str(missed[4])
    assert "未兑现" in capsys.readouterr().out


def test_the_page_is_never_written_over_the_document(tmp_path: Path) -> None:
    source = tmp_path / "计划.html"
    source.write_text("<p>2025年新建学校12所。</p>", encoding="utf-8")
    with pytest.raises(JunhengError, match="换一个文件名"):
        run("read", str(source), "--html", str(source))
    assert source.read_text(encoding="utf-8") == "<p>2025年新建学校12所。</p>"
