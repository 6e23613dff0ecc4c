"""Headers of several rows: which cells merge, and which stay when details are folded away."""

from fractions import Fraction

from junheng.paper.sheets import Cell, Column, Head, Sheet, header

COLUMNS = (
    Column(("name",)),
    Column(("item", "raw"), detail=True),
    Column(("item", "value"), brief=("short", ">= 1")),
    Column(("other", "value")),
)
SHEET = Sheet("s", "title", COLUMNS, ())


def test_a_group_covers_its_columns_and_a_lone_head_covers_both_rows() -> None:
    assert list(header(SHEET)) == [
        Head("name", "name", 0, 0, 2, 1, 1),
        Head("item", "short", 0, 1, 1, 2, 1),
        Head("other", "other", 0, 3, 1, 1, 1),
        Head("raw", "raw", 1, 1, 1, 1, 0),
        Head("value", ">= 1", 1, 2, 1, 1, 1),
        Head("value", "value", 1, 3, 1, 1, 1),
    ]


def test_equal_heads_under_different_groups_stay_apart() -> None:
    under = [head.column for head in header(SHEET) if head.text == "value"]
    assert under == [2, 3]


def test_a_cell_prints_its_number_rounded_with_its_mark() -> None:
    assert Cell(Fraction(24691, 20), places=1, mark="*").text == "1,234.6*"
    assert Cell().text == ""
