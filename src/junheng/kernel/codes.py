"""Closed lists: an English code, the Chinese word people see, and the national code where there is one."""

from __future__ import annotations

import unicodedata
from enum import Enum


def plain(text: str) -> str:
    """`text` as the eye reads it: full-width forms made half-width, blanks dropped, case folded."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


class Code(Enum):
    """A closed list. Each member's name is its English code; its value is (Chinese word, national code, other words)."""

    @property
    def zh(self) -> str:
        return str(self.value[0])

    @property
    def national_code(self) -> str:
        return str(self.value[1]) if len(self.value) > 1 else ""

    @property
    def other_words(self) -> tuple[str, ...]:
        return tuple(self.value[2:])

    @classmethod
    def spellings(cls) -> dict[str, str]:
        """Every accepted spelling, as `plain` leaves it -> English code."""
        return {plain(word): member.name for member in cls
                for word in (member.name, member.zh, member.national_code, *member.other_words) if word}


class Stage(Code):
    """The part of a school that a standard judges on its own."""
    preschool = ("学前", "")
    primary = ("小学", "", "小学部")
    junior = ("初中", "", "初中部")
    senior = ("高中", "", "高中部")


class Level(Code):
    """The levels a figure can be asked for."""
    school = ("学校",)
    township = ("乡镇",)
    county = ("县",)
    city = ("市",)
    province = ("省",)


class Verdict(Code):
    """What a standard says of a figure; never 认定 or 合格."""
    met = ("测算达标",)
    not_met = ("测算未达标",)
    unknown = ("暂不能判定（缺数据）",)
    needs_evidence = ("待提供佐证",)


class Evidence(Code):
    """How well a value of the law, and so all that rests on it, is known."""
    read = ("已读原文转载",)
    believed = ("待确认",)


class Severity(Code):
    """What a fault does to an import."""
    error = ("错误",)
    warning = ("警告",)
    note = ("提示",)


class Split(Code):
    """How what a school of several stages owns in common is split between them."""
    by_pupils = ("按学生数",)
    declared = ("按学校申报",)
    weighted = ("按标准加权",)


class Privacy(Code):
    """Who may see a column."""
    public = ("公开",)
    internal = ("内部",)
    personal = ("个人信息",)
