"""Lists in the same sentence as the count that announces them: before it, behind it, in brackets, or by a key word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from junheng.documents.checks.lists.counted import Count, item_counts
from junheng.documents.codes import Judgement
from junheng.documents.shapes import Span

LEFT = 160   # characters before a count in which its list may stand
RIGHT = 800  # and behind it
OPEN, CLOSE = "“\"「『", "”\"」』"


@dataclass(frozen=True)
class Answer:
    """A list that may answer a count. `otherwise` is the verdict where it has another number of items; None: it says nothing."""

    possible: Sequence[int]  # how many items it can be read to have, the surest first
    span: Span
    what: str                # Chinese: what was counted
    otherwise: Judgement | None


def _clause_before(text: str, count: Count) -> tuple[str, int]:
    """The clause before a count without the small words that join it to the count, and where it begins."""
    start = max(0, count.start - LEFT)
    said = text[start:count.start]
    blind = re.sub(r"[(（][^()（）]*[)）]", lambda found: "·" * len(found.group()), said)
    cut = max((found.end() for found in re.finditer(r"[,，。;；:：!！?？\n]", blind)), default=0)
    bare = re.sub(rf"(?:[{OPEN}]|等|的|这|共计?|作为|成为|列为|当作|为|是|我们)+$", "", said[cut:])
    return bare, start + cut


_LEVEL = r"(?:中央|国家|街道|社区|学校|乡镇|县区|市区|区县|城区|[省市县区乡镇村校园班组州盟旗])"
_LEVEL_LIST = re.compile(rf"(?:{_LEVEL}(?:[(（][^()（）]{{1,6}}[)）])?(?:[、和及与]|以及)?)++$")
_CITY, _COUNTY = ("市", "州", "盟"), ("县", "区", "旗", "县区", "市区", "区县", "城区")  # peers make one level
_TIERS = (("中央", "国家"), _CITY, _COUNTY, ("乡", "镇", "乡镇", "街道"), ("村", "社区"), ("校", "园", "学校"))
_WHOLE_WORDS = ("中央", "国家", "街道", "社区", "学校")


def levels(text: str, count: Count) -> Answer | None:
    """县、乡、村三级: administrative levels leave nothing out, so another count is wrong."""
    said, start = _clause_before(text, count)
    said = said.rstrip(CLOSE)
    if count.measure != "级" or not (found := _LEVEL_LIST.search(said[-40:])):
        return None
    start += max(0, len(said) - 40) + found.start()
    bare = re.sub(r"[(（][^()（）]*[)）]", "", found.group())
    names = re.findall(_LEVEL, bare)
    tiers = {next((tier for tier in _TIERS if name in tier), name) for name in names}
    most = sum(1 if name in _WHOLE_WORDS else len(name) for name in names)
    listed = len([item for item in re.split(r"[、和及与]|以及", bare) if item])
    if len(names) < 2:
        return None
    begins = text[max(0, start - 1):start] not in ("、", "和", "及", "与", "各")
    # 市 may be a county-level city beside 县
    sure = begins and (count.number > most or count.number < len(tiers) - (_CITY in tiers and _COUNTY in tiers))
    possible = sorted(range(len(tiers), most + 1), key=lambda size: abs(size - max(listed, len(tiers))))
    return Answer(possible, (start, start + len(found.group())), "列出的层级有",
                  Judgement.contradicts if sure else Judgement.flagged if begins else None)


_WORDS = re.compile(rf"(?:方针|要求|原则|要诀|目标|工作法)?[,，:：就是即]{{0,3}}[{OPEN}](?P<said>[^{CLOSE}\n]{{2,60}})[{CLOSE}]")


def characters(text: str, count: Count) -> Answer | None:
    """十个字“为民、规范、均衡、敬业、清廉”."""
    end = count.end + (count.measure == "个")
    found = _WORDS.match(text, end, end + 80)
    if not found or not (count.measure == "字" or (count.measure == "个" and count.noun.startswith("字"))):
        return None
    return Answer((len(re.findall(r"[\u4e00-\u9fff]", found["said"])),), found.span("said"), "引号内的字有", Judgement.flagged)


_NO_NAMES = re.compile(r"^(?:含|包括|包含|其中|不含|如|见|即|下同|指|附|详|具体|每|约|较|比|同比|第)|等|另|\d")
_PLACES = re.compile(r"[县区市乡镇村]|学校|中学|小学|幼儿园|街道")
_ROLE = re.compile(r"教师|校长|学生|干部|主任|[学段级类型等]$|学校$|幼儿园$")
_SORT = re.compile(r"^(?:小学|初中|高中|公办|民办|城区|农村|普通|中学|大学|学校|幼儿园|[男女老]|[一二三四五六七八九十]+年级)")
_IN_BRACKETS = re.compile(r"(?P<noun>[\u4e00-\u9fff]{0,6})[(（](?P<list>[^()（）\n]{2,120})[)）]")


def bracketed(text: str, count: Count) -> Answer | None:
    """我市有两个（韩城、合阳）: names of places or schools in brackets right behind a count."""
    found = _IN_BRACKETS.match(text, count.end, count.end + 140)
    if not found or _NO_NAMES.search(found["list"]) or "、" not in found["list"]:
        return None
    items = re.split(r"、|以及|[和及与]", found["list"])
    if any(not 1 < len(item) <= 12 or _SORT.match(item) for item in items):
        return None
    possible = item_counts(found["list"])
    told = found["noun"] or text[max(0, count.start - 24):count.start]
    named = count.measure in ("个", "所") and _PLACES.search(told) and not any(_ROLE.search(item) for item in items)
    alike = found["noun"] and all(item.endswith(found["noun"][-2:]) for item in items)
    verdict = Judgement.contradicts if named and len(possible) == 1 else Judgement.flagged if alike else None
    return Answer(possible, found.span("list"), "括号内列出", verdict)


_KEY = re.compile(rf"(?P<key>[\u4e00-\u9fff]{{2,4}})[{CLOSE}](?P<between>[^。；\n:：]{{0,14}})[:：]"
                  rf"(?P<said>[^。\n]{{1,{RIGHT}}})(?P<stop>。?)")


def repeated(text: str, count: Count) -> Answer | None:
    """“五个优先”：规划优先，经费优先..: the key word comes back in each item."""
    found = _KEY.match(text, count.end) if count.quoted else None
    if not found:
        return None
    key, said = found["key"], found["said"]
    items = [item.strip() for item in re.split(r"[,，;；、]", said) if item.strip()]
    begins, holds = sum(item.startswith(key) for item in items), sum(key in item for item in items)
    if max(begins, holds) < 2:
        return None
    alone = not found["between"] and found["stop"] and "等" not in said and holds == len(items)
    listed = (begins, holds) if begins > 1 else (holds,)
    return Answer(listed, found.span("said"), f"含“{key}”的有", Judgement.contradicts if alone else Judgement.flagged)


def before(text: str, count: Count) -> Answer | None:
    """A、B和C“三大工程”: the list right before a count. Only one within quotation marks is asked after."""
    said, start = _clause_before(text, count)
    quoted = said[-1:] in CLOSE and said != ""
    inside = said.rstrip(CLOSE)
    opened = max(inside.rfind(mark) for mark in OPEN) if quoted else -1
    inside = inside[opened + 1:]
    possible = item_counts(inside)
    own = re.search(r"\d[^、，,]{0,3}、", inside)  # 全额单位66个、差额单位2个 have numbers of their own
    if possible[-1] < 2 or own or re.search(r"[、和及与]$", inside):
        return None
    asked = quoted and opened >= 0 and "、" in inside and "等" not in text[start + len(said):count.start]
    first = start + opened + 1
    return Answer(possible, (first, first + len(inside)), "前面列出", Judgement.flagged if asked else None)


_BEHIND = re.compile(rf"(?P<noun>[\u4e00-\u9fff]{{0,8}})[{CLOSE}]?(?:[:：]|[,，]?(?:即|分别是|分别为|就是))"
                     rf"(?P<list>[^。;；\n:：]{{3,160}})[。;；\n]")


def behind(text: str, count: Count) -> Answer | None:
    """三项机制：A机制、B机制、C机制. Short items behind a colon."""
    found = _BEHIND.match(text, count.end, count.end + 190)
    if not found or "、" not in found["list"] or re.search(r"[,，等]|一是|首先|一、|第一", found["list"]):
        return None
    if any(len(item) > 18 for item in found["list"].split("、")):
        return None
    return Answer(item_counts(found["list"]), found.span("list"), "后面列出", Judgement.flagged)
