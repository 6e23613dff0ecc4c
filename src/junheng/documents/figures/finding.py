"""All figures and blanks of a document, in one pass over its numbers and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from junheng.documents.codes import ComparisonKind, FigureRole, Tense
from junheng.documents.figures import naming, roles
from junheng.documents.figures.cells import Cell
from junheng.documents.figures.holding import held, years_of
from junheng.documents.figures.kept import Found, by_sentence
from junheng.documents.figures.linking import link
from junheng.documents.figures.periods import Anchors, anchors
from junheng.documents.figures.places import place_at, places
from junheng.documents.figures.roles import Around
from junheng.documents.figures.stages import stage_of
from junheng.documents.masks import MASKS
from junheng.documents.shapes import QUOTE, Blank, Comparison, Figure, Outline, Period, Sentence, Text

DEEPEST = 8  # brackets within brackets
FAR = 160  # characters of its sentence that can tell what a number is: keeps long lines linear


Outside = tuple[naming.Named | None, int, dict[str, naming.Named], str | None, Figure | None, Comparison | None,
                Decimal]  # name, how many names, names by unit, stage, whole, part and what is taken of it


@dataclass
class Said:
    """What the figures so far of a sentence hand on to the next."""

    name: naming.Named | None = None
    names: list[naming.Named] = field(default_factory=list)             # of the main figures
    by_unit: dict[str, naming.Named] = field(default_factory=dict)
    role: FigureRole | None = None
    unit: str = ""
    compared: Comparison | None = None
    stage: str | None = None
    moved: bool = False
    whole: Figure | None = None
    last: Figure | None = None                                          # the figure before, where it is no change
    pairs: list[str] = field(default_factory=list)                      # names that 分别 gives to the next figures
    years: list[Period] = field(default_factory=list)                   # and times
    before: int = -1                                                    # where the time of 由2021年的A stands
    run: int = 0                                                        # figures of a 分别 still to come
    part: Comparison | None = None
    outside: list[Outside] = field(default_factory=list)                # of each bracket that is open
    taken: Decimal = Decimal(0)                                         # what the parts so far make up of their whole


def find_figures(text: Text, outline: Outline, known: Anchors | None = None) -> tuple[tuple[Figure, ...], tuple[Blank, ...]]:
    """Every figure of `text`, and every number that somebody hid or left open, from left to right.

    Values are as printed with the printed unit; masked and blank numbers have no value. Leaves out dates, ordinals, heading
    numbers, names such as 2+1, and the counts of lists (五个优先), which are claims for `checks`.
    `known` are the years of the text, where they are worked out already.
    """
    known, where = known or anchors(text, outline), places(text.clean)
    figures: list[Figure] = []
    blanks: list[Blank] = [_hidden_year(text.clean, time.start, time.printed) for time in known.times if time.kind == "masked"]
    said = Said()
    for sentence, kept in by_sentence(text.clean, outline):
        goes_on = text.clean[sentence.start - 1:sentence.start] in ("；", ";")
        among = text.clean.startswith("其中", sentence.start)  # of the whole that the sentence before tells
        said = Said(names=said.names if goes_on else [], whole=said.whole if among else None)
        for position in range(len(kept)):
            _read(text.clean, sentence, kept, position, said, known, where, figures, blanks)
    return tuple(figures), tuple(sorted(blanks, key=lambda blank: blank.start))


def _hidden_year(clean: str, start: int, printed: str) -> Blank:
    match = re.search(f"20[{MASKS}0-9]{{2}}|[{MASKS}]{{2,4}}", printed)
    at = start + (match.start() if match else 0)
    year = match[0] if match else printed
    return Blank(at, at + len(year), clean[max(0, at - 12):at + 28], year, "年", "年份", "year")


def _around(clean: str, sentence: Sentence, kept: list[Found], position: int, known: Anchors) -> Around:
    each = kept[position]
    start = each.token.start
    begin = max(kept[position - 1].end if position else sentence.start, start - FAR)
    head = clean[max(sentence.start, start - FAR):start]
    follows = kept[position + 1] if position + 1 < len(kept) else None
    beyond = clean[each.end:min(sentence.end, each.end + 60)]
    right = beyond[:follows.token.start - each.end] if follows else beyond
    between = clean[each.end:follows.token.start] if follows and follows.token.start - each.end < FAR else None
    ranked = follows is not None and (follows.token.rank or clean[follows.token.start - 1] == "第")
    left = _after_stop(clean[begin:start])
    opened = clean[start - len(left) - 1:start - len(left)] in (":", "：")
    return Around(each.token, each.unit, left, _after_stop(head, "，,；;。"), right, beyond, between, ranked, head,
                  position > 0 and len(left) == start - begin, opened, sentence.tense, _is_aimed(sentence, known),
                  is_under_norms(sentence))


# 办学条件 and 基本条件 are topics of a plan, with work under them; 规划条件 and 设置条件 lay down what is asked
_NORMS = re.compile("(?:学校|校舍|用地|教师|经费|资助|补助|班额|规模|布局|办学|规划|建设|配建|设置|设施"
                    "|配备|配置|技术|编制|收费|主要|基本|指标|体系)*(?:标准|定额|指标体系)"
                    "|(?:规划|用地|设置|配建|设施)+条件")


def is_under_norms(sentence: Sentence) -> bool:
    """Whether a heading above it says that it lays down what is asked of each: 三、配建标准, and （一）小学 under that."""
    return any(_NORMS.fullmatch(title) for title in sentence.path)


def _is_aimed(sentence: Sentence, known: Anchors) -> bool:
    years = known.years(sentence.part)
    return (years.titled and years.plan is not None) or any("目标" in title for title in sentence.path)


def _after_stop(text: str, stops: str = "，,；;。：:!！?？\n□\t|") -> str:
    """What stands behind the last stop of `text`; an opened bracket stays, so that 比上年( can be seen."""
    at = max(text.rfind(stop) for stop in stops)
    return text[at + 1:]


def _read(clean: str, sentence: Sentence, kept: list[Found], position: int, said: Said, known: Anchors,
          where: tuple[list[int], list[str]], figures: list[Figure], blanks: list[Blank]) -> None:
    """Read one number into a figure or a blank, and hand on what the next of its sentence needs."""
    _brackets(said, clean[kept[position - 1].end if position else sentence.start:kept[position].token.start])
    around = _around(clean, sentence, kept, position, known)
    of = _of_cell if kept[position].cell else _of_words
    named, role, compared = of(clean, sentence, kept, position, around, said, known)
    figure = _figure(clean, sentence, kept[position], around, named, role, compared, known, where, said)
    if kept[position].cell is None:
        _hand_on(said, around, figure, named)
    if around.token.script in ("masked", "blank"):
        end = figure.end if figure.printed.strip() else kept[position].end  # a number left out shows its unit
        hidden = figure.start, end, figure.quote, clean[figure.start:end], figure.unit, figure.indicator_raw
        blanks.append(Blank(*hidden, "number", role))
    if around.token.script != "blank" and not _nameless_mask(around):
        figures.append(figure)


Read = tuple[naming.Named, FigureRole, Comparison | None]


def _of_words(clean: str, sentence: Sentence, kept: list[Found], position: int, around: Around, said: Said,
              known: Anchors) -> Read:
    """What the words around a number, and the figures before it, tell of it."""
    handed = said.role if said.role is not FigureRole.rule or _unit_name(around) == said.unit else None
    role = roles.role(around, said.moved, handed)
    compared = _part(roles.comparison(around, said.moved), around, said, role)
    if role is FigureRole.target and said.role is FigureRole.actual and _is_move(compared):
        role = FigureRole.actual
    if "分别" in around.left:
        _pair(clean, kept, position, around, said, known)
    elif not around.left.strip("、和与及，,") and (said.run or _unit_name(around) == said.unit):
        compared = compared or (said.compared if said.run or _is_move(said.compared) else None)
    named = _named(clean, sentence, kept, position, around, said, compared, role)
    return named.within(said.name.group if said.name else ""), role, compared


def _of_cell(clean: str, sentence: Sentence, kept: list[Found], position: int, around: Around, said: Said,
             known: Anchors) -> Read:
    """A number in a table: its heads tell all, its neighbours nothing."""
    cell = kept[position].cell
    assert cell is not None
    grows = re.search("增长|增幅|增速", cell.head) is not None and around.plain_unit == "%"
    role = roles.role(around, False, None) if _is_planned(cell, sentence) else FigureRole.actual
    if re.search("目标|计划数|任务数", cell.head + cell.label):
        role = FigureRole.target
    return naming.Named(cell.name), role, Comparison(ComparisonKind.growth, 1) if grows else None


def _is_planned(cell: Cell, sentence: Sentence) -> bool:
    """Whether a number in a table is of what is to be; else a table tells what there is."""
    caption = sentence.path[-1] if sentence.path else ""
    if sentence.tense is not Tense.plan or _DONE.search(cell.head):
        return False
    if _DONE.search(caption) or (_LISTS.search(caption) and not _AIMS.search(caption)):
        return _AIMS.search(cell.head) is not None
    return _PLANNED.search(cell.head + caption) is not None or _WORK.search(cell.label) is not None


_DONE = re.compile("完成|实际|现状|情况|基数|上年|目前|现有")
_LISTS = re.compile("一览|名单")  # 新建学校一览表 tells what there is, 重点任务一览表 does not
_AIMS = re.compile("目标|计划|任务|规划|预期|拟|将(?!军)|到20")
# 新建幼儿园 at the head of a row is work, 将军路小学 and 建设路小学 are schools
_WORK = re.compile("目标|计划|任务|预期|拟|到20|新增|新建|改扩?建|(?:建设|规划)(?![路街村镇乡大馆])|改造|维修|购置|更换|采购"
                   "|招聘|培训(?!学校|机构|中心)|安排")
_PLANNED = re.compile(f"{_AIMS.pattern}|{_WORK.pattern}|项目|清单")


def _hand_on(said: Said, around: Around, figure: Figure, named: naming.Named) -> None:
    said.unit = _unit_name(around)
    said.role = None if roles.is_threshold(around) else figure.role
    said.moved, said.compared, said.run = roles.is_before(around), figure.comparison, max(0, said.run - 1)
    other = figure.role is FigureRole.base and said.name is not None  # 小学50所，是初中20所的2.5倍 goes on with the 小学
    if around.plain_unit not in ("年", "个月", "天") and not other:
        said.name, said.stage, said.by_unit[around.plain_unit] = named, stage_of(named.name) or said.stage, named
    if figure.comparison is not None and figure.comparison.kind is ComparisonKind.part and figure.value is not None:
        said.taken += figure.value * figure.scale
    said.last = None if _is_move(figure.comparison) else figure
    if _is_main(figure):
        said.taken, said.whole = Decimal(0), figure
        said.names.append(named)


def _brackets(said: Said, between: str) -> None:
    """幼儿园302所（公办147所，民办155所），较上年减少14所: behind the bracket what was said before it goes on."""
    for sign in re.findall("[()（）]", between):
        if sign in "(（" and len(said.outside) < DEEPEST:
            said.outside.append((said.name, len(said.names), dict(said.by_unit), said.stage, said.whole, said.part, said.taken))
            said.whole, said.part, said.taken = said.last or said.whole, None, Decimal(0)
        elif sign in ")）" and said.outside:
            said.name, many, said.by_unit, said.stage, said.whole, said.part, said.taken = said.outside.pop()
            del said.names[many:]


def _is_move(compared: Comparison | None) -> bool:
    return compared is not None and compared.kind in naming.CHANGES


def _unit_name(around: Around) -> str:
    return around.unit.name if around.unit else ""


def _nameless_mask(around: Around) -> bool:
    """xxx所学校: nothing of the number is printed."""
    return around.token.script == "masked" and around.token.high is None


def _is_main(figure: Figure) -> bool:
    return figure.comparison is None or figure.comparison.kind not in (ComparisonKind.part, *naming.CHANGES)


def _part(compared: Comparison | None, around: Around, said: Said, role: FigureRole) -> Comparison | None:
    """其中 and what follows it in the same enumeration, and 我市有两个 after 全省24个: parts of the whole before them."""
    opened = compared is not None and compared.kind is ComparisonKind.part
    implied = re.search("(?:我[省市县区州]|本[市县区]|在[^，,]{1,12}的?)(?:仅|只)?有$|(?:仅|只)有$", around.left)
    if opened and said.last is not None and said.part is not None and _plain(said.last) == around.plain_unit \
            and "其中" in around.left + around.sentence[-len(around.left) - 3:]:
        said.whole, said.taken = said.last, Decimal(0)  # 其中小学3万人，其中女生1.4万人: of the part just told
    whole = said.whole
    same = whole is not None and whole.value is not None and around.plain_unit == _plain(whole)
    if opened or (compared is None and implied and same and role is FigureRole.actual):
        said.part = Comparison(ComparisonKind.part, versus=whole.printed + whole.unit if whole else "")
        return said.part
    same_clause = re.search("[；;。]", around.sentence[-len(around.left) - 2:]) is None
    if said.part is not None and compared is None and same_clause and (_lists(around) or (same and _has_room(around, said))):
        return said.part
    said.part = None
    return compared


def _has_room(around: Around, said: Said) -> bool:
    """其中：基本支出3亿元，项目支出2亿元 of 5亿元: what follows a comma is a part, too, while all of them fit into the whole."""
    whole, value = said.whole, around.token.value
    if whole is None or whole.value is None or value is None or around.unit is None:
        return False
    return said.taken + value * around.unit.scale <= whole.value * whole.scale


def _lists(around: Around) -> bool:
    return re.search("[、和及]", around.sentence[-len(around.left) - 1:]) is not None


def _plain(figure: Figure) -> str:
    return figure.unit.lstrip("百千万亿") or figure.unit


def _named(clean: str, sentence: Sentence, kept: list[Found], position: int, around: Around, said: Said,
           compared: Comparison | None, role: FigureRole) -> naming.Named:
    if said.pairs:
        return naming.Named(said.pairs.pop(0))
    by_unit = compared is not None and compared.kind in (ComparisonKind.difference, ComparisonKind.points)
    previous = said.by_unit.get(around.plain_unit, said.name) if by_unit else said.name
    if said.names and re.match("[^（(]{0,4}[）)]", around.sentence[-len(around.left) - 4:]):
        previous = said.names[-1]
    begin = around.token.start - len(around.left)
    clause = clean[max(sentence.start, begin - 60):max(sentence.start, begin - 1)]
    before = "" if position and kept[position - 1].end > begin - 3 else _after_stop(clause.rstrip("(（"))
    topic = _topic(clean, sentence, kept[0].token.start)
    return naming.under(naming.name(around, previous, before, topic, compared, role), sentence.path, topic, previous)


_TOPIC = re.compile("(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]\\s*)?(?P<topic>[\u4e00-\u9fff]{3,16})[，,：:]")


def _topic(clean: str, sentence: Sentence, first: int) -> str:
    """The first clause of a sentence where it stands before all its figures, without its number."""
    found = _TOPIC.match(clean, sentence.start, min(sentence.end, first))
    return found["topic"] if found else ""


_OF_THOSE_BEFORE = re.compile("(?:(?:同比|[比较与同](?!例|重)[^，,分]{0,10}))?(?:也|均)?分别")


def _pair(clean: str, kept: list[Found], position: int, around: Around, said: Said, known: Anchors) -> None:
    """分别 gives each number of a run its own subject, or its own time, or one of the figures just named."""
    said.run = count = _run(clean, kept, position)
    said.pairs = list(naming.paired(around.left, count))
    untimed = naming.words().times.sub("", around.left.strip())
    if not said.pairs and _OF_THOSE_BEFORE.match(untimed) and count > 1 and len(said.names) >= count:
        said.pairs = [named.name for named in said.names[-count:]]
    start = around.token.start
    inside = known.between(start - len(around.sentence), start)[-count:]
    if count > 1 and len(inside) == count and all(clean[time.end:time.end + 1] in "、和与及分，," for time in inside):
        said.years = [known.period(time, 0) for time in inside]
    elif count > 1 and inside and inside[-1].year and inside[-1].last == inside[-1].year + count - 1:
        said.years = [Period(inside[-1].printed, inside[-1].year + step) for step in range(count)]


def _run(clean: str, kept: list[Found], position: int) -> int:
    """How many numbers stand in a row from `position`, joined by 、 和 only."""
    count = 1
    for one, other in zip(kept[position:], kept[position + 1:], strict=False):
        if not re.fullmatch("[、和与及，,]{1,2}", clean[one.end:other.token.start]):
            break
        count += 1
    return count


def _figure(clean: str, sentence: Sentence, each: Found, around: Around, named: naming.Named, role: FigureRole,
            compared: Comparison | None, known: Anchors, where: tuple[list[int], list[str]], said: Said) -> Figure:
    token, unit = each.token, each.unit
    quote_from = max(sentence.start, token.start - min(24, len(around.left) + 4))
    stage = stage_of(named.name) or _of_whole(compared, said) or _handed_on(sentence, around, said, named)
    year = each.cell.year if each.cell else None
    told = Period(f"{year}年", year) if year else said.years.pop(0) if said.years else None
    period = told or _period(clean, sentence, around, role, known, said)
    unit_name = unit.name if unit else ("位" if token.rank else "")
    return Figure(
        token.start, token.end, clean[quote_from:min(sentence.end, quote_from + QUOTE)].strip(), clean[token.start:token.end],
        token.value, token.high, roles.exactness(around), unit_name, unit.scale if unit else Decimal(1),
        named.name, link(named.name, unit_name), stage, period, place_at(where, token.start),
        role, compared, token.second)


def _of_whole(compared: Comparison | None, said: Said) -> str | None:
    """Under 初中: 义务教育在校生25万人，其中随迁子女3万人，占12% are all of 义务教育."""
    of = {ComparisonKind.part: said.whole, ComparisonKind.share: said.last}.get(compared.kind) if compared else None
    return of.stage if of else None


def _handed_on(sentence: Sentence, around: Around, said: Said, named: naming.Named) -> str | None:
    """The stage of the heading above, else for a bare measure (辍学率) that of the figure before; 全市 begins a new subject."""
    if re.search("全[省市县区州]", around.left):
        return None
    for title in reversed(sentence.path):
        if (found := stage_of(title)) is not None:
            return found
    return said.stage if naming.words().bare.match(named.name) else None


def _period(clean: str, sentence: Sentence, around: Around, role: FigureRole, known: Anchors, said: Said) -> Period:
    """The last time named before the figure in its sentence, else one its paragraph hands on, else its part's year."""
    at = around.token.start
    inside = known.between(max(sentence.start, at - 4 * FAR), at)
    if role is FigureRole.base and inside:
        return known.period(inside[-1], sentence.part)
    own = [time for time in inside if not time.against and time.start != said.before
           and not (around.plain_unit == "倍" and re.fullmatch("[^，,。；;]{0,12}的(?:近|约|超过)?", clean[time.end:at]))
           and not (time.kind == "each" and re.search("[，,]", clean[time.end:at]))]
    if own:
        if roles.is_before(around) and own[-1].start >= at - len(around.left):
            said.before = own[-1].start
        now = held(clean, sentence, role, known) if own[-1].kind == "now" else None  # 2023年末，.. 现有小学11所 is of 2023
        return known.period(now or own[-1], sentence.part)
    time = held(clean, sentence, role, known) if said.before < 0 else None
    if time is not None:
        return known.period(time, sentence.part)
    headed = next((named for title in reversed(sentence.path) if (named := years_of(title)) is not None), None)
    if headed is not None:
        return Period(headed.printed, headed.last or headed.year)
    years = known.years(sentence.part)
    planned = sentence.tense is Tense.plan and role in (FigureRole.target, FigureRole.rule)
    year = (years.plan or years.this) if planned else years.past
    return Period("", year, years.why if year is not None else "")
