"""Counts of children, never a child: migrant and left-behind by school, disabled by placement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.forms.layout import (
    CODE,
    KIND,
    NAME,
    NUMBER,
    PARTS,
    PUPILS,
    RUN_BY,
    STAGE,
    school_cells,
    sheet,
    stage_word,
)
from junheng.indicators.forms.papers.context import FormContext, Record, not_handed_in
from junheng.kernel.findings import Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.register.codes import Disability, Placement
from junheng.standards import law

PLACED = ("ordinary_class", "special_class", "special_school", "home_teaching")
COUNTED = ("pupils", "boarders", "migrant_pupils", "migrant_bought_places", "left_behind_pupils")
ONLY_COUNTS = "本表只列人数，不列学生个人信息。"


def migrant_left_behind(context: FormContext) -> list[Sheet]:
    """Migrant and left-behind pupils by school and stage, with the share of those in public or bought places."""
    columns = (
        NUMBER, NAME, CODE, KIND, RUN_BY, STAGE, PUPILS,
        Column(("其中寄宿生",), 8),
        Column(("随迁子女", "人数"), 8),
        Column(("随迁子女", "占在校生%"), 9),
        Column(("随迁子女", "在公办学校"), 9),
        Column(("随迁子女", "政府购买学位"), 9),
        Column(("留守儿童", "人数"), 8),
        Column(("留守儿童", "占在校生%"), 9),
    )
    units = [(stage, school) for stage in PARTS for school in context.compulsory if stage in school.stages]
    rows = [_stage(context, number, stage, school) for number, (stage, school) in enumerate(units, start=1)]
    totals = (*(_total(rows, stage) for stage in map(stage_word, PARTS)), _total(rows, ""))
    return [sheet(context.facts, "随迁与留守", "随迁子女和留守儿童就读情况统计表", columns, rows, totals=totals,
                  notes=(ONLY_COUNTS, _entitled(context)), unit="人")]


def _stage(context: FormContext, number: int, stage: str, school: SchoolRow) -> Row:
    held = next((row for row in context.rows("school_stages", school.school_id) if row["stage"] == stage), {})
    pupils, boarders, migrant, bought, left = (held.get(name) for name in COUNTED)
    private = (unit := context.unit(school.school_id)) is not None and unit.facts["run_by"] == "private"
    return (
        Cell(number), *school_cells(school), Cell(school.run_by), Cell(stage_word(stage)), cells.number(pupils),
        cells.number(boarders), cells.number(migrant), percent_of(migrant, pupils),
        Cell("—", Role.quiet) if private else cells.number(migrant),
        (cells.number(bought) if migrant else Cell(0)) if private and migrant is not None else
        cells.number(None) if private else Cell("—", Role.quiet),
        cells.number(left), percent_of(left, pupils),
    )


def percent_of(part: Fraction | int | None, whole: Fraction | int | None) -> Cell:
    if whole == 0:
        return Cell("—", Role.quiet)
    return cells.number(None if part is None or whole is None else Fraction(100 * part) / whole, 1)


def _total(rows: list[Row], stage: str) -> Row:
    own = [row for row in rows if not stage or row[5].shown == stage]

    def column(place: int) -> Cell:
        return cells.total(row[place] for row in own if row[place].shown != "—")

    pupils, boarders, migrant, public, bought, left = (column(place) for place in (6, 7, 8, 10, 11, 12))
    return (Cell(), Cell("全县合计"), Cell(), Cell(), Cell(), Cell(stage or "合计"), pupils, boarders, migrant,
            percent_of(migrant.number, pupils.number), public, bought, left, percent_of(left.number, pupils.number))


def _entitled(context: FormContext) -> str:
    """The share of entitled migrant children in public or bought places, as far as it is known."""
    one = context.facts.county("yz.2.15", "all")
    if one is None or one.value is None:
        return "符合条件的随迁子女数或就读人数未报送、不全，在公办学校和政府购买学位就读的比例不能计算。"
    counted = f" {one.part} 人，占符合条件的 {one.whole} 人的" if one.part is not None and one.whole else "（依据材料）占"
    asked = _at_least(one)
    return (f"在公办学校和政府购买学位就读的随迁子女{counted} {cells.value(context.facts, one).text}%，"
            f"标准 {asked}，{cells.whole_verdict(one).text}。")


def disabled(context: FormContext) -> list[Sheet]:
    """Two sheets: children of the matched list by kind and placement; those placed by school."""
    children = [row for row in context.county_rows("disabled_children") if _of_age(context, row)]
    return [_by_kind(context, children), _placed(context, children)]


def _by_kind(context: FormContext, children: list[Record]) -> Sheet:
    columns = (
        Column(("残疾类别",), 12, "center"),
        *(Column(("安置方式", each.zh), 10) for each in Placement),
        Column(("合计",), 9),
        Column(("三方名单都在",), 10),
        Column(("未在学籍名单",), 10),
        Column(("入学率%",), 9),
    )
    there = context.has("disabled_children")
    groups: list[tuple[str, Callable[[Record], bool]]] = [(kind.zh, _is_kind(kind.name)) for kind in Disability]
    rows = [_counted(name, [row for row in children if belongs(row)]) for name, belongs in groups] if there else []
    totals = (_counted("合计", children),) if there else ()
    least, most = _ages(context)
    others = len(context.county_rows("disabled_children")) - len(children)
    notes = (
        *((f"另有 {others} 人不在{least}至{most}周岁，未列入。",) if others else ()),
        "入学率=（随班就读＋特教班＋特殊教育学校＋送教上门）÷（名单人数－经专家委员会评估缓学人数）。",
        *_enrolled(context),
        f"{ONLY_COUNTS}人数较少，仅供内部使用。",
    )
    return sheet(context.facts, "残疾儿童安置", "残疾儿童少年安置情况统计表", columns, rows, totals=totals, notes=notes,
                 text=not_handed_in(context, "disabled_children"), unit="人", fixed=1)


def _enrolled(context: FormContext) -> Iterator[str]:
    """What the standard says of the county's rate."""
    one = context.facts.county("yz.3.2", "all")
    if one and one.value is not None:
        rate, asked, said = cells.value(context.facts, one).text, _at_least(one), cells.whole_verdict(one).text
        yield f"全县残疾儿童少年入学率 {rate}%，标准 {asked}，{said}。"


