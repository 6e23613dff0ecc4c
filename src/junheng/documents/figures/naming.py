"""What the text calls a figure: a noun phrase on its left or right, completed from the figures before. Words: `naming.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from junheng.documents.codes import ComparisonKind, FigureRole
from junheng.documents.figures import roles
from junheng.documents.figures.roles import Around
from junheng.documents.masks import DATED
from junheng.documents.shapes import Comparison

LONGEST = 30  # characters of a name
CHANGES = (ComparisonKind.difference, ComparisonKind.growth, ComparisonKind.points, ComparisonKind.yearly_growth)


@dataclass(frozen=True)
class Named:
    """A name; `measure` is what a bare group word after it (初中94.2%) is measured by; of a group, what is ranked.

    `group` is the stage that its sentence is at: 小学 in 小学186所，占地900亩，招生1.9万人.
    """

    name: str
    measure: str = ""
    group: str = ""

    def within(self, group: str) -> Named:
        """The same with the stage that it names, else `group`."""
        own = _STAGED.match(self.name)
        return replace(self, group=own[1] if own else group)


@dataclass(frozen=True)
class Words:
    verbs: re.Pattern[str]
    openings: re.Pattern[str]
    kept: re.Pattern[str]
    bare: re.Pattern[str]
    group: re.Pattern[str]
    group_first: re.Pattern[str]
    measure_end: re.Pattern[str]
    measured_group: re.Pattern[str]
    times: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    table = tomllib.loads(Path(__file__).with_name("naming.toml").read_text(encoding="utf-8"))

    def any_of(name: str) -> str:
        return "(?:" + "|".join(sorted(table[name], key=len, reverse=True)) + ")"
    return Words(
        re.compile(any_of("verbs") + "$"), re.compile("^" + any_of("openings")), re.compile(any_of("kept") + "了?$"),
        re.compile("(?:毕业生?|毛|净|平均|最[大小高低])?" + any_of("bare")),
        re.compile(any_of("groups") + "$"), re.compile(any_of("groups")),
        re.compile(any_of("measures") + "$"),
        re.compile(f"^(?P<measure>.+?{any_of('measures')})(?P<group>{any_of('groups')})$"),
        re.compile("(?:截至|截止|到|至|较|比|自|从)?(?:(?:(?:19|20)[0-9xX×*＊○]{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)|(?<![0-9a-zA-Z])[xX×*＊○]{2,4}(?=年))(?:[-—至到~]20[0-9xX]{2})?年?(?:春季|秋季)?(?:学期|学年)?[底末初度内]?(?:[0-9]{1,2}月)?[底末份]?|今年|去年|上年|明年|本年度?|"
                   "近?[一二三四五六七八九十两0-9]+年[来间]|近[一二三四五六七八九十两0-9]+年|[“”\"]*(?:十[一二三四五]?五)?[”\"]*(?:期间|时期)|目前|年底|同期)"
                   "(?:为止|(?<=[底末月年])[之以]?前(?![沿三五期茅提身进瞻景后一二四六七八九十0-9]|列(?![支入出])))?"))


def name(around: Around, previous: Named | None, before: str, topic: str, compared: Comparison | None,
         role: FigureRole) -> Named:
    """The name of the figure in `around`; `previous` is that of the last figure, `before` the clause before its own, `topic`
    the first clause of its sentence where that only names something: 学前教育公用经费，按.."""
    if compared is not None and previous is not None and _is_change(compared, around):
        return previous
    left, right = _left(_own(around)), _right(around)
    if compared is not None and compared.kind is ComparisonKind.before and role is not FigureRole.rank:
        return Named(_left(re.sub("[由从自][^，,由从自]*$", "", _own(around))) or _left(before))
    if compared is not None and compared.kind in CHANGES and (subject := _changed(_own(around))):
        return _completed(subject, previous)
    if (against := _AGAINST.fullmatch(around.left)) is not None and (previous is not None or before):
        measured = _left(before) or (previous.name if previous else "")
        return Named((measured + ("占" + against["than"] if around.plain_unit == "%" else ""))[-LONGEST:])
    if previous is not None and _OF_THEN.fullmatch(around.left):
        return previous
    if re.fullmatch("的(?:仅|只|共|就)?有", around.left):
        return Named(_left(around.clause[:-len(around.left)]))
    if re.fullmatch("[共合总]计", around.left.strip()) or (not right and topic and _IN_ALL.fullmatch(around.left.strip())):
        return Named(topic + "合计" if _SUBJECT.fullmatch(topic) else "合计")
    if (score := _SCORE.search(around.sentence)) is not None:
        return Named(score[1])
    if (by := _PART_OF.fullmatch(around.left)) is not None and around.plain_unit == "%":
        return Named(f"{_left(by['what'])}占{by['whole']}"[-LONGEST:])
    if (floor := re.match("(.+?)(?:不低于|不少于|高于|不超过)(.{2,})的$", left + around.left[-1:])) is not None:
        return Named(f"{floor[1]}占{floor[2]}"[-LONGEST:])
    if re.fullmatch("(?:[我本][国省市县区州校]|全[国省市县区州])?(?:有|共)?", left) and previous is not None and not right:
        return previous
    only = compared is not None and compared.kind is ComparisonKind.part and re.search("[仅只]有$", around.left)
    if only and previous is not None:
        return Named((previous.name + left)[-LONGEST:])
    if role is FigureRole.base and (other := _COMPARED_WITH.search(around.left)) is not None and (what := _left(other[1])):
        return Named(what)
    if previous is not None and (role is FigureRole.base or _TIMES_WHAT.search(around.sentence + around.plain_unit)):
        return previous
    if role is FigureRole.base and (what := _left(re.sub("(?:比|较|与)(?!例|重|率).*", "", around.left))):
        return Named(what)
    if role in (FigureRole.rank, FigureRole.group):
        return _ranked(left, right, before, previous, role)
    if around.plain_unit in ("年", "个月", "天", "学时", "课时", "个工作日"):
        return _lasting(left, right, around, previous)
    if compared is not None and compared.kind is ComparisonKind.share and previous is not None and re.match("占", left or "占"):
        return Named((previous.name.removesuffix("占比") + (left if len(left) > 1 else "占比"))[-LONGEST:])
    if (kept := _KEPT_UP.search(around.clause)) is not None:
        return Named(_left(kept["what"]))
    found = re.sub("占$", "占比", _of_unit(around, left, right))
    if previous is not None and found in ("资金", "金额", "经费") and around.joined:
        return Named((previous.name + found)[-LONGEST:])
    if not found and previous is not None:
        return previous
    if around.listed and words().group.fullmatch(found) and words().measure_end.search(_left(before)):
        return Named((found + _left(before))[-LONGEST:], _left(before))
    return _completed(found or _left(before) or right, previous)


_IN_ALL = re.compile("(?:[共合总累]计|共)(?:安排|发放|投入|补助|支出|拨付|下达)(?:资金|经费)?")
_TIMES_WHAT = re.compile("(?:[0-9人元名所个%米]|[（(][^（）()]{1,20}[)）]|原来|原有|上年|去年|[0-9]{4}年)"
                         "的(?:近|约|超过)?倍$")  # 是上年的2倍
_COMPARED_WITH = re.compile("(?:是|为|相当于)([^，,。；;是为]{2,16})$")  # 小学50所，是初中20所的2.5倍
_OF_THEN = re.compile("(?:比|较|与)(?:上年|去年|上学?年度?|20[0-9]{2}年)(?:同期|[末底])?的")  # 比上年的64.17亿元增长6.64%
_SCORE = re.compile("([0-9]{2,3}分以[上下])的?(?:有|共|考生|学生)?$")
_PART_OF = re.compile("(?P<what>[^，,。；;]{2,20}?)按照?(?P<whole>[^，,。；;按]{2,20}?)的")
_AGAINST = re.compile("(?:确保|力争|但|均|都)?"
                      "(?:不?[低高]于|不?超过|不少于|仅为|只有|相当于|约为|达到)(?P<than>[^，,。；;]{2,20})的")


def _own(around: Around) -> str:
    """The text on the left without what still belongs to the figure before: 以上学生和 -> the piece behind 和."""
    if not around.joined:
        return around.left
    text = re.sub("^(?:及?以[上下内]|左右|余|多)", "", around.left)
    head = re.match("[^，,、]{1,12}[、和及与]", text)
    return text[head.end():] if head else text


def _is_change(compared: Comparison, around: Around) -> bool:
    return compared.kind is ComparisonKind.after or (compared.kind in CHANGES and len(_changed(around.left)) < 2)


def _changed(left: str) -> str:
    """What changed, where the text says so before the verb: 近视率同比下降 -> 近视率."""
    subject = roles.words().changed.sub("", left)
    return _left(_COMPARED.sub("", subject))


_COMPARED = re.compile("按?(?:同|可比)口径$"
                       "|(?:^|(?<=[^占]))(?:比(?!例|重|率)|较|同比|环比|相比|高于|低于|超出|超过)[^，,]*$|年均.*$|分别$")


_NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"
                       rf"|[①-⑳]|[（(]?\d{{1,2}}[）)、]|\d{{1,2}}[.．](?!(?!{DATED})\d)|\d{{1,3}}\t)\s*")  # of its heading


_ASIDE = re.compile("(?<=.)[（(][^（）()]{2,40}[）)](?=.)")  # 教育经费（包括基建经费）占比


def _left(text: str) -> str:
    """The noun phrase at the end of `text`: times, verbs behind it and openings before it are dropped."""
    bare = _ASIDE.sub("", text) if "（" in text or "(" in text else text
    found = words().times.sub("", _NUMBERED.sub("", bare).strip(" \u3000,，、:：;；“”‘’\"()（）—-"))
    found = re.sub("^.*(?:月[底份末]?|[上中下]旬|[0-9]日|年底|学期末|开学)(?:以前|之前|前)", "", found)
    found = re.sub("^(?:通过|经过|采取|利用|依托)[^，,]{0,24}?(?:方式|办法|渠道|途径|形式)", "", found)
    for pattern in (words().verbs, words().openings):
        while (shorter := pattern.sub("", found, count=1).strip(" ,，、:：;；()（）")) != found:
            found = shorter
    found = re.sub("[比较]?翻了?[一两二三]?番$", "", found)
    return _closed(found.replace("分别", "")).strip("\t")[-LONGEST:]


def _closed(text: str) -> str:
    """Without the quotation mark that its partner is missing of."""
    text = text if text.count("“") == text.count("”") else text.replace("“", "").replace("”", "")
    return text.replace('"', "") if text.count('"') % 2 else text


_STOP = re.compile("[，,。；;：:！？!?\n\t|（(）)□]|"
                   "(?:全部|(?<![平人生校班户])均|都|已|正在|分别|并|顺利|成功|必?须|实地)(?=[\u4e00-\u9fff])")


def _right(around: Around) -> str:
    """The phrase that begins behind the unit; empty where punctuation follows at once."""
    text = around.beyond if around.right.startswith("的") else around.right
    if re.match("的[仅只共就]?有", text):
        return ""
    text = re.sub("^(?:及以[上下]|以[上下内]|左右|余|多|的)+", "", text)
    text = re.sub("^标准(?:予以|给予|发放|执行|安排|拨付|核定|补助|配[备置]).*", "标准", text)
    if re.match("[，,。；;：:！？!?\n（(）)、\\s□/|]|$|全部|[均都已]|正在|分别|按期|如期", text):
        return ""
    stop = _STOP.search(text, 1)
    text = text[:stop.start()] if stop else text
    if around.next_left is not None:
        text = re.sub("[由从与和](?:(?:19|20)[0-9]{2}年)?的?$", "", text)
    if around.next_left is not None:
        text = re.sub("(?<=.)(?:平均|[生人校班户]均).*$", "", text)
    if around.next_left is not None and "、" in text:
        text = text.rpartition("、")[0] if len(text) >= len(around.right.rstrip()) else text
    return _closed(re.sub("(?:之一|超过|不足|任务|问题|的|[仍尚还共只仅已]?有|占)$", "", text.strip("“”\"《》、 ")))[:LONGEST]


def _of_unit(around: Around, left: str, right: str) -> str:
    kind = around.unit.kind if around.unit else ""
    if not kind:
        return left
    if kind == "money":
        return _money(around, left, right)
    if kind in ("share", "points") or around.token.mark == "比" or not right:
        if kind != "share" or not right or re.search("率|比例|比重|占|覆盖", left):
            return left
        return right if re.search("按照?.+的$", around.left) else _joined(left, right)
    if re.search("规模$", left):
        return left
    if _CLASSES.fullmatch(right) and left:
        return _joined(left, right)
    verb = words().kept.search(around.left.strip())
    return _joined(verb[0].removesuffix("了") if verb else "", right)


def _joined(left: str, right: str) -> str:
    return (left + right)[-LONGEST:] if len(left) < 12 else (left[-12:] + right)[:LONGEST]


_PAYS = re.compile("(?:政府|局|委|部门|学校)$")  # 市政府每年安排不少于2000万元专项资金


def _money(around: Around, left: str, right: str) -> str:
    if around.right.startswith("的"):
        return _joined(left if len(left) < 8 else left[-8:], right)
    if right and (around.left.endswith("的") or _PAYS.search(left)):
        return right
    purpose = re.match("[，,]?(?:主要|全部|专项)?用于(?P<what>[^，,。；;]{2,20})", around.right)
    return purpose["what"] + "经费" if purpose else left


_RANKING = re.compile("(?:在|中|的|由)*(?:并列|排名|排位|位居|位列|名列|居|列|位次|跃升至|上升到|升至|[荣]?获得?|取得)?"
                      "(?:由|从)?(?:全[国省市县区州])?第?$")


def _ranked(left: str, right: str, before: str, previous: Named | None, role: FigureRole) -> Named:
    """A rank is named by what is ranked: its own clause, else the group's clause, else the clause before."""
    if role is FigureRole.group:
        group = re.split("中?(?:排名|位居|位列|名列|居|第)", right)[0].removesuffix("中")
        ranked = re.sub("^(?:位居|被评)+", "", _RANKING.sub("", re.sub("全[国省市县区州]$", "", left)))
        held = ranked if len(ranked) >= 2 else _left(before) or (previous.name.removesuffix("排名") if previous else "")
        return Named(_joined(re.sub("^(?:在|位[居列]|名列|居|列|排名?)+", "", left), group), held)
    subject = _RANKING.sub("", left)
    if len(subject) >= 2 and not re.search("[局省市县区州校位]$|^单位中?$|区中?$|乡镇$|街道$|学校$", subject):
        return Named(subject + "排名")
    if previous is not None and len(previous.measure) > 1:
        return Named(previous.measure + "排名")
    if previous is not None and previous.name.endswith("排名") and not before:
        return previous
    whose = "" if re.search("单位|[市县区]$", subject) and before else subject
    held = previous.name.removesuffix("排名") if previous and not subject else ""
    return Named((_left(before)[-LONGEST:] or _left(subject) or held) + whose + "排名")


