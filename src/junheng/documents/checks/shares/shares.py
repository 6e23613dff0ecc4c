"""A share beside the part and the whole it is of: 其中女生4500人，占45%; 寄宿生300人，占在校生1200人的25%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from junheng.documents.checks.changes.runs import CHANGES, alike, kind
from junheng.documents.checks.intervals import as_printed, is_percentage, judged, quantity, shown
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.sums.parts import countable, other_whole
from junheng.documents.codes import Judgement
from junheng.documents.shapes import Check, Figure

SHARE = re.compile(r"[,，(（]?约?占(?P<of>总(?:投入|收入|支出|面积|人口|学位|用地)|[^,，。；;、\d比总]{0,12}?)"
                    r"(?:比|(?P<all>总数|全部|总人数|总量))?的?(?:比例)?(?:为|达到|达|约)?")
ALL = re.compile(r"^(?:全[国省市县区校]|本[省市县区校]|其|该[市县区校])")
_OF = re.compile(r"[,，(（]?占[^,，。；;、\d]{0,14}")
_OF_END = re.compile(r"[)）]?的(?:比例为)?")
_AMONG = re.compile(r"[,，;；:：(（]?其中[,，:：]?[^,，。；;、\d]{0,14}")


def shares(page: Page) -> Iterator[Check]:
    """Every share whose part and whole stand right before it."""
    for figures in page.by_sentence:
        for place, share in enumerate(figures):
            if place > 1 and is_percentage(share) and kind(share) not in CHANGES:
                one, two = figures[place - 2:place]
                for part, whole in ((one, two), (two, one)):
                    if (found := _share(page, part, whole, share)) is not None:
                        yield found


def _share(page: Page, part: Figure, whole: Figure, share: Figure) -> Check | None:
    if not (countable(part) and countable(whole) and alike(part, whole) and _tied(page, part, whole, share)):
        return None
    some, all_ = quantity(part), quantity(whole)
    if some is not None and all_ is not None and some.point > all_.point and other_whole(page, whole, part):
        return None
    return rate_of(page, part, whole, share, f"{part.printed}{part.unit}占{whole.printed}{whole.unit}的")


def rate_of(page: Page, part: Figure, whole: Figure, rate: Figure, said: str) -> Check | None:
    """A printed percentage against part ÷ whole; `said` leads to the right one. None where the whole is nothing."""
    some, all_, spans = quantity(part), quantity(whole), spans_of(rate, part, whole)
    if some is None or all_ is None or rate.value is None:
        return check(page, "share", spans, Judgement.cannot_check, "", "有数字被遮盖或空缺，无法核对这个比率。")
    if all_.point <= 0:
        return None
    worked = some / all_
    right = shown(worked.point, rate)
    return check(page, "share", spans, judged(rate, worked), right, f"{said}{right}，文中写{as_printed(rate)}。")


def _tied(page: Page, part: Figure, whole: Figure, share: Figure) -> bool:
    """Part, 占 whole 的 share; or whole, 其中 part, 占 share, where what the share is of has the name of the whole or none."""
    if part.start < whole.start:
        return _OF.fullmatch(page.gap(part, whole)) is not None and _OF_END.fullmatch(page.gap(whole, share)) is not None
    said = SHARE.fullmatch(page.gap(part, share))
    if said is None or _AMONG.fullmatch(page.gap(whole, part)) is None:
        return False
    where = ALL.match(said["of"])
    if where and "全" in where.group() and where.group() not in page.before(whole, 20):
        return False  # 占全市的12%: of more than the whole that is told
    of = ALL.sub("", said["of"]).removesuffix("的")
    return of == "" or re.split(r"[,，、。；;]", page.before(whole, 20))[-1].rstrip("为有达到共约").endswith(of)
