"""Writes docs/reference from what the code declares: `python -m docs.build reference | outputs | --check`.

`--check` says which page no longer follows the code; whether the outputs shown are real, tests/examples asks.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import typer
from typer.core import TyperCommand

from docs import coverage, fences
from docs.api import api_page
from docs.desk import desk_page
from docs.markdown import page, quoted
from junheng.cli import app
from junheng.indicators.forms.papers import FORMS, Form
from junheng.indicators.registry import INDICATORS, Indicator, of_standard
from junheng.kernel.codes import Code, Evidence
from junheng.kernel.columns import Column
from junheng.kernel.tables import Table
from junheng.paper.markdown import grid
from junheng.planning.pricing import PRICES
from junheng.register.checks import RULES, Rule
from junheng.register.kinds import Kind
from junheng.register.tables import TABLES
from junheng.standards import Entry, law
from junheng.standards.law import Limit, shipped_overlays

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"

# --- tables ---------------------------------------------------------------------------------------------

TABLES_OPENING = """
# Tables of the register

```console
$ junheng template 学校.xlsx
```

That workbook has one sheet a table below. Sheets and columns are recognised by their Chinese or English
names.
"""
LISTS_OPENING = """## Closed lists

A cell may hold the Chinese word, the English code, the national code or one of the other words."""


def tables_page() -> str:
    columns = [column for made in TABLES.values() for column in made.columns.values()]
    lists = sorted({column.choices for column in columns if column.choices}, key=lambda codes: codes.__name__)
    return page(TABLES_OPENING, *map(table_part, TABLES.values()), LISTS_OPENING, *map(list_part, lists))


def table_part(made: Table) -> str:
    heads = ("column", "列名", "holds", "required", "who may see it", "说明")
    rows = [(f"`{name}`", column.zh, holds(column), "" if column.optional else "yes", column.privacy.name,
             "；".join(filter(None, (column.note, also(column))))) for name, column in made.columns.items()]
    return f"## {made.name} {made.zh}\n\n{made.doc}\n\nKey: {quoted(made.key)}\n\n{grid(heads, rows)}"


def holds(column: Column) -> str:
    """What a cell of the column may hold, in a few words."""
    if column.choices:
        return f"one of [{column.choices.__name__}](#{column.choices.__name__.lower()})"
    if column.kind in ("integer", "decimal"):
        places = f", {column.scale} decimals" if column.scale else ""
        return f"{column.kind} {column.least} to {column.most} {column.unit}".strip() + places
    return f"{column.code_of} code" if column.code_of else {"flag": "是/否"}.get(column.kind, column.kind)


def also(column: Column) -> str:
    return f"也认作：{'、'.join(column.aliases)}" if column.aliases else ""


def list_part(codes: type[Code]) -> str:
    rows = [(f"`{code.name}`", code.zh, code.national_code, "、".join(code.other_words)) for code in codes]
    return f"### {codes.__name__}\n\n{grid(('code', '中文', '国家代码', '也认作'), rows)}"


# --- checks and faults ----------------------------------------------------------------------------------

CHECKS_OPENING = """
# Checks

<!-- begins with: sample-with-defects -->
```console exit=3 head=8
$ junheng check sample-with-defects
```

Every check looks at the rows of all files at once. A check is silent about tables that were not handed in
(`?`: it reads whichever of these there are). What a single cell may hold stands with its [table](tables.md).
"""
FAULTS_OPENING = """
# Faults

<!-- begins with: sample -->
```console exit=3
$ junheng check sample/golden.json --year 2025
```

A fault says where it is, what was found, what is wanted and what to do. An error refuses the whole
submission, a warning needs a `--reason`, a note only tells.
"""


def checks_page() -> str:
    heads = ("check", "查什么", "severity", "kind", "reads", "in words")
    rows = [(f"`{rule.name}`", rule.zh, rule.severity.name, f"`{rule.kind}`", reads(rule), rule.doc)
            for rule in RULES.values()]
    return page(CHECKS_OPENING, grid(heads, rows))


def reads(rule: Rule) -> str:
    return ", ".join((*rule.tables, *(f"{name}?" for name in rule.among)))


def faults_page() -> str:
    heads = ("kind", "含义", "severity", "found by")
    rows = [(f"`{kind.name}`", kind.zh, kind.severity.name, quoted(raised_by(kind.name)) or "reading")
            for kind in Kind]
    return page(FAULTS_OPENING, grid(heads, rows))


def raised_by(kind: str) -> list[str]:
    return [rule.name for rule in RULES.values() if rule.kind == kind]


# --- standards and indicators ---------------------------------------------------------------------------

STANDARDS_OPENING = """
# Standards