def _lasting(left: str, right: str, around: Around, previous: Named | None) -> Named:
    if re.search("(?:连续|累计|坚持)$", around.left):
        whose = _left(re.sub("(?:连续|累计|坚持)$", "", around.left))
        what = _left(re.sub("^每年", "", right)) or whose or (previous.name if previous else "")
        return Named(what[:LONGEST] + "年数")
    what, within = re.subn("^之?内(?:完成)?", "", re.sub("(?:制度|规定|的)$", "", right))
    return Named((left[-10:] + what)[-LONGEST:] + ("期限" if within else "年限" if around.plain_unit == "年" else ""))


_KEPT_UP = re.compile("(?P<what>[^，,。；;]{2,30}?)"
                      "连续[0-9一二三四五六七八九十]{1,3}年(?:均|都)?(?:保持|稳定)?(?:在|达到?|超过)?$")
_THIN = re.compile("(?:共|累计)?(?:(?:办理|发放|资助|安排|落实|拨付|下达|补助|惠及|减免|受益|免)"
                   "(?:资金|贷款|经费|补助|金额|学费|人数|学生)?|"
                   "资金|贷款|经费|金额|人数|资助面|覆盖面|设置)")
_SUM = re.compile("(?:资金|金额|经费|贷款|补助)$")
_SUBJECT = re.compile("(?![做抓办搞用管]好|落实|推[进动]|加[强快大]|强化|深化|坚持|提[升高]|优化|建[强设立]"
                      "|守[牢好]|完善|健全|保障|促进|全[面力]|扎实|切实|实施|开展|着力)[\u4e00-\u9fff]{2,10}"
                      "(?<!情况|问题|建议|目标|任务|安排|措施|标准|成效|规划|现状|打算|总结|工作|要求|保障|体会|说明|概况"
                      "|有力|扎实|明显|显著|到位|有升|提升|推进|加强|提高|改善|凸显|紧张|不足)")


