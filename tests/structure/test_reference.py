"""Everything that is declared has its place in docs/reference, and every value of the law its paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from docs.build import stale
from junheng.indicators.registry import INDICATORS
from junheng.register.checks import RULES
from junheng.register.kinds import Kind
from junheng.register.tables import TABLES
from junheng.standards import Entry, law
from junheng.standards.law import shipped_overlays
from tests.structure.places import REFERENCE, ROOT


def standing(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    return next(part for part in re.split(r"^## ", page, flags=re.M) if part.startswith(heading))


def dated_values() -> Iterator[tuple[str, Entry]]:
    for limit in law.limits.values():
        yield from ((limit.name, entry) for entry in limit.entries)
    for overlay in shipped_overlays():
        for name, entries in overlay.entries.items():
            yield from ((f"{overlay.jurisdiction}.{name}", entry) for entry in entries)


def test_no_page_of_the_reference_is_stale() -> None:
    assert stale() == []


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_table_has_its_line(table: str) -> None:
    dictionary = section(standing("tables.md"), f"{table} ")
    assert [name for name in TABLES[table].columns if f"| `{name}` |" not in dictionary] == []


def test_every_choice_of_a_table_has_its_line() -> None:
    page = standing("tables.md")
    columns = [column for made in TABLES.values() for column in made.columns.values()]
    codes = {code for column in columns if column.choices for code in column.choices}
    assert [str(code) for code in codes if f"| `{code.name}` | {code.zh} |" not in page] == []


def test_every_table_says_what_a_row_of_it_is() -> None:
    assert [name for name, made in TABLES.items() if not made.doc] == []


def test_every_indicator_has_its_section() -> None:
    page = standing("indicators.md")
    assert [each.item for each in INDICATORS.values() if f"### {each.item} {each.zh}\n" not in page] == []


def test_every_indicator_is_defined_among_the_figures() -> None:
    figures = (ROOT / "docs/explanation/figures.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w.]*\w", figures))
    assert [item for item in INDICATORS if not named & {item, item.removeprefix("yz."), family(item)}] == []


FAMILIES = {r"^(yz\.1|jb)\.\d\.cv$": r"\1.k.cv", r"^st\.bands\.\d+$": "st.bands.1", r"^st\.met\.": ".",
            r"^bz\.lessons\.\w+$": "bz.lessons.s", r"^xq\.2\.[6-9]$": "xq.2.10"}


def family(item: str) -> str:
    """How the page of figures writes the members of a family: `yz.1.4.cv` as `yz.1.k.cv`."""
    for pattern, written in FAMILIES.items():
        item = re.sub(pattern, written, item)
    return item


def test_every_indicator_says_what_it_is() -> None:
    assert [each.item for each in INDICATORS.values() if not (each.formula.__doc__ or "").strip()] == []


def test_every_kind_of_fault_has_its_line() -> None:
    page = standing("faults.md")
    assert [kind.name for kind in Kind if f"| `{kind.name}` | {kind.zh} |" not in page] == []


def test_every_check_has_its_line_and_its_kind() -> None:
    page = standing("checks.md")
    assert [name for name in RULES if f"| `{name}` |" not in page] == []
    assert [rule.name for rule in RULES.values() if rule.kind not in Kind.__members__] == []


def test_every_dated_value_has_its_paper_and_its_line() -> None:
    page = standing("standards.md")
    assert [name for name, entry in dated_values() if not entry.paper.strip()] == []
    assert [name for name, entry in dated_values() if line(entry) not in page] == []


def line(entry: Entry) -> str:
    return f"| {entry.day} | {entry.value} | {entry.paper} | "