```console head=12
$ junheng standards --on 2025-09-01
```

`read`: seen on a published page that quotes the rule. `believed`: not seen yet; what rests on it says so.
"""
PRICES_OPENING = """
# Prices

Prices, lead times and limits of the measures of a plan, where a county has laid none of its own over them:
[how to](../how-to/overlay-prices.md). Money in yuan, lead times in months from January.

```python run
from datetime import date

from junheng.planning.pricing import price_book

print("a person-year of a new teacher:", price_book(date(2026, 1, 1), "990101").value("recruit_running"), "yuan")
```

```text
```
"""
OVERLAYS_OPENING = """## Overlays that come as examples

They bind only places whose code begins with theirs."""
INDICATORS_OPENING = """
# Indicators

<!-- begins with: sample, city -->
```console head=12
$ junheng measure --city city --level county
```

The exact definition of each figure stands in [how each figure is made](../explanation/figures.md).
"""
ENTRY = ("for", "since", "value", "paper", "evidence")


def standards_page() -> str:
    return page(STANDARDS_OPENING, *map(standard_part, law.standards), overlays_part())


def standard_part(name: str) -> str:
    about = law.standards[name]
    own = [limit for limit in law.limits.values() if limit.standard == name]
    return f"## {about.zh}\n\n`{name}`, {about.paper}\n\n{limits_grid(own)}"


def limits_grid(limits: Iterable[Limit]) -> str:
    rows = [(f"`{limit.name}`", limit.zh, *entry_cells(entry), limit.unit) for limit in limits for entry in limit.entries]
    return grid(("name", "名称", *ENTRY, "unit"), rows)


def prices_page() -> str:
    return page(PRICES_OPENING, limits_grid(PRICES.limits.values()))


def entry_cells(entry: Entry) -> tuple[str, ...]:
    where = ", ".join(f"{key} = {value}" for key, value in entry.where.items())
    evidence = "read" if entry.evidence is Evidence.read else f"**{entry.evidence.name}**"
    return (where or "all", str(entry.day), str(entry.value), entry.paper, evidence)


def overlays_part() -> str:
    rows = [(overlay.jurisdiction, overlay.zh, f"`{name}`", *entry_cells(entry))
            for overlay in shipped_overlays()
            for name, entries in overlay.entries.items() for entry in entries]
    return f"{OVERLAYS_OPENING}\n\n{grid(('place', '名称', 'value of', *ENTRY), rows)}"


def indicators_page() -> str:
    return page(INDICATORS_OPENING, *map(indicators_part, law.standards))


def indicators_part(standard: str) -> str:
    return "\n\n".join([f"## {law.standards[standard].zh}", *map(indicator_part, of_standard(standard))])


def indicator_part(each: Indicator) -> str:
    levels = [level.name for level in each.levels if level in each.judged]
    facts = {
        "by": each.by, "scope": each.scope, "unit": each.unit, "values of the law": quoted(laws_of(each)),
        "levels": ", ".join(level.name for level in each.levels), "judged at": ", ".join(levels) or "none",
        "limit": f"{each.meets.replace('_', ' ')} `{each.limit.name}`" if each.limit else "",
    }
    told = "; ".join(f"{name}: {fact}" for name, fact in facts.items() if fact)
    return f"### {each.item} {each.zh}\n\n`{each.name}`. {inspect.getdoc(each.formula) or ''}\n\n{told}"


def laws_of(each: Indicator) -> list[str]:
    return [limit.name for limit in each.asks.values()]


# --- coverage -------------------------------------------------------------------------------------------

COVERAGE_OPENING = """
# What is covered

<!-- begins with: sample, city -->
```console head=10
$ junheng explain st.ret9 990101 --city city
```