def under(named: Named, titles: tuple[str, ...], topic: str, previous: Named | None) -> Named:
    """A name that says only what was done (发放资金) is completed by the topic of its sentence, by its heading, else by the
    figure before it."""
    if not _THIN.fullmatch(named.name):
        return named
    of_those = previous.name if previous and _SUM.search(named.name) and not previous.name.endswith(named.name) else ""
    subject = next((one for one in (topic, *titles[-1:]) if _SUBJECT.fullmatch(one)), of_those)
    return Named((subject + named.name)[-LONGEST:], named.measure)


_STAGED = re.compile("全?[省市县区]?(小学|初中|普通高中|高中阶段|高中|中职|职业高中|幼儿园|学前|义务教育|特殊教育)")


_CLASSES = re.compile("(?:教学|标准)?班")
_CLASS = re.compile("[一二三四特]等奖?$")


def _completed(found: str, previous: Named | None) -> Named:
    """Stage and measure from the figure before: 辍学率 -> 小学辍学率, 初中 -> 初中学历合格率."""
    split = words().measured_group.match(found)
    if split is not None:
        measure = re.sub("^全[省市县区州]", "", split["measure"])
        return Named(split["group"] + measure, measure)
    if previous is not None and _CLASS.fullmatch(found):
        return Named(_CLASS.sub("", previous.name) + found)
    if previous is not None and words().group.fullmatch(found):
        own = words().group_first.match(previous.name)
        measure = previous.measure or (previous.name[own.end():] if own else "")
        return Named(found + measure, measure)
    staged = _STAGED.search if _CLASSES.fullmatch(found) else _STAGED.match
    group = staged(previous.name) if previous else None
    stage = group[1] if group else previous.group if previous else ""
    if stage and words().bare.match(found) and "全" not in found:
        return Named(stage + found)
    return Named(found)


