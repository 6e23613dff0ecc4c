"""What a figure does (target, rule, base, rank, group) and what it is compared with. Words: `roles.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from junheng.documents.codes import ComparisonKind, Exactness, FigureRole, Tense
from junheng.documents.figures.numbers import Token
from junheng.documents.figures.units import Unit
from junheng.documents.shapes import Comparison


@dataclass(frozen=True)
class Around:
    """A number and the text around it: `left` back to the last figure or stop, `right` to the next, `clause` back to the stop."""

    token: Token
    unit: Unit | None
    left: str
    clause: str
    right: str
    beyond: str             # the text behind the unit, past the next figure
    next_left: str | None   # what stands between its unit and the next figure of the sentence
    next_rank: bool
    sentence: str           # from its beginning to the number
    joined: bool            # no stop between the figure before and `left`
    listed: bool            # a colon opens `left`: 面积：小学5.2㎡
    tense: Tense | None
    aimed: bool             # under a heading that says 目标, or in the plan of a year
    norms: bool             # under a heading that says 标准: 三、配建标准

    @property
    def plain_unit(self) -> str:
        return self.unit.plain if self.unit else ""


@dataclass(frozen=True)
class Words:
    changed: re.Pattern[str]
    ups: frozenset[str]
    least_before: re.Pattern[str]
    most_before: re.Pattern[str]
    least_after: re.Pattern[str]
    most_after: re.Pattern[str]
    over: re.Pattern[str]
    under: re.Pattern[str]
    about: re.Pattern[str]
    about_after: re.Pattern[str]
    target_before: re.Pattern[str]
    target_after: re.Pattern[str]
    done: re.Pattern[str]
    done_before: re.Pattern[str]
    fact_before: re.Pattern[str]
    fact_around: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    example: re.Pattern[str]
    norm: re.Pattern[str]
    limits: re.Pattern[str]
    threshold_before: re.Pattern[str]
    threshold_after: re.Pattern[str]
    score_after: re.Pattern[str]
    rule: re.Pattern[str]
    standing: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    table = tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))

    def any_of(*names: str) -> str:
        return "|".join(map(re.escape, sorted((word for name in names for word in table[name]), key=len, reverse=True)))
    def regexes(name: str) -> re.Pattern[str]:
        return re.compile("(?:" + "|".join(table[name]) + ")")
    nearly = f"(?:{any_of('over', 'under', 'about')})?"
    return Words(
        changed=re.compile(f"(?P<verb>净?(?:{any_of('up', 'down')}))(?:了|幅度[为达]?|比例为|率为?)?{nearly}$"),
        ups=frozenset(table["up"]),
        least_before=re.compile(f"(?<!不)(?<!不得)(?:{any_of('at_least_before')})(?:了|到|至|为|全市|每年)?$"),
        most_before=re.compile(f"(?<!不)(?<!不得)(?:{any_of('at_most_before')})(?:到|至|在|为)?$"),
        least_after=re.compile(f"(?:{any_of('at_least_after')})"), most_after=re.compile(f"(?:{any_of('at_most_after')})"),
        over=re.compile(f"(?<!不)(?<!不得)(?:{any_of('over')})$"), under=re.compile(f"(?:{any_of('under')})$"),
        about=re.compile(f"(?:{any_of('about')})$"), about_after=re.compile(f"(?:{any_of('about_after')})"),
        target_before=regexes("target_before"), target_after=regexes("target_after"),
        done=regexes("done"),
        done_before=re.compile(any_of("done_before")),
        fact_before=regexes("fact_before"),
        fact_around=tuple((re.compile(left), re.compile(right)) for left, right in table["fact_around"]),
        example=regexes("example"), norm=regexes("norm"),
        limits=re.compile(f"(?:{any_of('at_least_before', 'at_most_before')})$"),
        threshold_before=re.compile(f"(?:(?P<less>{any_of('limit_below')})|{any_of('limit_above')})$"),
        threshold_after=regexes("threshold_after"), score_after=regexes("score_after"),
        rule=regexes("rule"), standing=regexes("standing"))


def exactness(around: Around) -> Exactness:
    """余 多 以上 超过 -> over, 近 以内 不足 -> under, 约 左右 -> about; a range, a mask and a blank stay what they are."""
    token, said = around.token, words()
    if token.exactness is not Exactness.exact:
        return token.exactness
    if said.about.search(around.left) or said.about_after.match(around.right):
        return Exactness.about
    if said.under.search(around.left) or said.most_after.match(around.right) or said.most_before.search(around.left):
        return Exactness.under
    more = around.unit is not None and around.unit.more
    over = more or said.over.search(around.left) or said.least_after.match(around.right) or said.least_before.search(around.left)
    return Exactness.over if over else Exactness.exact


def role(around: Around, moved: bool, handed: FigureRole | None) -> FigureRole:
    """The role of a figure. `moved`: it is the B of 由A到B; `handed`: the role of the figure before it in its sentence."""
    token, said = around.token, words()
    if token.rank or around.left.endswith("第"):
        return FigureRole.rank
    if around.next_rank and re.match("[^，,。；;]{0,12}$", around.next_left or ""):
        return FigureRole.group
    if re.search("(?:上年|去年|同期|[0-9xX]{4}年|前年|基期)(?:同期)?(?:的|为)?[(（]$", around.left):
        return FigureRole.base
    if re.search("(?:比|较)(?:上年|去年|20[0-9]{2}年)(?:同期|[末底])?的$", around.left):
        return FigureRole.base
    if _OF_WHICH.match(around.beyond) or (around.left.strip("的(（") and _DOUBLES.match(around.beyond)):
        return FigureRole.base
    if is_threshold(around):
        return FigureRole.rule
    if said.target_after.match(around.right):
        return FigureRole.target
    return FigureRole.rule if _is_rule(around, handed) else _target_or_actual(around, moved, handed)


_OF_WHICH = re.compile("[)）]?的(?:近|约|超过)?[0-9.一二两三四五六七八九十]+倍")  # 2020年500人的3倍
_DOUBLES = re.compile("翻(?:了|一|两|二|三)?[一两二三]?番")                        # 比上年的300个翻一番


_DEADLINE = re.compile("(?<![年0-9截])(?:到|至|力争)(?:20[0-9xX]{2}|[一二]〇|[“\"]?十[一二三四五]?五[”\"]?(?:规划)?期?末)"
                       "[^，,]{0,6}年?(?!的)[^。；;]{0,80}$")


def is_threshold(around: Around) -> bool:
    """It only says of which things: 56人以上的大班额, 生源不足10人的教学点, 每天超过90分钟 of those counted before."""
    said = words()
    if said.threshold_after.match(around.beyond) or said.score_after.match(around.beyond):
        return around.token.script == "arabic" and around.plain_unit not in ("%", "个百分点")
    below = said.threshold_before.search(around.left)
    things = re.match("以?上?的(?:[\u4e00-\u9fff]{0,4}(?:班|学校|教学点|小学|幼儿园|教师|学生))", around.beyond)
    return below is not None and (things is not None or (around.joined and around.plain_unit in _LIMITED))


_LIMITED = ("人", "岁", "周岁", "分钟", "小时", "分", "公里", "米")


def _is_rule(around: Around, handed: FigureRole | None) -> bool:
    said = words()
    if said.standing.search(around.left) or _OF_STANDARD.match(around.beyond) or _is_reckoned_by(around):
        return True
    if around.norms and not (_is_dated(around) or _MADE.search(around.clause + around.plain_unit)):
        return True
    if handed is FigureRole.rule and re.search("[、和与]", around.sentence[-len(around.left) - 1:]):
        return True
    if around.tense is Tense.past or said.done.search(around.left):
        return False
    if around.left.endswith("每") and re.match("[^，,。；;]{0,8}[设配建]", around.right):
        return True
    if said.rule.search(around.clause) or re.match("标准(?:安排|执行|配置|拨付|给予|补助|发放|核定)", around.right):
        return True
    if handed is FigureRole.rule and re.search("[，,、]", around.sentence[-len(around.left) - 1:]):
        return True
    return not around.aimed and said.norm.search(around.clause) is not None and not _is_dated(around)


def _is_dated(around: Around) -> bool:
    """Its sentence says by when: that is work, even where norms are laid down."""
    return bool(_DEADLINE.search(around.sentence) or (around.tense is Tense.plan and _MONTH.search(around.sentence)))


_MONTH = re.compile("(?:[0-9]{1,2}|[一二三四五六七八九十])月(?:[0-9]{1,2}日|份|底|末|[上中下]旬)?(?:之?前|内)?[^。；;]{0,60}$")
_MADE = re.compile("新增|新建[\u4e00-\u9fff]{0,4}[所个]$|(?:总|共)投资")
_BY = re.compile("按照?[^，,。；;按]{0,24}$")
_RECKONED = re.compile("(?:/[\u4e00-\u9fff]{1,4})?[^，,。；;]{0,8}?的?(?:比例|标准|定额|要求)?(?:进行)?"
                       "(?:测算|计算|核算|核定|折算|配备|配置|提取|计提|列支|安排|抽查|抽检|抽测|抽取|复核|计征|征收)")


_OF_STANDARD = re.compile("(?:[、和及][^，,。；;、]{1,12})?的[\u4e00-\u9fff]{0,6}标准(?!化)")  # 小学45人、初中50人的班额标准


def _is_reckoned_by(around: Around) -> bool:
    """按65座/千人计算, 按50:1的比例测算, 按不低于10%的比例安排: what others are worked out by, or laid out."""
    return _BY.search(around.left) is not None and _RECKONED.match(around.beyond) is not None


def _target_or_actual(around: Around, moved: bool, handed: FigureRole | None) -> FigureRole:
    """A plan's figures are targets unless the clause says that they are done; 目前 in 由目前的A到B tells of A only."""
    said = words()
    if said.fact_before.search(around.left) or _is_of_those(around) \
            or any(left.search(around.left) and right.match(around.beyond) for left, right in said.fact_around):
        return FigureRole.actual
    done = said.done.search(around.left if moved else around.clause) or said.example.search(around.sentence) \
        or said.done_before.search(around.sentence) or re.match("[^，,。；;]{0,10}(?:之一|不再)", around.right)
    was = is_before(around) or re.search("(?:到|至)20[0-9xX]{2}年的$", around.left)
    if done or was or around.tense in (Tense.past, Tense.now):
        return FigureRole.actual
    planned = around.tense is Tense.plan or handed is FigureRole.target or _DEADLINE.search(around.sentence)
    quota = around.token.script == "chinese" and around.token.value == 1 and not around.token.mark
    return FigureRole.target if planned or quota or said.target_before.search(around.clause) else FigureRole.actual


