"""The conditions of dated values, in the words of the register: to which schools a limit or a price applies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from junheng.kernel.codes import Stage
from junheng.people.language import code_word, joined
from junheng.register.codes import RunBy, SchoolKind, UrbanRural
from junheng.standards.law import fact_name

PROVINCES = {  # by the first two digits of a division's code
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林", "23": "黑龙江",
    "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南",
    "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆",
}
WHERE = {  # the values that a value may rest on, by the fact they are values of
    "stage": {each.name: each.zh for each in Stage},
    "kind": {each.name: each.zh for each in SchoolKind},
    "run_by": {each.name: each.zh for each in RunBy},
    "urban_rural": {each.name: each.zh for each in UrbanRural},
    "area": {"urban": "城区", "town": "镇区", "rural": "乡村"},
    "region": {"east": "东部", "midwest": "中西部"},
    "boarding": {"True": "寄宿制", "False": "非寄宿制"},
    "province": PROVINCES,
    "inclusive": {"True": "有随班就读", "False": "无随班就读"},
}
FACTS = {  # whose values are numbers
    "built_year": "建成年份",
    "pupils": "学生数",
    "largest_class": "最大班额",
    "migrant_share": "随迁子女占比",
}
CODED = ("stage", "kind", "run_by", "urban_rural", "area", "region")  # whose codes are English words
BOUNDS = {"_until": "不超过", "_from": "不低于", "_below": "低于", "_above": "高于"}


def conditions(where: Mapping[str, Any]) -> str:
    """To which schools a value applies, in Chinese; 全部 where it asks nothing."""
    return "，".join(_condition(key, value) for key, value in where.items()) or "全部"


def conditions_shown(where: Mapping[str, Any]) -> str:
    """The same in the language of the page."""
    return joined((_condition_shown(key, value) for key, value in where.items()), "，") or _("全部")


def value_word(fact: str, code: str) -> str:
    """What a value rests on, in the language of the page."""
    zh = WHERE.get(fact, {}).get(code, code)
    return code_word(code, zh) if fact in CODED else _(zh)


def _condition_shown(key: str, value: Any) -> str:
    fact = fact_name(key)
    told = joined(value_word(fact, str(each)) for each in (value if isinstance(value, list) else [value]))
    if fact in WHERE:
        return told
    bound = BOUNDS.get(key.removeprefix(fact), "为")
    words = {"fact": pgettext("condition", FACTS[fact]), "bound": pgettext("condition", bound), "value": told}
    return _("%(fact)s%(bound)s%(value)s") % words


def _condition(key: str, value: Any) -> str:
    fact = fact_name(key)
    told = "、".join(WHERE.get(fact, {}).get(str(each), str(each)) for each in (value if isinstance(value, list) else [value]))
    return told if fact in WHERE else f"{FACTS[fact]}{BOUNDS.get(key.removeprefix(fact), '为')}{told}"
