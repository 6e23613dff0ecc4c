"""Number tokens of a text: Arabic, Chinese, masked and blank, in one pass. `sifting` decides which of them are figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from junheng.documents.codes import Exactness
from junheng.documents.masks import DATED, MASKS

Script = Literal["arabic", "chinese", "masked", "blank"]


@dataclass(frozen=True)
class Token:
    """A printed number: `value` before any 万 of its unit; `mark` is a unit that the numeral itself holds (%, 比, 分之)."""

    start: int
    end: int
    script: Script
    value: Decimal | None
    high: Decimal | None = None
    second: Decimal | None = None
    exactness: Exactness = Exactness.exact
    mark: str = ""
    rank: bool = False  # 第三


_DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[〇○零一二两三四五六七八九十百千万亿]"
_PLAIN = r"[0-9０-９]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])" \
         r"|(?<![0-9０-９年前第 ])[1-9][0-9]{0,2}(?:[ ，\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?" \
         r"(?=[余多]?[百千万亿人名所个元座处册台套亩平㎡m])" \
         rf"|[0-9０-９]+(?:[.．](?!{DATED})[0-9０-９]+)?"
_MINUS = re.compile("(?:[长加率幅为是到至达：:，,；;（(\\t\\n]|^)[-－−]$")  # 增长-3.2%; between two numbers it is a range
_TO = r"[-—–~～－]{1,2}|至|到"
_TOKEN = re.compile(rf"""(?=[第近约逾上半某（(Nn□0-9０-９〇零一二两三四五六七八九十百千万亿{MASKS}_＿])(?:  # a quick look first
    (?P<chinese_share>[近约逾]?[百千万]分之(?P<share>{_NUMERAL}+(?:点[〇零一二三四五六七八九]+)?))
  | (?P<fraction>[近约逾]?(?P<below>{_NUMERAL}+)分之(?P<above>{_NUMERAL}+))
  | (?P<half>[近约逾]?(?:一半|半数))
  | (?P<tenths>[近约逾]?(?P<of_ten>[一二三四五六七八九])成(?P<part_of_ten>[一二三四五六七八九]))(?![一二三四五六七八九十])
  | (?P<rank>第(?P<place>[一二三四五六七八九十]{{1,3}}))
  | (?P<round>[近约逾上]?[〇○]+(?![〇○零一二两三四五六七八九十百千]))
  | (?P<chinese>[近约逾上]?(?P<low>{_NUMERAL}+(?:点[〇零一二三四五六七八九]+)?)(?:(?:至|到|[-—~～])(?P<top>{_NUMERAL}+))?)
  | (?P<masked>(?:[0-9]+(?:,[0-9]{{3}})*,?[{MASKS}]+|(?<![A-Za-z0-9])[{MASKS}]{{1,6}})(?:\.(?:[{MASKS}]+|[0-9]+))?)(?![A-Za-z0-9])
  | (?P<someone>某{{1,2}}(?=[百千]?[万亿]?元(?!素|旦|老|件)|[万亿](?!众)|[%％])
               |(?<![A-Za-z0-9])[Nn]{{1,2}}(?=\s?(?:[万亿]?元|名|人|所|个|%|％)))
  | (?P<zeros>(?<![0-9.])(?:0{{2,}}(?:\.[0-9]+)?|0(?:,0{{3}})+)(?![0-9.xX]))
  | (?P<gap>(?<=[\u4e00-\u9fff])[（(]\s{{0,8}}[）)]|□{{2,}})
  | (?P<line>[_＿]{{2,}})
  | (?P<slash>(?<![0-9/.])(?P<over>[1-9][0-9]?)/(?P<under>[1-9][0-9]?)(?![0-9/.年月]))
  | (?P<arabic>(?P<a>{_PLAIN})(?:\s?(?P<joint>[:：∶比])\s?(?P<b>{_PLAIN})|(?P<per>[%％]?)(?:{_TO})(?P<to>{_PLAIN}))?)
)""", re.X)


def chinese_number(text: str) -> Decimal | None:
    """两千三百 -> 2300, 二〇一九 -> 2019, 三点五 -> 3.5; None where it is no number (两三, 万千)."""
    whole, _, places = text.partition("点")
    value = _digits(whole) if not any(sign in whole for sign in "十百千万亿") else _with_tens(whole)
    if value is None or not places:
        return None if value is None else Decimal(value)
    return Decimal(f"{value}.{''.join(str(_DIGITS[sign]) for sign in places)}")


def _digits(text: str) -> int | None:
    """A lone digit, or one read digit by digit: a year, 三〇六."""
    told = len(text) in (1, 4) or (len(text) > 1 and text[0] not in "〇○零" and any(sign in text for sign in "〇○"))
    return int("".join(str(_DIGITS[sign]) for sign in text)) if told else None


def _with_tens(text: str) -> int | None:
    """十 百 千 count up to the next 万 or 亿, which multiplies what stands before it."""
    total = section = 0
    digit: int | None = None
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = None
        elif sign == "万":
            section = (section + (digit or 0) or 1) * 10_000
            total, section, digit = total + section, 0, None
        else:
            total, section, digit = (total + section + (digit or 0) or 1) * 100_000_000, 0, None
    return total + section + (digit or 0)


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Every printed number of `text`, or of a stretch of it, from left to right."""
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        yield from _tokens(text, match)


def _tokens(text: str, match: re.Match[str]) -> Iterator[Token]:
    start, end = match.span()
    if match["chinese_share"]:
        mark = {"百": "%", "千": "‰", "万": "‱"}[match[0].lstrip("近约逾")[0]]
        yield _leaning(Token(start, end, "chinese", chinese_number(match["share"]), mark=mark), match[0])
    elif match["fraction"]:
        parts = chinese_number(match["above"]), chinese_number(match["below"])
        yield _leaning(Token(start, end, "chinese", parts[0], second=parts[1], mark="分之"), match[0])
    elif match["half"]:
        yield _leaning(Token(start, end, "chinese", Decimal(1), second=Decimal(2), mark="分之"), match[0])
    elif match["tenths"]:
        tenths = Decimal(10 * _DIGITS[match["of_ten"]] + _DIGITS[match["part_of_ten"]])
        yield _leaning(Token(start, end, "chinese", tenths, mark="%"), match[0])
    elif match["slash"]:
        yield Token(start, end, "arabic", Decimal(match["over"]), second=Decimal(match["under"]), mark="分之")
    elif match["rank"]:
        yield Token(start, end, "chinese", chinese_number(match["place"]), rank=True)
    elif match["chinese"]:
        yield _chinese(match)
    elif match["masked"] or match["round"] or match["someone"]:
        yield _masked(start, end, match["masked"] or "")
    elif match["zeros"] or match["line"] or match["gap"]:
        yield Token(start, end, "blank", None, exactness=Exactness.blank)
    else:
        yield from _arabic(text, match)


def _chinese(match: re.Match[str]) -> Token:
    low, top = chinese_number(match["low"]), chinese_number(match["top"]) if match["top"] else None
    token = _leaning(Token(match.start(), match.end(), "chinese", low), match[0])
    if top is not None:
        return replace(token, high=top, exactness=Exactness.range)
    return token if low is not None else _neighbours(token, match["low"])


def _leaning(token: Token, printed: str) -> Token:
    """近三成, 约三分之二, 上千人: the word before the numeral belongs to it."""
    leaning = {"近": Exactness.under, "约": Exactness.about, "逾": Exactness.over, "上": Exactness.over}.get(printed[0])
    return token if leaning is None else replace(token, exactness=leaning)


def _neighbours(token: Token, text: str) -> Token:
    """两三个, 七八十人: two digits in a row are a range."""
    low, high = chinese_number(text[:1] + text[2:]), chinese_number(text[1:])
    if len(text) < 2 or low is None or high is None or not low < high:
        return token
    return replace(token, value=low, high=high, exactness=Exactness.range)


def _masked(start: int, end: int, printed: str) -> Token:
    """20xx stands for 2000 to 2099: the high end is known, the value is not."""
    known = re.match("[0-9]+", printed.replace(",", ""))
    whole = printed.partition(".")[0].replace(",", "")
    high = Decimal(whole[:known.end()] + "9" * (len(whole) - known.end())) if known else None
    return Token(start, end, "masked", None, high=high, exactness=Exactness.masked)


def _decimal(printed: str) -> Decimal:
    return Decimal(re.sub("[ ,，\u2009\u202f]", "", printed).replace("．", "."))


def _arabic(text: str, match: re.Match[str]) -> Iterator[Token]:
    start, end = match.span()
    one = Token(start, match.end("a"), "arabic", _decimal(match["a"]))
    if match["joint"]:
        yield replace(one, end=end, second=_decimal(match["b"]), mark="比")
    elif match["to"] is None:
        yield replace(one, start=start - 1, value=-_decimal(match["a"])) if _MINUS.search(text[max(0, start - 2):start]) else one
    elif _moves(text, start) or _decimal(match["to"]) <= _decimal(match["a"]):
        yield one
        yield Token(match.start("to"), end, "arabic", _decimal(match["to"]))
    else:
        yield replace(one, end=end, high=_decimal(match["to"]), exactness=Exactness.range)


def _moves(text: str, start: int) -> bool:
    """由16到9 is a change, not a range: 由 or 从 stands just before."""
    return bool(re.search("[由从自](?:原来的|原有的|目前的|上年的|去年的)?$", text[max(0, start - 6):start]))


_LINE = re.compile("[^\n]+")
_END = r"(?=[，,。；;、）)]|[ \u3000]*$)"
_MISSING = re.compile(rf"""
    (?<=[\u4e00-\u9fff])(?<!单位)(?P<wide>[ \u3000]{{2,}})(?=[万亿]?元(?!素)|万?平方米|亩|[%％])
  | (?:投资|资金|经费|投入|补助|补贴|债务|收入|支出|面积|占地)(?:了|约|达到?|为|共计?|合计)?
    (?P<sum>)(?=(?:[万亿]元|万?平方米|亩){_END})
  | (?:招聘|招录|补充|选派|培训|资助|新增|选聘|引进|轮岗|交流)[\u4e00-\u9fff]{{0,8}}?(?:教师|学生|校长|人员|骨干|幼儿|学位|班主任)
    (?P<people>[ \u3000]*)(?=(?:名|人次?|个){_END})
  | (?:新建|改建|扩建|建成|撤并|维修|改造)[\u4e00-\u9fff]{{0,8}}?(?:学校|小学|初中|高中|中学|幼儿园|[教学宿舍]楼|食堂|运动场|校舍)
    (?P<things>[ \u3000]*)(?=(?:[所座栋幢个处]|万?平方米){_END})
""", re.X)


def missing(text: str) -> Iterator[Token]:
    """Where a number was left out before its unit (总投资万元，招聘教师名), from left to right; such a token has no length but
    that of the blanks that stand there. Lines of a table are passed over: their heads are units without numbers."""
    for line in _LINE.finditer(text):
        if "\t" in line[0] or "|" in line[0]:
            continue
        for match in _MISSING.finditer(text, *line.span()):
            group = next(name for name in ("wide", "sum", "people", "things") if match[name] is not None)
            yield Token(*match.span(group), "blank", None, exactness=Exactness.blank)