def _is_of_those(around: Around) -> bool:
    """限期整改的45处隐患: things told of already, not a number to be reached."""
    counted = around.unit is not None and around.unit.kind not in ("share", "points", "money", "time")
    told = re.search("[\u4e00-\u9fff]{2}的$", around.left) is not None
    return counted and told and not words().target_before.search(around.clause)


_FROM = re.compile("[由从自][^，,。；;]{0,20}$")
_TO = re.compile("(?:到|至|为|成)了?(?:全[国省市县区州])?第?(?:[0-9xX一二〇]{4}年底?的?|[现目今][在前年]的?|全市的?|近|约)?$")
_AGAINST = re.compile("(?<![占对])(?:同比|环比|相比|比(?!例|重|率|赛|较)|较(?!大|好|强|高|低|多|少|快|为))"
                      "(?P<versus>[^，,；;。（(]{0,14}?)(?=[增提减回扩高多少低净翻降长快]|上升|下降|下滑|上涨|$|[（(，,])")


def comparison(around: Around, moved: bool) -> Comparison | None:
    """How the figure stands to another; `moved` where the figure before it is the 由A of its 到B."""
    left, unit = around.left, around.plain_unit
    if moved:
        return Comparison(ComparisonKind.after)
    if is_before(around):
        return Comparison(ComparisonKind.before)
    beside = re.search("(?P<verb>高于|低于|高出|超出|超过)(?P<versus>[^，,。；;]{2,14}?)(?:约|近)?$", left)
    if "百分点" in unit and beside is not None:
        return Comparison(ComparisonKind.points, -1 if beside["verb"] == "低于" else 1, beside["versus"])
    change = words().changed.search(left)
    if change is not None and not around.token.rank:
        return _change(around, change, unit)
    if (bound := _bound(around)) is not None and words().limits.search(left):
        return bound
    if re.search("其中[^；;。]{0,40}$", around.clause) or "其中" in left \
            or around.sentence[:len(around.sentence) - len(left)].endswith(("其中，", "其中：")):
        return Comparison(ComparisonKind.part)
    return bound or _share(around)