def _at_least(one: Finding) -> str:
    return cells.UNCONFIRMED if one.limit is None else f"≥{cells.limit(one).text}%"


def _of_age(context: FormContext, row: Record) -> bool:
    """Of the ages asked in the year of the census day; an unknown year of birth takes no child off the list."""
    (least, most), born = _ages(context), row["birth_year"]
    return born is None or least <= context.facts.year - born <= most


def _ages(context: FormContext) -> tuple[int, int]:
    """The first and the last age that the standard asks for."""
    asked = (context.book.entry(law[name], context.facts.code, {}) for name in ("disabled_first_age", "disabled_last_age"))
    least, most = (int(each.value) for each in asked)
    return least, most


def _is_kind(kind: str) -> Callable[[Record], bool]:
    return lambda row: bool(row["disability"] == kind)


def _counted(name: str, children: list[Record]) -> Row:
    many = Counter(row["placement"] for row in children)
    unknown = many[None]
    placed, asked = sum(many[each] for each in PLACED), len(children) - many["postponed"]
    lists = ("on_federation_list", "on_enrolment_list", "on_police_list")
    everywhere = None if any(row[one] is None for row in children for one in lists) else sum(
        all(row[one] for one in lists) for row in children)
    absent = None if any(row["on_enrolment_list"] is None for row in children) else sum(
        not row["on_enrolment_list"] for row in children)
    return (
        Cell(name), *(cells.number(None if unknown else many[each.name]) for each in Placement), Cell(len(children)),
        cells.number(everywhere), cells.number(absent), percent_of(None if unknown else placed, asked),
    )


def _placed(context: FormContext, children: list[Record]) -> Sheet:
    columns = (
        NUMBER, NAME, CODE, KIND,
        *(Column(("安置方式", Placement[each].zh), 11) for each in PLACED),
        Column(("合计",), 9),
    )
    at = {row["placed_school_id"] for row in children if row["placement"] in PLACED}
    schools = [school for school in context.facts.schools if school.school_id in at]
    rows = [_at_school(number, school, children) for number, school in enumerate(schools, start=1)]
    elsewhere = sum(row["placement"] in PLACED and row["placed_school_id"] not in {one.school_id for one in schools}
                    for row in children)
    notes = (f"另有 {elsewhere} 人在外县学校安置或未填安置学校。",) if elsewhere else ()
    return sheet(context.facts, "安置学校", "残疾儿童少年安置学校统计表", columns, rows, notes=(*notes, ONLY_COUNTS),
                 text=not_handed_in(context, "disabled_children"), unit="人")


def _at_school(number: int, school: SchoolRow, children: Iterable[Record]) -> Row:
    many = Counter(row["placement"] for row in children if row["placed_school_id"] == school.school_id)
    return (Cell(number), *school_cells(school), *(Cell(many[each], Role.plain if many[each] else Role.quiet) for each in PLACED),
            Cell(sum(many[each] for each in PLACED)))
