"""The school stage that a figure is of: the English name of a `Stage`, or the printed word for a wider group."""

from __future__ import annotations

import re

_GROUPS = {
    "义务教育": ("义务教育",), "中小学": ("中小学",), "高中阶段": ("高中阶段",),
    "特殊教育": ("特殊教育", "特教", "残疾", "残儿"),
    "中职": ("中等职业", "职业高中", "职业学校", "职业教育", "中职", "职高", "职中"),
    "高校": ("高等教育", "高校", "高职", "大学"),
    "preschool": ("学前", "幼儿", "在园", "入园", "公办园", "民办园", "中心园", "普惠性", "保教"), "primary": ("小学",),
    "junior": ("初中", "中考"), "senior": ("普通高中", "高中", "普高", "高考"),
}
_WORDS = {word: stage for stage, words in _GROUPS.items() for word in words}
_STAGE = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)).replace("大学", "(?<!扩)大学(?!区|校额)"))


def stage_of(text: str) -> str | None:
    """The one stage that `text` names, the narrower of two where one holds the other; None where it names none or several."""
    found = {_WORDS[match[0]] for match in _STAGE.finditer(text)}
    if len(found) > 1:
        found -= {"义务教育", "中小学", "高中阶段"}
    return found.pop() if len(found) == 1 else None
