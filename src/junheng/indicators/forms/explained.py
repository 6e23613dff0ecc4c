"""Words of a figure taken apart, for the screen and the page alike."""

from __future__ import annotations

from typing import Any

from junheng.kernel.columns import Column
from junheng.register.tables import TABLES

SIDES = {"part": "分子", "whole": "分母", "now.part": "分子的分子", "now.whole": "分子的分母", "before.part": "分母的分子",
         "before.whole": "分母的分母"}
LINKED = {  # counts of a list behind each row
    "titles": "有效骨干称号数", "honours": "当年获表彰次数", "hours": "周期内学时", "rotations": "本学年交流次数",
    "covered": "公办或普惠性民办园数", "public": "公办学校数", "private": "民办学校数", "good": "优质普通高中数",
    "rural": "镇区和乡村学校数", "towns": "城区和镇区学校数", "vocational": "中等职业学校数",
    "kindergartens": "本村幼儿园（班）数",
}


def cell_word(column: Column, text: str) -> str:
    """A cell in Chinese words."""
    if column.choices and text in column.choices.__members__:
        return column.choices[text].zh
    return {"True": "是", "False": "否"}.get(text, text) if column.kind == "flag" else text


def column_word(table: str, name: str) -> str:
    columns = TABLES[table].columns
    return columns[name].zh if name in columns else LINKED.get(name, name)


def document_words(cells: dict[str, Any]) -> str:
    """What a document says."""
    return "，".join(f"{column.zh} {cell_word(column, str(cells[name]))}" for name, column in TABLES["evidence"].columns.items()
                    if name in cells and name not in ("year", "item", "place_code", "file"))


def told(sums: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sums that say something: one without rows only where its side has none with rows, for a total is mostly empty terms."""
    return [one for one in sums
            if one["rows"] != [] or not any(other["rows"] and other["side"] == one["side"] for other in sums)]
