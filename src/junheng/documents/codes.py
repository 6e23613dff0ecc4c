"""Closed lists of the room: an English code and the Chinese word people see."""

from __future__ import annotations

from junheng.kernel.codes import Code


class Exactness(Code):
    """How a printed number is to be taken."""
    exact = ("确数",)
    over = ("以上",)          # 余, 多, 以上, 超过: at least what is printed
    under = ("不足",)         # 近, 以内, 不足: at most what is printed
    about = ("约数",)         # 约, 左右
    range = ("区间",)         # 3-5
    masked = ("遮盖",)        # 20xx人, 00, xxx: somebody hid it
    blank = ("空缺",)         # a place left open


class FigureRole(Code):
    """What a figure does in its sentence."""
    actual = ("实际",)
    target = ("目标",)
    rule = ("规定",)
    base = ("基数",)
    rank = ("名次",)
    group = ("名次范围",)     # the number a rank is within


class ComparisonKind(Code):
    """How a figure stands to another, printed or not."""
    at_least = ("不低于",)
    at_most = ("不高于",)
    difference = ("增减量",)          # 比上年增加8301人
    growth = ("增减率",)              # 增长21.67%
    points = ("百分点",)              # 提高8.7个百分点
    yearly_growth = ("年均增长",)
    before = ("原值",)                # 由A
    after = ("现值",)                 # 到B
    part = ("其中",)                  # a part of the figure that `versus` quotes
    share = ("占比",)
    ratio = ("比例",)                 # 3.1:6.9


class Judgement(Code):
    """What arithmetic, the calendar or a dated rule says of a claim."""
    holds = ("成立",)
    holds_within_rounding = ("按四舍五入成立",)
    holds_if = ("有条件成立",)
    implied = ("可推出基数",)
    contradicts = ("不成立",)
    flagged = ("请核实",)
    cannot_check = ("无法核对",)


class Tense(Code):
    """What a part of a document tells."""
    past = ("已做",)
    now = ("现状",)
    plan = ("要做",)


class BodySource(Code):
    """Where the responsible body of a task comes from."""
    explicit = ("原文",)
    suggested = ("建议",)
    none = ("未定",)


class Kept(Code):
    """What became of a promise."""
    kept = ("已兑现",)
    partly = ("部分兑现",)
    missed = ("未兑现",)
    unknown = ("未见反映",)


class Decided(Code):
    """What a person decided on something that was read."""
    accepted = ("已采用",)
    edited = ("已修改",)
    rejected = ("已拒绝",)
    reopened = ("待核定",)


class Agreement(Code):
    """How a figure stands to the register's own."""
    agrees = ("一致",)
    differs = ("不一致",)
    not_comparable = ("不可比",)


class SuggestionKind(Code):
    """What somebody beside the grammar proposes."""
    indicator = ("指标",)
    split = ("拆分",)
    body = ("责任单位",)


class RepairKind(Code):
    """What was changed between the raw and the clean text, or is only proposed."""
    dropped_line = ("删去的非正文行",)
    page_marker = ("删去的页码",)
    joined_line = ("接上的断行",)
    stray_blank = ("删去的空格",)
    full_width = ("改为半角",)
    markup = ("删去的排版记号",)
    lost_mark = ("丢失的标点",)
    lost_words = ("丢失的词语",)
    doubled_quote = ("重复的引号",)
    collision = ("误并的字",)
    truncated = ("后文缺失",)


class Unreadable(Code):
    """Why a document cannot be read."""
    not_found = ("文件不存在或读不出来",)
    empty_file = ("文件里没有文字",)
    too_large = ("文件过大",)
    zip_bomb = ("压缩内容异常膨胀",)
    encrypted = ("文件加了密码",)
    damaged = ("文件损坏",)
    not_a_document = ("不是可读的文稿",)
    mixed_encoding = ("一个文件混用两种编码",)
    mojibake = ("文字是乱码",)
    scanned = ("扫描件，没有文字层",)
    no_converter = ("没有转换程序",)