def paired(left: str, count: int) -> tuple[str, ...]:
    """The subjects of 小学和初中毕业升学率分别为, one for each of `count` numbers; empty where they cannot be told apart."""
    head = re.match("(?P<subjects>.+?)(?:均|也)?分别(?:为|是|达到?|有|增长|增加|提高|下降|减少|比.+|较.+|占.*)?", left)
    if head is None:
        return ()
    pieces = [_left(piece) for piece in re.split("[、]|(?<!共)和|与|及(?!格)|以及", head["subjects"]) if piece]
    if len(pieces) != count or not all(pieces):
        return ()
    return _shared_tail(pieces)


def _shared_tail(pieces: list[str]) -> tuple[str, ...]:
    """小学 | 初中毕业升学率 -> 小学毕业升学率 | 初中毕业升学率; 全市高中招生 | 在校生 -> 全市高中招生 | 高中在校生."""
    groups = [words().group_first.match(piece.removeprefix("全市").removeprefix("全县")) for piece in pieces]
    last = groups[-1]
    if last is not None and all(group is not None and words().group.fullmatch(group[0]) for group in groups):
        tail = pieces[-1][len(last[0]):]
        bare = [piece if re.search("[率数例重额员生积]$", piece) else piece + tail for piece in pieces[:-1]]
        return (*bare, pieces[-1])
    return tuple(pieces)
