"""Which printed numbers are figures: not dates, ordinals, heading numbers, names such as 2+1, nor the counts of lists."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from junheng.documents.figures.numbers import Token
from junheng.documents.figures.units import Unit

NEAR = 40  # characters at each side that can tell what a number is


@dataclass(frozen=True)
class Words:
    hard_kinds: frozenset[str]
    soft_units: frozenset[str]
    list_noun: re.Pattern[str]
    counted: re.Pattern[str]
    quota_before: re.Pattern[str]
    span_before: re.Pattern[str]
    span_after: re.Pattern[str]
    named_after: re.Pattern[str]
    rank_before: re.Pattern[str]
    limits: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    table = tomllib.loads(Path(__file__).with_name("sifting.toml").read_text(encoding="utf-8"))

    def any_of(name: str) -> str:
        return "(?:" + "|".join(map(re.escape, sorted(table[name], key=len, reverse=True))) + ")"
    return Words(
        frozenset(table["hard_kinds"]), frozenset(table["soft_units"]), re.compile("的?" + any_of("list_nouns")),
        re.compile("[\u4e00-\u9fff]{0,6}?" + any_of("counted")), re.compile("(?:" + "|".join(table["quota_before"]) + ")"),
        re.compile(any_of("span_before") + "$"), re.compile(any_of("span_after")), re.compile("的?" + any_of("named_after")),
        re.compile(any_of("rank_words") + r"(?:全[国省市县区州盟旗镇]|[\u4e00-\u9fff]{1,4}[省市县区州])?"
                   r"(?:[0-9]{1,4}个[\u4e00-\u9fff、（()）]{1,10}?)?中?(?:的|第)?$"),
        frozenset(table["limits"]))


def is_figure(text: str, token: Token, unit: Unit | None, begin: int = 0) -> bool:
    """Whether the number at `token`, followed by `unit`, is a figure; a masked or blank one that would be, too. What stands
    before `begin` tells nothing of it."""
    behind = unit.end if unit else token.end
    before, after = text[max(begin, token.start - NEAR):token.start], text[behind:behind + NEAR]
    if _quoted_name(before, text[token.end:token.end + 14]):
        return False
    if token.rank:
        return _rank(before, after)
    if token.script == "blank":
        if text[token.start] in "（(□" and unit is None:
            return False
        follows = re.match("[\u4e00-\u9fff%％，,。]", text[token.end:token.end + 1])
        return follows is not None and not re.search("[0-9A-Za-z.:：第]$|[0-9一二三四五六七八九十][点时]$", before)
    if token.script == "masked" and token.high is None and (unit is None or unit.plain in words().soft_units):
        return False
    if token.script == "chinese":
        return _chinese(text, token, unit, before, after)
    clock = token.mark == "比" and _is_clock(text[token.start:token.end], before, after)
    return not clock and _arabic(token, unit, before, after)


def _is_clock(printed: str, before: str, after: str) -> bool:
    """9:00, 09:30, 9:30-10:20 are times of the day, no ratios."""
    span = re.search(r"\d[:：]\d\d\s?[-—–~～至到]\s?$", before) or re.match(r"\s?[-—–~～至到]\s?\d{1,2}[:：]\d\d", after)
    return span is not None or re.search(r"^0\d|[:：]\s?0\d", printed) is not None


def _quoted_name(before: str, after: str) -> bool:
    """“三个优先”, “1+8”, 《3—6岁儿童...》: a name, not a figure."""
    quoted = before != "" and before[-1] in "“‘\"「" and re.match("[^“”，。；]{0,12}[”’\"」]", after) is not None
    return quoted or "《" in before.rpartition("》")[2]


def _rank(before: str, after: str) -> bool:
    ends = re.match("[名位]?(?:[，,。；;、)）！\\s]|$|的)", after)
    return ends is not None and words().rank_before.search(before) is not None


def _arabic(token: Token, unit: Unit | None, before: str, after: str) -> bool:
    if before.endswith("第"):
        return unit is not None and unit.plain in ("位", "名")
    if re.search(r"[+＋〔\[［]$", before) or re.match(r"\s?[+＋〕\]］]\s?\d?", after if unit is None else ""):
        return False
    if re.search(r"[0-9][×xX*]\s?$", before):
        return False  # 5×4平方米
    if unit is None:
        return _bare(token, before, after)
    if re.search(r"(?<![xX×])[A-Za-z_/]$|(?<!\d)\.$|[\d.]{3}\.$", before) and unit.kind not in ("share", "points"):
        return False
    if unit.plain == "年":
        return _span_of_years(token, before, after)
    if unit.plain == "学年" and token.value is not None and token.value >= 100:
        return False  # 2019-2020学年 is a time
    if unit.kind == "count" or unit.plain == "条":
        return not words().list_noun.match(after) or bool(unit.plain == "个" and re.match("要求|不同", after))
    if unit.plain in words().limits and re.match("之?内", after):
        return True
    return not (unit.kind == "time" and words().named_after.match(after)) and not _clock(token, unit, before)


def _clock(token: Token, unit: Unit, before: str) -> bool:
    return unit.plain == "分" and re.search(r"\d[时点]$", before) is not None


def _bare(token: Token, before: str, after: str) -> bool:
    """A number without a unit is a figure as a ratio, or where a word such as 为 or 达到 gives it to a named measure."""
    if token.mark == "比":
        return not re.search("[上下]午$|时间|晚|早", before)
    if token.mark == "分之":
        told = re.search("(?:占|的|约|近|为|达到?|超过|不足|有|完成)$", before)
        return told is not None or re.match("的|以上", after) is not None
    if token.script in ("masked", "blank") or re.match("[A-Za-z年月日号时点届世版.．、)）级期分+]", after):
        return False
    named = re.search("(?:系数|指数|得分|生师比|师生比|比值|倍数|比例|均值|总分|成绩)[\u4e00-\u9fff]{0,6}?"
                      "(?:为|达|是|至|到|控制在|由|从)"
                      r"(?:[0-9.]+[、和及])*$|(?:系数|指数)[^。；;]{0,24}(?:低于|小于|不超过|高于|大于)$", before)
    return named is not None


def _span_of_years(token: Token, before: str, after: str) -> bool:
    """连续8年 is a length; 2019年 and 近5年 are times, 3年行动计划 is a name."""
    if token.script == "masked":
        return re.match("及?以[上内下]", after) is not None
    if token.script == "blank":
        return words().span_before.search(before) is not None
    digits = token.value is not None and token.value == token.value.to_integral_value() and token.value >= 100
    if digits or re.search("[近前后去这]$|(?<!超)过$|过去的?$|最近$|今后$|未来$", before):
        return False
    return not words().named_after.match(after)


def _chinese(text: str, token: Token, unit: Unit | None, before: str, after: str) -> bool:
    if token.value is None or re.search(r"[0-9xX][余多来]?$|[第每几数某]$", before):
        return False
    if text[token.end - 1] in "半数":
        told = re.search("(?:[占近约仅为达有]|占[^，,。；;]{1,14}的|超过|不足|不到|接近)$", before)
        return told is not None or re.match("以上|左右|的[^,，。；;]", after) is not None
    if token.mark:
        return True
    if unit is None or unit.kind == "score":
        return False
    if unit.plain == "年":
        length = words().span_before.search(before) or words().span_after.match(after)
        return length is not None and not words().named_after.match(after)
    if text[token.start:token.end] in ("百", "千", "万", "亿", "十") and not unit.more:
        return False
    if unit.plain == "倍":
        return re.match("的?(?:努力|精力|信心|热情|干劲|功夫|用心)", after) is None
    if token.value == 1 and token.high is None:
        return unit.plain in ("所", "座") and words().quota_before.search(before) is not None
    return _counts(token, unit, before, after)


def _counts(token: Token, unit: Unit, before: str, after: str) -> bool:
    """两所 and 十二名 are figures; 两个 only beside a noun that is counted, or where it stands for one (我市有两个)."""
    hard = unit.kind in words().hard_kinds and unit.plain not in words().soft_units
    large = token.value is not None and token.value > 10
    if unit.kind == "money" and not (large or token.value == 10):
        return False
    if hard:
        return True
    if unit.kind in ("time", "count") and not large:
        if unit.plain != "个" or words().list_noun.match(after):
            return False
        return words().counted.match(after) is not None or bool(
            re.search("(?:有|共|建成|达|只剩|增加)$", before) and re.match("[（(，,。；;]|$", after))
    return (large or unit.kind == "count") and not words().list_noun.match(after)
