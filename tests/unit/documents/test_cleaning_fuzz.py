"""Whatever the text: each clean character is where the map says, or is what a repair put there."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from junheng.documents.cleaning import clean
from junheng.documents.shapes import Repair, Text

BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
PIECES = st.sampled_from([
    "\n", "\r\n", "\r", " ", "　", "\t", "\x00", "\ufeff", "1、", "2、", "3、", "一、", "（一）", "篇一", "篇二", "讲话",
    "同志们：", "“", "”", "““", "“ ”", "□", "�",
    "20xx年", "１２．５％", "第 3 页", "- 4 -", "点击下载文档", "相关范文：", "首页 > 范文", "展开阅读全文", "盛市", "基矗",
    "全市教育工作会议", "学校", "。", "，", "7.3 亿元",
    "# ", "**", "各县区要科学编制学校布局规划，统筹城乡教育资源，加快补齐农村学校短板，不断提高质量和水平，办好", "⼀", "a", "5"])
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))


def check(text: Text) -> None:
    assert len(text.raw_at) == len(text.clean) + 1
    assert all(one <= next_ for one, next_ in pairwise(text.raw_at)) and text.raw_at[-1] <= len(text.raw)
    put = {offset: repair.now for repair in text.repairs if repair.done for offset in range(*repair.span)}
    for place, character in enumerate(text.clean):
        at = text.raw_at[place]
        assert text.raw[at] == character or character in put.get(at, "") or (character == "\n" and text.raw[at] in BREAKS)
    assert all(text.raw[slice(*repair.span)] == repair.was for repair in text.repairs)
    assert [0, *(part.end for part in text.parts)] == [*(part.start for part in text.parts), len(text.clean)]
    assert "\n\n" not in text.clean and not text.clean.startswith("\n") and not text.clean.endswith("\n")


def shown(repair: Repair) -> tuple[str, tuple[int, int], str]:
    return repair.kind, repair.span, repair.now


@given(TEXTS)
@example("\n")
@settings(max_examples=400, deadline=None)
def test_the_map_leads_back_to_the_raw_text(raw: str) -> None:
    text = clean(raw)
    check(text)
    assert text.raw == raw


@given(TEXTS, st.sets(st.integers(1, 30)), st.sets(st.integers(1, 30)))
@settings(max_examples=300, deadline=None)
def test_any_choice_of_repairs_keeps_the_map_and_the_list(raw: str, without: set[int], also: set[int]) -> None:
    usual, text = clean(raw), clean(raw, without=without, also=also)
    assert [*map(shown, usual.repairs)] == [*map(shown, text.repairs)]
    for number, (before, after) in enumerate(zip(usual.repairs, text.repairs, strict=True), 1):
        assert after.done is False if number in without and before.done else before.done or not after.done or number in also
    check(text)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_what_is_clean_stays_as_it_is_but_for_what_stands_together_now(raw: str) -> None:
    once = clean(raw).clean
    assert len(clean(once).clean) <= len(once)
