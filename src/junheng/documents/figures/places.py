"""Places as printed: 全市, 我县, 某某市. A place holds to the end of its paragraph or the next place."""

from __future__ import annotations

import re
from bisect import bisect_left

_PROVINCES = ("河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|"
              "陕西|甘肃|青海|台湾")
_PLACE = re.compile(
    f"全[国省市县区州盟旗镇乡校]|我[国省市县区州旗校]|本[省市县区州旗]|(?:市|县|区|省)(?:本级|直)|城区|(?:{_PROVINCES})省|"
    "(?:(?<=[，,。；;、：:（(\\s在由从向对为和与是及有的])|^)"
    "(?!各|每|其|该|某|两|三|几|教|城|学|校|社|园|小|山|农|地|示|贫|强|个|乡|县|市|区|有|部|多|先|典|名|下|创|优|中心|项目|国家|比|同|目)"
    "(?:(?![全第批届试示重个建办到年名评为])[\u4e00-\u9fff]){2,6}?"
    "(?:自治区|自治州|自治县|[市县区旗])(?![级直区委政场教域属内外长立办管县市城]|范围|别)")


def places(text: str) -> tuple[list[int], list[str]]:
    """Where the places of `text` end, and what they are, from left to right; a line end is the place ''."""
    ends, names = [], []
    for match in re.finditer(f"(?P<line>\n)|{_PLACE.pattern}", text):
        ends.append(match.end())
        names.append("" if match["line"] else match[0])
    return ends, names


def place_at(found: tuple[list[int], list[str]], at: int) -> str:
    """The place that holds at an offset: the last one printed before it in its paragraph."""
    number = bisect_left(found[0], at + 1) - 1
    return found[1][number] if number >= 0 else ""
