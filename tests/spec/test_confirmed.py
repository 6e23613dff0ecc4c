"""A believed value that a city has confirmed counts as read, and so does what rests on it; one whose entry changed does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from junheng.kernel.codes import Evidence
from junheng.kernel.faults import JunhengError
from junheng.standards import Entry, law, law_book
from junheng.standards.confirmed import FILE, PARTS, confirmed_in, confirmed_text, key
from tests.spec.drawn import draw, measured, one

DAY = date(2025, 9, 1)
LARGE = law["large_class"].entries[0]
CLASSES = {"schools": [{"school_id": "1"}], "school_stages": [{"school_id": "1", "pupils": 50}],
           "classes": [{"school_id": "1", "number": 1, "pupils": 50}]}


def confirm(folder: Path, *entries: tuple[str, Entry]) -> None:
    (folder / FILE).write_text(confirmed_text(key(limit, entry) for limit, entry in entries), encoding="utf-8")


def believed_of(standard: str) -> list[tuple[str, Entry]]:
    return [(limit.name, entry) for limit in law.limits.values() if limit.standard == standard
            for entry in limit.entries if entry.evidence is Evidence.believed]


def test_what_is_confirmed_counts_as_read_and_the_rest_stays_believed(tmp_path: Path) -> None:
    confirm(tmp_path, ("large_class", LARGE))
    book = law_book(DAY, tmp_path)
    assert [each.evidence.name for each in book.entries(law["large_class"], "")] == ["read"]
    assert book.entry(law["large_class"], "990101", {}) is book.entry(law["large_class"], "990102", {}), "one entry"
    assert book.entry(law["extra_large_class"], "", {}).evidence is Evidence.believed
    assert law_book(DAY).entry(law["large_class"], "", {}).evidence is Evidence.believed, "in no other city"


def test_a_figure_is_believed_only_while_a_value_that_it_rests_on_is(tmp_path: Path) -> None:
    confirm(tmp_path, ("large_class", LARGE))
    findings, verdicts = measured(draw(**CLASSES), "class_size", overlays=tmp_path)
    known = {item: one(findings, item, "990101", "primary").evidence.name for item in ("sj.class", "st.big", "st.xbig")}
    assert known == {"sj.class": "read", "st.big": "read", "st.xbig": "believed"}
    assert {each.evidence.name for each in verdicts} == {"believed"}
    confirm(tmp_path, *believed_of("class_size"))
    findings, verdicts = measured(draw(**CLASSES), "class_size", overlays=tmp_path)
    assert {each.evidence.name for each in (*findings, *verdicts)} == {"read"}


@pytest.mark.parametrize("other", [{"value": 55}, {"paper": "另一份文件"}, {"day": date(2016, 7, 3)}, {"jurisdiction": "99"},
                                   {"where": {"stage": "primary"}}])
def test_a_confirmation_is_of_the_entry_whole(tmp_path: Path, other: dict[str, object]) -> None:
    confirm(tmp_path, ("large_class", replace(LARGE, **other)))  # type: ignore[arg-type]
    assert law_book(DAY, tmp_path).entry(law["large_class"], "", {}).evidence is Evidence.believed


def test_a_value_laid_over_a_confirmed_one_is_not_confirmed_with_it(tmp_path: Path) -> None:
    confirm(tmp_path, ("large_class", LARGE))
    (tmp_path / "zz.toml").write_text('jurisdiction = "9901"\n[large_class]\nsince = [{day = 2016-07-02, value = 50, '
                                      f'paper = "{LARGE.paper}", evidence = "believed"}}]\n', encoding="utf-8")
    found = law_book(DAY, tmp_path).entry(law["large_class"], "990101", {})
    assert (found.value, found.evidence) == (50, Evidence.believed)


def test_the_file_is_the_same_whatever_the_order_and_comes_back_as_it_was_written(tmp_path: Path) -> None:
    odd = replace(LARGE, paper='引号"与\\反斜杠\x7f〔2020〕\n第二行')
    told = [("large_class", LARGE), ("large_class", odd), *believed_of("class_size")]
    confirm(tmp_path, *told)
    first = (tmp_path / FILE).read_bytes()
    confirm(tmp_path, *reversed(told))
    assert (tmp_path / FILE).read_bytes() == first
    assert confirmed_in(tmp_path) == {key(*each) for each in told}


@pytest.mark.parametrize("text", ["confirmed = 3", '[[confirmed]]\nlimit = "large_class"',
                                  "\n".join(["[[confirmed]]", *(f"{name} = 1" for name in PARTS)])])
def test_a_file_that_the_desk_did_not_write_is_refused_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(JunhengError, match="不要手工修改"):
        law_book(DAY, tmp_path)
