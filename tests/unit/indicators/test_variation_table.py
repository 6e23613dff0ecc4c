"""The spread of anybody's list."""

from pathlib import Path

import pytest

from junheng.indicators.variation_table import Spreading, spread_of_file
from junheng.kernel.exact import rounded
from junheng.kernel.faults import JunhengError

LIST = "学校,学生数,图书册数\n小学1,45,279\n小学2,37,137\n小学3,89,935\n小学4,76,160\n小学5,55,402\n"
TOTAL, EMPTY = "全县,302,1913\n", "教学点,,\n"


def spread(path: Path, text: str, *leave_out: str, encoding: str = "utf-8") -> Spreading:
    path.write_bytes(text.encode(encoding))
    return spread_of_file(path, value="图书册数", pupils="学生数", leave_out=leave_out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_published_example_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    found = spread(tmp_path / "list.csv", LIST, encoding=encoding)
    assert str(rounded(found.spread.coefficient, 6)) == "0.515257"
    assert sum(found.spread.shares) == 1


def test_every_row_that_is_named_is_left_out_and_counted(tmp_path: Path) -> None:
    found = spread(tmp_path / "list.csv", LIST + EMPTY + TOTAL, "全县", "教学点")
    assert (len(found.rows), found.left_out) == (5, 2)


def test_a_total_line_is_never_taken_for_a_school(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="第7行：等于其余各行之和"):
        spread(tmp_path / "list.csv", LIST + TOTAL)


def test_every_bad_cell_is_named_at_once_by_its_row(tmp_path: Path) -> None:
    with pytest.raises(JunhengError) as refused:
        spread(tmp_path / "list.csv", LIST.replace("45,279", "零,279").replace("89,935", "89,-1") + EMPTY)
    assert [f"第{row}行" in str(refused.value) for row in (2, 3, 4, 7)] == [True, False, True, True]


@pytest.mark.parametrize(("text", "words"), [
    ("", "没有内容"), ("甲,乙\n1,2\n", "没有同时含"), ("学校,学生数,图书册数\n", "没有可计算的行"),
    ("学校,学生数,图书册数\n甲,5,0\n乙,6,0\n", "合计为零")])
def test_a_list_without_anything_to_measure_is_refused_in_words(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match=words):
        spread(tmp_path / "list.csv", text)
