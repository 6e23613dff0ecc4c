"""A person takes repairs back or accepts proposals by their numbers; numbers that are not there are refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from junheng.cli import app
from junheng.documents.cleaning import clean
from junheng.documents.deciding import ACCEPT, UNDO, Decision, decisions, numbers, read_as_decided
from junheng.documents.shapes import Raw
from junheng.kernel.faults import Exit, JunhengError

AD, MERGED = "点击下载文档", "为全面发展打下坚实基矗各地要抓好落实。"
RAW = f"全县教育工作要点\n{AD}\n{MERGED}\n2025年投入 5 万元，“”期间成绩显著。\n"
DROPPED, COLLISION, BLANK, LOST = 1, 2, 3, 5  # their numbers


def source(text: str = RAW) -> Raw:
    return Raw("要点.txt", "0" * 64, "txt", text)


def test_the_repairs_of_the_text_are_numbered_from_one() -> None:
    found = [(each.number, each.kind, each.done) for each in clean(RAW).repairs]
    assert found == [(DROPPED, "dropped_line", True), (COLLISION, "collision", False), (BLANK, "stray_blank", True),
                     (4, "stray_blank", True), (LOST, "lost_words", False)]


def test_what_is_taken_back_and_what_is_accepted_stand_in_the_text() -> None:
    reading = read_as_decided(source(), undo={DROPPED}, accept={COLLISION})
    assert AD in reading.text.clean and MERGED.replace("矗", "础。") in reading.text.clean
    assert {each.number for each in reading.text.repairs if each.decided} == {DROPPED, COLLISION}


def test_a_decision_is_remembered_by_what_it_is_and_goes_on_to_hold() -> None:
    first = read_as_decided(source(), undo={DROPPED})
    again = read_as_decided(source(), before=decisions(first.text.repairs))
    assert again.text.clean == first.text.clean and again.notes == ()


def test_a_decision_holds_though_numbers_have_moved() -> None:
    (told,) = decisions(read_as_decided(source(), accept={COLLISION}).text.repairs)
    moved = told._replace(span=(told.span[0] + 2, told.span[1] + 2))  # as in a text with one repair more before it
    found = read_as_decided(source(RAW.replace("全县", "全 县 ", 1)), before={moved})
    assert [each.number for each in found.text.repairs if each.decided] == [4]


def test_a_later_decision_overrules_an_earlier_one_and_leads_back_to_where_it_began() -> None:
    undone = read_as_decided(source(), undo={DROPPED})
    back = read_as_decided(source(), accept={DROPPED}, before=decisions(undone.text.repairs))
    assert back.text.repairs == clean(RAW).repairs


def test_what_was_decided_and_is_not_found_any_more_is_said() -> None:
    reading = read_as_decided(source(), before={Decision("dropped_line", (900, 910), "", False)})
    assert len(reading.notes) == 1 and "原文第 901 字" in reading.notes[0] and "重新核对" in reading.notes[0]


@pytest.mark.parametrize(("said", "meant"), (
    (("3",), {3}), (("1,3", "5-7"), {1, 3, 5, 6, 7}), (("1、2，4",), {1, 2, 4}), ((), set())))
def test_numbers_are_taken_as_they_are_written(said: tuple[str, ...], meant: set[int]) -> None:
    assert numbers(said, UNDO) == meant


@pytest.mark.parametrize("said", ("x", "0", "-1", "3-1", "1.5", "", "1,", "９９９９９９９"))
def test_what_is_no_number_is_refused(said: str) -> None:
    with pytest.raises(JunhengError, match="不是序号") as refused:
        numbers((said,), UNDO)
    assert refused.value.code is Exit.usage


@pytest.mark.parametrize(("undo", "accept", "said"), (
    ({9}, set(), f"{UNDO} 9：没有这一处"), (set(), {9, 8}, f"{ACCEPT} 8、9：没有这一处"), ({1}, {1}, "都写了 1"),
    (set(), {LOST}, "没有可采用的改法")))
def test_a_choice_that_cannot_be_is_refused_with_what_to_do(undo: set[int], accept: set[int], said: str) -> None:
    with pytest.raises(JunhengError, match=said) as refused:
        read_as_decided(source(), undo=undo, accept=accept)
    assert refused.value.code is Exit.usage and "->" in str(refused.value)


def test_all_that_is_wrong_with_a_choice_is_said_at_once() -> None:
    with pytest.raises(JunhengError) as refused:
        read_as_decided(source(), undo={9}, accept={8, LOST})
    assert len(str(refused.value).split("\n")) == 3


def test_a_join_over_a_line_that_was_put_back_cannot_be_accepted() -> None:
    half = "全市各级教育行政部门和各类学校要认真贯彻落实教育工作会议精神，坚持立德树人，扎实推进义务教育优质均衡发展，不断"
    text = f"{half}\n{AD}\n提高教育质量。"
    assert [each.kind for each in clean(text).repairs] == ["joined_line", "dropped_line"]
    with pytest.raises(JunhengError, match="接不上"):
        read_as_decided(source(text), undo={2}, accept={1})


# --- the command --------------------------------------------------------------------------------------------

def run(*words: str) -> int:
    return int(app([str(word) for word in words], prog_name="junheng", standalone_mode=False) or 0)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "要点.txt"
    path.write_text(RAW, encoding="utf-8")
    return str(path)


def test_the_numbers_are_the_same_on_the_terminal_in_json_and_on_the_page(file: str, tmp_path: Path,
                                                                          capsys: pytest.CaptureFixture[str]) -> None:
    run("read", file, "--only", "repairs")
    shown = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if line[2:3].isdigit()]
    assert [row[0].removeprefix("| ") for row in shown] == ["2", "5", "1", "3", "4"]  # proposals first
    assert "基〔矗〕各" in shown[0][2] and shown[0][3] == "础。"
    run("read", file, "--json", "--only", "repairs")
    answer = json.loads(capsys.readouterr().out)["repairs"]
    assert [(each["number"], each["decided"]) for each in answer] == [(number, False) for number in range(1, 6)]
    run("read", file, "--html", str(tmp_path / "页.html"))
    page = (tmp_path / "页.html").read_text(encoding="utf-8")
    assert "1. 点击下载文档" in page and 'id="r2"' in page and "5. ……" in page


def test_the_terminal_shows_how_each_repair_stands(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    run("read", file, UNDO, "1", ACCEPT, "2", "--only", "repairs")
    told = capsys.readouterr().out
    for row in ("| 1 | 已撤销 |", "| 2 | 已采用 |", "| 3 | 已改 |", "| 5 | 提示 |"):
        assert row in told


def test_a_text_without_repairs_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "好.txt").write_text("大家好。", encoding="utf-8")
    run("read", str(tmp_path / "好.txt"), "--only", "repairs")
    assert capsys.readouterr().out.endswith("## 修复（0）\n\n没有。\n")


def test_numbers_belong_to_one_file(file: str) -> None:
    with pytest.raises(JunhengError, match="属于一个文件"):
        run("read", file, file, UNDO, "1")