def is_before(around: Around) -> bool:
    """由A到B: 由 or 从 before it, 到 or 为 before the next figure."""
    between = around.next_left or ""
    ranked = around.token.rank or around.left.endswith("第")
    told = around.sentence[-40:] if ranked else around.left
    return bool(_FROM.search(told) and around.next_left is not None and len(between) < 24 and _TO.search(between)
                and not re.search("[，,。；;]", between))


def _change(around: Around, change: re.Match[str], unit: str) -> Comparison | None:
    direction = 1 if change["verb"] in words().ups or change["verb"].removeprefix("净") in words().ups else -1
    against = next(reversed(list(_AGAINST.finditer(around.sentence[-80:]))), None)
    versus = against["versus"].strip("的了") if against else ""
    if against is not None and against[0].startswith("同比"):
        versus = "上年同期"
    if len(change["verb"]) == 1 and against is None:
        return _bound(around)
    if re.search("年均|年平均|每年递?增", around.left) and unit in ("%", "‰"):
        return Comparison(ComparisonKind.yearly_growth, direction, versus)
    if "百分点" in unit:
        return Comparison(ComparisonKind.points, direction, versus)
    kind = ComparisonKind.growth if unit in ("%", "倍", "成") else ComparisonKind.difference
    return Comparison(kind, direction, versus)