What becomes of each figure that texts of bureaus give and of each rule of the standards. Beside a computed one stand
the tables it is made from and the columns that its formula names; rows are found by school or place, stage and year,
and which schools an item asks is its [scope](../explanation/figures.md). `docs/coverage.toml` is
kept by hand, the columns are found out.
"""


def coverage_page() -> str:
    held = coverage.sections()
    kinds = {title: [each.kind for each in entries] for title, entries in held.items()}
    counts = grid(("", *coverage.ANSWERS.values()), [(title, *map(own.count, coverage.ANSWERS)) for title, own in kinds.items()])
    heads = ("", "名称", "answer", "from what, or why")
    parts = [f"## {title}\n\n{grid(heads, map(coverage.line, entries))}" for title, entries in held.items()]
    return page(COVERAGE_OPENING, counts, *parts, computed_besides(held))


def computed_besides(held: Mapping[str, list[coverage.Entry]]) -> str:
    items = coverage.besides(each for entries in held.values() for each in entries)
    rows = [(f"`{item}`", INDICATORS[item].zh, coverage.columns_of([item])) for item in items]
    return f"## Computed besides\n\n{grid(('item', '名称', 'from what'), rows)}"


# --- forms ----------------------------------------------------------------------------------------------

FORMS_OPENING = """
# Forms

<!-- begins with: sample, city -->
```console
$ junheng forms --city city --county 990101 --form special_rooms --out 教室.docx
```

Each form is one paper of one county and school year, Word or Excel by the ending of the file; both carry the
same cells. `findings`: made from what `measure` found alone. How to print them: [papers](../how-to/print-the-papers.md).
"""


def forms_page() -> str:
    return page(FORMS_OPENING, grid(("form", "报表", "holds", "made from", "marked"), map(form_cells, FORMS.items())))


def form_cells(item: tuple[str, Form]) -> tuple[str, ...]:
    name, form = item
    holds = " ".join((inspect.getdoc(form.made) or "").split())
    return (f"`{name}`", form.zh, holds, f"findings, {quoted(form.reads)}" if form.reads else "findings",
            "内部资料" if form.internal else "")


# --- commands -------------------------------------------------------------------------------------------

COMMANDS_OPENING = """
# Commands

```console
$ junheng --help
```

Results go to stdout, progress to stderr. Exit codes and the shape of `--json` are a
[contract](contract.md).
"""


def commands_page() -> str:
    return page(COMMANDS_OPENING, *(command_part(*item) for item in every_command().items()))


def every_command() -> dict[str, TyperCommand]:
    """What a user may type after `junheng`: the commands, those of a group with its name before their own."""
    found: dict[str, TyperCommand] = {}
    for name, command in typer.main.get_group(app).commands.items():
        own = getattr(command, "commands", None)
        found |= {name: command} if own is None else {f"{name} {each}": part for each, part in own.items()}
    return found


def command_part(name: str, command: TyperCommand) -> str:
    context = command.make_context(f"junheng {name}", [], resilient_parsing=True)
    told = [record for parameter in command.params if (record := parameter.get_help_record(context))]
    options = [(f"`{option}`", words) for option, words in told]
    usage = f"```text\n{command.get_usage(context)}\n```"
    return f"## {name}\n\n{command.help}\n\n{usage}\n\n{grid(('option', 'what it does'), options)}"


# --- writing and checking -------------------------------------------------------------------------------

PAGES: dict[str, Callable[[], str]] = {
    "tables.md": tables_page, "checks.md": checks_page, "faults.md": faults_page,
    "standards.md": standards_page, "indicators.md": indicators_page, "commands.md": commands_page,
    "coverage.md": coverage_page, "forms.md": forms_page, "prices.md": prices_page, "desk.md": desk_page, "api.md": api_page,
}


def write() -> None:
    """Write every reference page, with the real output of its blocks."""
    for name, made in PAGES.items():
        (REFERENCE / name).write_text(fences.with_real_output(made()), encoding="utf-8")


def refresh() -> None:
    """Replace the outputs that the other pages show by what their blocks print now."""
    for path in written_by_hand():
        text = path.read_text(encoding="utf-8")
        if fences.can_run(text):
            path.write_text(fences.with_real_output(text), encoding="utf-8")
        else:
            print(f"{path.relative_to(ROOT)}: left as it is, {fences.REFERENCE} is unset")


def written_by_hand() -> list[Path]:
    pages = [path for path in sorted((ROOT / "docs").rglob("*.md")) if path.name not in PAGES]
    return [path for path in pages if fences.has_blocks(path.read_text(encoding="utf-8"))]


def stale() -> list[str]:
    """The pages that no longer say what the code declares."""
    return [name for name, made in PAGES.items()
            if fences.without_output(made()) != fences.without_output(standing(name))]


def standing(name: str) -> str:
    path = REFERENCE / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(wanted: str) -> int:
    if wanted == "--check":
        pages = stale()
        print(f"docs/reference: {'stale: ' + ', '.join(pages) + ' -> make docs' if pages else 'up to date'}")
        return 1 if pages else 0
    {"reference": write, "outputs": refresh}[wanted]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "reference"))
