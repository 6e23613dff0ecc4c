"""A sentence as clauses; the verb that heads a clause; the words of verbs.toml."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from junheng.documents.codes import Tense
from junheng.documents.shapes import Blank, Figure, Outline, Sentence, Span, Text

_WORDS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "verbs.toml").read_text(encoding="utf-8"))
Placed = TypeVar("Placed", Figure, Blank)
LONG = 200  # characters of a clause that are looked at: no real one is longer
_CLAUSE = re.compile(r"(?:“[^“”\n]{0,60}”|《[^《》\n]{0,60}》|（[^（）\n]{0,60}）|\([^()\n]{0,60}\)"
                     r"|(?<=\d),(?=\d{3}(?!\d))|[^，,；;：:])+[，,；;：:]?")
_NEXT_MONTH = re.compile(r"(?<![月份旬底前日])、(?=\d{1,2}月(?:份|[上中下]旬|底)?前?[\u4e00-\u9fff])")
_CONTACT = re.compile("联系(?:人|电话|方式|地址)|电话[：:]")
_MARK = re.compile(r"(?:第[一二三四五六七八九十百]+[条款]"
                   r"|[（(]?[一二三四五六七八九十]{1,3}[）)、]|第?[一二三四五六七八九十]{1,3}(?:是要?|要(?!素)|[，、])"
                   r"|[（(]\d{1,2}[）)]|\d{1,2}[.、．)）]"
                   r"|[①-⑳]|——|首先[，,]?|其次[，,]?|再次[，,]?|最后[，,]?)\s*")


def _longest_first(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_CONCRETE = re.compile(_longest_first(_WORDS["concrete"]))
_ENDS_WORK = re.compile(f"(?:{_longest_first(_WORDS['ends'])})$")
_ANY_VERB = re.compile(_longest_first([*_WORDS["concrete"], *_WORDS["vague"], *_WORDS["general"]]))
_SECOND = re.compile("(?:并|和|、|与)?(?:实施|推进|落实|举办|督促|印发|完善|健全|开展|制定|出台|参加|参与|组织|推行)")
_BEFORE = re.compile(f"(?:{_longest_first(_WORDS['before'])}|[、，, ])+")
_NOT_DEFINITE = re.compile("|".join(_WORDS["not_definite"]))
_STATE = re.compile(_longest_first(_WORDS["state"]))
_ON = re.compile("对(?P<object>[^，,；;]{2,40}?)(?:重新)?$")
_GENERAL = re.compile(_longest_first(_WORDS["general"]))
_EVENTS = re.compile(f"(?:{'|'.join(_WORDS['events'])})(?:活动|工作|制度|等|项目)*[”）)]?$")
_TAIL = re.compile("|".join(_WORDS["tails"]))
_MODAL = re.compile("(?<![主重需只首纲紧概想还不])(?:要(?![求素点闻害件义领])|必须"
                    "|应当?(?!对|用|急|届|试)|务必|须|将|均|不得|一律)")
_TAKES = re.compile("(?:把|将)(?P<object>[^，,；;]{2,40}?)(?P<verb>纳入|列入|发放|拨付|下达|报送|提交|移交|作为|做[实细强大好]"
                    "|提[高升][到至]|调整[为到]|增加[到至]|降低?[到至]|压减[到至]|抓[实细好]|落实|落到|变成|贯穿|放在|用于|转化|建成|打造|常态化|细化|融入|报(?=[^，,；;]{2,16}$))")
_HANDED = ("纳入", "列入", "发放", "拨付", "下达", "报送", "提交", "移交", "报")
_PLACE_VERBS = _longest_first([*_WORDS["concrete"], *_WORDS["general"], "给予", "加强", "加大", "重新"])
_PLACE = re.compile(
    "在[^，,；;]{1,40}?(?:方面|过程中|范围内|基础上|[中上下里内时])(?=对|把|" + _PLACE_VERBS + ")"
    r"|面向[^，,；;]{1,20}?(?=招|引|开|选|公)"
    r"|对[^，,；;]{1,40}(?=重新|实行|进行|给予|开展|组织|加强|加大|实施|采取)"
    r"|(?:在|对|按照?|依照|根据|围绕|结合|通过|以|利用|针对|为了?|与|从|自)[^，,；;]{1,40}?"
    "(?=(?:" + _PLACE_VERBS + ")(?!的|和|、))"
)
_CONTEXT = re.compile(
    "(?:(?:一定|都|也|还)?要|必须|应)?(?:紧紧|紧密|认真|联系)?(?:"
    "(?:通过|利用|以|采取)[^，,；;：:]*(?:形式|方式|活动|手段|途径|机制|办法|为[^，,；;：:]{1,12})"
    "|(?:按照?|依照|根据|围绕|结合|针对|为了?|对照|本着|坚持|适应)[^，,；;：:]*(?:标准|要求|精神|原则|契机|目标|任务|重点|主线|方针|思路|特点|需要|实际|周年)"
    "|(?:在|随着|除|从|凡|对于?|关于)[^，,；;：:]*(?:基础上|方面|[上中下时外]|单位和个人|角度|前提|情况))"
)
_TOLD = re.compile("(?<!业)已经?(?=[清完建成投启开出制印举召])|之一$|我再|我就不|印发[)）]$"
                   "|现将[^，,；;]*(?:如下|通报|报告|通知)|制定本(?:规划|办法|方案|细则|意见)")
_WORK = re.compile("[\u4e00-\u9fff]{2,8}")
_COUNTED = re.compile(r"[一二两三四五六七八九十百千\d]+(?:所|座|处|场次?|次|份|家|套|名|个(?:县|镇|乡|学区|集团|中心|基地|项目))")
_DONE = re.compile("^(?:到位|就绪|完成|成型|到底|完毕|好|并?投入使用|并?交付使用|并?投用)?$")
_NO_VERB = re.compile("率|的|[路街](?=[\u4e00-\u9fff]{0,6}(?:小学|[初高]?中|学校|园))")  # 建设路小学
_FUNDS = re.compile("(?:培训|建设|改造|维修|招聘|采购)(?:经费|资金|面积)")
_ENDS = re.compile("到位|就绪|成型|整改|完成|完工|竣工|建成|投用|投入使用|启动|开工|参加")


@dataclass(frozen=True)
class Verb:
    """The verb that heads a clause; `concrete` = there is something to look at when it is done."""

    action: str
    object: str
    concrete: bool


def verb_follows() -> str:
    """A pattern for the adverbs and the verb that may stand right behind the office that acts."""
    return f"(?:{_BEFORE.pattern})?(?:{_ANY_VERB.pattern})"


def plan_sentences(text: Text, outline: Outline) -> Iterator[tuple[int, Sentence]]:
    """The sentences that say what is to be done, in the parts that are on the topic, with their number."""
    for number, sentence in enumerate(outline.sentences):
        if sentence.tense is Tense.plan and text.is_read(sentence.part):
            yield number, sentence


def within(placed: Sequence[Placed], start: int, end: int) -> Sequence[Placed]:
    """Those of the figures or blanks, which are in the order of the text, that begin in a stretch of it."""
    first, last = (bisect_left(placed, place, key=lambda one: one.start) for place in (start, end))
    return placed[first:last]


def clauses(clean: str, start: int, end: int) -> list[Span]:
    """The clauses of a sentence, each with the sign that ends it, without the number of a heading."""
    mark = _MARK.match(clean, start, end)
    found = _CLAUSE.finditer(clean, mark.end() if mark else start, end)
    kept = [match.span() for match in found if match[0].strip(" ，,；;：:。") and not _CONTACT.match(match[0])]
    return [piece for span in kept for piece in _by_months(clean, *span)]


def _by_months(clean: str, start: int, end: int) -> Iterator[Span]:
    """3月组织大赛、4月举办读书节: a clause of its own for each month that has something to do."""
    for sign in _NEXT_MONTH.finditer(clean, start, end):
        yield start, sign.end()
        start = sign.end()
    yield start, end


def head_verb(clause: str, *, dated: bool = False) -> Verb | None:
    """What the clause does and to what: 制定 | 工作方案.

    None where no verb of the list heads it or follows its 要; of a `dated` clause any concrete verb counts, wherever it stands.
    """
    words = clause.strip(" ，,；;：:。！!")
    if is_context(words) or _TOLD.search(words):
        return None
    if taken := _TAKES.search(words):
        return Verb(taken["verb"], taken["object"].strip(), taken["verb"] in _HANDED)
    for at in _heads(words):
        verb = _ANY_VERB.match(words, at)
        if verb is not None and not _FUNDS.match(words, verb.start()) and not _NO_VERB.match(words, verb.end()):
            return None if words.startswith("了", verb.end()) else _verb(words, verb)
    if _STATE.search(words):
        return None
    verb = next((found for found in _CONCRETE.finditer(words) if (dated or _turned(words, found))
                 and not words.startswith(("的", "了"), found.end())), None)
    if verb is not None and (dated or _MODAL.search(words)):
        return _verb(words, verb)
    duty = words.partition("负责")
    return Verb("负责", duty[2], False) if duty[2] else None


def ends_work(action: str) -> bool:
    """It says of what was told before that it is done with, or what is done to it next: 交付使用, 公布."""
    return _ENDS_WORK.search(action) is not None or _CONCRETE.fullmatch(action) is not None


def named_work(words: str) -> Verb | None:
    """What is only named beside its last day: 8月15日前录取."""
    return Verb(words, "", True) if _WORK.fullmatch(words) else None


def _turned(words: str, verb: re.Match[str]) -> bool:
    """The object stands before the verb: 所有问题必须整改到位."""
    return _DONE.match(words[verb.end():]) is not None and _ENDS.match(verb[0]) is not None


def _heads(words: str) -> Iterator[int]:
    """Where the verb may stand: at the beginning, or after 要, each time past adverbs and 'at', 'by', 'with'."""
    yield _leading(words, 0)
    for modal in _MODAL.finditer(words):
        yield _leading(words, modal.end())


def _verb(words: str, verb: re.Match[str]) -> Verb:
    second = _SECOND.match(words, verb.end())
    end = second.end() if second else verb.end()
    rest = words[end:].lstrip("好、和")
    done = _DONE.fullmatch(rest) is not None
    action = words[verb.start():end] + (rest if done else "")
    object_ = _object_before(words[:verb.start()]) if done else rest
    if verb[0] == "进行" and (on := _ON.search(words[:verb.start()])):
        action, object_ = action + object_, on["object"]
    concrete = _CONCRETE.fullmatch(verb[0]) is not None or _CONCRETE.match(words, verb.start()) is not None
    counted = _COUNTED.match(rest) is not None
    event = _GENERAL.match(words, verb.start()) is not None and _EVENTS.search(words) is not None
    definite = (concrete or event or counted) and bool(object_) and not _NOT_DEFINITE.match(words, verb.start())
    return Verb(action, object_, definite)


def _leading(words: str, at: int) -> int:
    """Past the adverbs and the 'at', 'by', 'with' before the verb."""
    for _ in range(3):
        skipped = _BEFORE.match(words, at)
        at = skipped.end() if skipped else at
        place = _PLACE.match(words, at)
        if place is None:
            return at
        at = place.end()
    return at


def _object_before(words: str) -> str:
    before = _BEFORE.match(words)
    rest = words[before.end():] if before else words
    return re.sub("(?:必须|确保|力争|务必|全部|应当?|要|须|都|得到|将|均|逐[一项校人]|及时|限期|尽快)+$", "", rest).strip("，, ")


def is_tail(clause: str) -> bool:
    """It goes on with the task before it: 确保.., 使.., 为..奠定基础."""
    return _TAIL.match(clause.lstrip()) is not None


def is_context(clause: str) -> bool:
    """It leads in to what follows: 按照..的要求, 对于..的单位和个人."""
    words = clause.strip(" ，,；;：:。")
    modals = [modal.end() for modal in _MODAL.finditer(words)]
    return _CONTEXT.fullmatch(words) is not None or (bool(modals) and _CONTEXT.fullmatch(words, modals[-1]) is not None)