def _bound(around: Around) -> Comparison | None:
    said = words()
    floor = re.search("(?:不低于|不少于|高于|超过)[^，,。；;]{1,24}的$|至少[\u4e00-\u9fff]{0,4}$", around.left) \
        or (re.match("的比例", around.right) and re.search("(?:不低于|不少于)[^，,。；;\\d]{1,16}$", around.left))
    limits = said.threshold_before.search(around.left) if is_threshold(around) else None
    if limits is not None:
        return Comparison(ComparisonKind.at_most if limits["less"] else ComparisonKind.at_least)
    if said.least_after.match(around.right) or said.least_before.search(around.left) or floor:
        return Comparison(ComparisonKind.at_least)
    if said.most_after.match(around.right) or said.most_before.search(around.left):
        return Comparison(ComparisonKind.at_most)
    return None


def _share(around: Around) -> Comparison | None:
    if around.token.mark == "比":
        return Comparison(ComparisonKind.ratio)
    whole = re.search("(?:仅为|只有|相当于|不足|不到|约为|仅)(?P<whole>[^，,。；;]{2,20})的$", around.left)
    if whole is not None and around.plain_unit in ("%", "成"):
        return Comparison(ComparisonKind.share, versus=whole["whole"])
    share = re.search("占(?:比|(?P<whole>[^，,。；;]{0,20}?))(?:的|比例|比重)*(?:为|达到?|近|约|超过?|不足)?$", around.left)
    if share is not None and around.unit is not None and around.unit.kind == "share":
        return Comparison(ComparisonKind.share, versus=share["whole"] or "")
    return None
