"""The five real texts: what is cleaned out of them, and that no figure of the gold goes with it."""

import csv
import os
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from junheng.documents.cleaning import clean
from junheng.documents.opening import open_document
from junheng.documents.shapes import Text

TEXTS = Path(os.environ["JUNHENG_REFERENCE_DATA"]) / "texts"
MERGED = {1348: "取“", 1753: "场、", 3749: "础。", 7248: "省、", 10528: "省、", 10602: "省、", 10878: "省、", 11299: "省“",
          11695: "础。", 12534: "住“"}


@cache
def text_of(beginning: str) -> Text:
    (path,) = TEXTS.glob(f"{beginning}_*.txt")
    return clean(open_document(path).text)


def counted(text: Text) -> Counter[str]:
    return Counter(repair.kind for repair in text.repairs)


def test_the_five_speeches_are_parted_and_the_two_off_the_topic_flagged() -> None:
    parts = text_of("000").parts
    assert [part.title[-2:] for part in parts] == ["篇一", "篇二", "篇三", "篇四", "篇五"]
    assert [part.on_topic for part in parts] == [True, False, False, True, True]
    assert all(part.on_topic for beginning in ("001", "002", "003", "004") for part in text_of(beginning).parts)


def test_all_wrapped_paragraphs_of_the_speeches_are_joined() -> None:
    text = text_of("000")
    found = counted(text)
    assert (found["joined_line"], found["lost_mark"], found["doubled_quote"]) == (23, 10, 1)
    assert "达到省“双高双普”县和国家义务教育均衡发展合格县标准" in text.clean and "整合各类资金7.3亿元" in text.clean


def test_the_page_numbers_that_cut_words_are_gone() -> None:
    text = text_of("001")
    found = counted(text)
    assert (found["page_marker"], found["joined_line"], found["truncated"]) == (16, 14, 1)
    assert "敬业、清廉”。新常态" in text.clean and "二是探索深化人事制度改革" in text.clean
    assert text.clean.startswith("市教育局机关汇报总结会讲话稿\n市教育局机关汇报总结会讲话稿落实“四新”要求")
    assert text.clean.endswith("全会报")


def test_the_advertisements_are_gone_and_their_numbers_with_them() -> None:
    text = text_of("004")
    assert counted(text)["dropped_line"] == 11
    assert "500万道" not in text.clean and "0.22" not in text.clean and "2022-12-27" not in text.clean
    assert "始终坚持" not in text.clean[:20] and "安全第一、预防为主”的方针" in text.clean and "\n1、以服务于" in text.clean


def test_a_text_that_is_whole_is_left_as_it_is() -> None:
    text = text_of("002")
    assert counted(text) == {"dropped_line": 1} and text.clean == text.raw[:len(text.clean)]
    assert counted(text_of("003")) == {"truncated": 1} and text_of("003").clean == text_of("003").raw


def test_every_merged_pair_is_proposed_and_nothing_else() -> None:
    proposed = {beginning: {repair.span[0]: repair.now for repair in text_of(beginning).repairs if repair.kind == "collision"}
                for beginning in ("000", "001", "002", "003", "004")}
    assert proposed == {"000": {}, "001": {}, "002": {}, "003": {}, "004": MERGED}
    assert not any(repair.done for repair in text_of("004").repairs if repair.kind == "collision")


def test_every_figure_of_the_gold_is_in_the_clean_text_where_the_map_says() -> None:
    with (TEXTS / "gold_figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] != "claim"]
    assert len(rows) == 231
    for row in rows:
        text = text_of(row["text"][:3])
        start, end = int(row["start"]), int(row["end"])
        first, last = text.raw_at.index(start), text.raw_at.index(end - 1)
        assert text.raw_span((first, last + 1)) == (start, end)
        assert text.clean[first:last + 1] == "".join(text.raw[start:end].split())


def test_the_five_texts_are_cleaned_in_time() -> None:
    raws = [text_of(beginning).raw for beginning in ("000", "001", "002", "003", "004")]
    for collisions, limit in ((False, 0.5), (True, 2.0)):
        begun = time.perf_counter()
        for raw in raws:
            clean(raw, collisions=collisions)
        assert time.perf_counter() - begun < limit


@pytest.mark.parametrize("beginning", ["000", "001", "002", "003", "004"])
def test_a_repair_taken_back_stands_in_the_text_again(beginning: str) -> None:
    text = text_of(beginning)
    back = clean(text.raw, without={repair.number for repair in text.repairs})
    assert not any(repair.done for repair in back.repairs)
    assert "".join(back.clean.split()) == "".join(text.raw.split())
