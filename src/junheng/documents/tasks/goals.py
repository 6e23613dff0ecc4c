"""What is to be reached: a target figure with its day, or an aim in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from junheng.documents.codes import ComparisonKind, Exactness, FigureRole
from junheng.documents.figures.roles import words
from junheng.documents.shapes import Blank, Figure, Goal, Outline, Sentence, Text
from junheng.documents.tasks.clauses import LONG, clauses, plan_sentences, within
from junheng.documents.tasks.deadlines import Deadline, deadlines, headed_day
from junheng.documents.tasks.measures import is_threshold
from junheng.documents.tasks.rows import Laid, lay_out, row_at, row_goals

AIM = re.compile(
    r"(?:位居|居于|进入|走在|跻身|名列|保持在?)[^，,。；;]{0,12}(?:前列|前茅|先进行列|前[一二三四五六七八九十\d]+[名位]|一流)"
    r"|(?:实现|达到|做到)[^，,。；;]{0,25}(?:全覆盖|全部覆盖|清零|翻番|均等化|基本均衡|优质均衡|新突破|目标)"
    r"|(?:实现|达到|做到|确保|保证)[^，,。；;]{0,25}零(?!容忍|距离|起点|售|星|散|部件)[\u4e00-\u9fff]{2,4}"
    r"|(?:全部|顺利|如期|确保)[^，,。；;]{0,12}(?:通过|达到)[^，,。；;]{0,20}(?:验收|认定|评估|标准)"
    r"|(?:全部|均|都)(?:达到|符合)[^，,。；;]{0,30}标准"
    r"|基本(?:实现|形成|建成|普及|消除|化解|解决|建立|达到)[^，,。；;]+"
    r"|大班额[^，,。；;]{0,6}(?:消除|清零|全部化解)|(?:消除|全[部面]化解)[^，,。；;]{0,12}大班额"
    r"|(?:覆盖|惠及)(?:全部|所有)[^，,。；;]+"
    r"|确保不?(?:发生|出现|让)[^，,。；;]+|不发生[^，,。；;]*(?:事故|事件)"
    r"|(?:全面)?(?:建成|创成|创建成为)[^，,。；;]{0,25}(?:强市|强县|强区|示范[市县区校]|先进[市县区])"
)
_BOUND = re.compile("不低于$|不少于$|不高于$|不超过$|不得低于$")
_PARAMETER = re.compile("^(?:占地|用地|总?投资|投入|概算|估算|总?建筑面积|总?面积|规模|可?容纳|安排资金|安排经费|\\d+个班)")
_NOT_AN_AIM = re.compile(r"^(?:也|既|正)?是|是[^，,]*(?:阶段|时期|关键|基础|保障|前提|大计|之年)|对不能|未能|如果|为什么")


def is_aim(clause: str) -> bool:
    """It says what is to be reached, without a figure: 主要指标位居全省前列."""
    return AIM.search(clause) is not None and not _NOT_AN_AIM.search(clause)


def find_goals(text: Text, outline: Outline, figures: tuple[Figure, ...], day: date | None, blanks: Sequence[Blank] = (),
               laid: Laid | None = None) -> tuple[Goal, ...]:
    """The goals of a text: target figures and bounds in what is planned, targets that somebody hid, and aims in words; `day`
    is the document's, `laid` what it lays out, where that is worked out already."""
    laid = laid or lay_out(text, outline, day)
    goals = list(row_goals(text, outline, figures, blanks, laid))
    for _, sentence in plan_sentences(text, outline):
        row = row_at(laid.rows, sentence)
        if row is not None and row.is_told:
            continue
        alone = row.numbers if row else frozenset()  # told with their columns
        near = [figure for figure in within(figures, sentence.start, sentence.end) if figure.start not in alone]
        hidden = [blank for blank in within(blanks, sentence.start, sentence.end)
                  if blank.kind == "number" and blank.role is FigureRole.target and row is None]
        goals += _sentence_goals(text.clean, sentence, near, hidden, headed_day(sentence, laid.days[sentence.part]))
    return tuple(sorted(goals, key=lambda goal: goal.start))


def _is_target(clean: str, figure: Figure, by: Deadline | None) -> bool:
    """A target, a bound, or what there is to be by a day: 到2025年由1607所调整为947所."""
    kind = figure.comparison.kind if figure.comparison else None
    dated = by is not None and by.once
    bounds = (ComparisonKind.at_least, ComparisonKind.at_most)
    bound = kind in bounds or _BOUND.search(clean, max(figure.start - 4, 0), figure.start) is not None
    if by is not None and by.start <= figure.start < by.end:
        return False  # 20个工作日内 is by when
    if words().fact_before.search(clean, max(figure.start - 8, 0), figure.start):
        return False  # 全县87所学校 is how many there are
    aimed = bound or (dated and kind in (None, ComparisonKind.after))
    hidden = figure.exactness in (Exactness.masked, Exactness.blank)
    return not hidden and (figure.role is FigureRole.target or (
        aimed and figure.role in (FigureRole.actual, FigureRole.rule)))


def _last(days: Iterable[Deadline]) -> Deadline | None:
    """Of several days, as in 3月、6月、9月各培训一次, the last: by then it is reached."""
    return max(days, key=lambda by: by.due or date.min, default=None)


def _sentence_goals(clean: str, sentence: Sentence, figures: Sequence[Figure], blanks: Sequence[Blank],
                    day: date | None) -> Iterator[Goal]:
    by: Deadline | None = None
    for start, end in clauses(clean, sentence.start, sentence.end):
        by = _last(deadlines(clean, start, end, day)) or by
        inside = [figure for figure in within(figures, start, end)
                  if _is_target(clean, figure, by) and not is_threshold(clean, figure)]
        hidden = within(blanks, start, end)
        shown = clean[start:min(end, start + LONG)]
        if _PARAMETER.search(shown) or not (inside or hidden or is_aim(shown)):
            continue
        said = shown.rstrip(" ，,；;：:。！!\n")
        told = by.printed if by else "", by.due if by else None, sentence.path
        for figure in inside:
            yield Goal(start, start + len(said), said, figure, *told)
        for blank in hidden or (() if inside else (None,)):
            yield Goal(start, start + len(said), said, None, *told, blank=blank)
