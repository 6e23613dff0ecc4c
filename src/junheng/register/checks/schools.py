"""Schools: the stages they offer, their centre, and how they split what their stages have in common."""

from __future__ import annotations

import polars as pl

from junheng.kernel.codes import Split, Stage
from junheng.register.checks.rules import Breaches, Given, breach, known_sum, rule, said, shown
from junheng.register.codes import SHARING, SchoolKind
from junheng.register.tables import TABLES

STAGED = ("school_stages", "classes", "teachers")
DECLARED = tuple(name for name in TABLES["school_stages"].columns if name.startswith("declared_"))
OFFERS: dict[str, tuple[str, ...]] = {
    "kindergarten": ("preschool",), "attached_kindergarten": ("preschool",),
    "primary": ("primary",), "teaching_point": ("primary",), "attached_primary": ("primary",),
    "junior": ("junior",), "attached_junior": ("junior",), "nine_year": ("primary", "junior"),
    "complete_secondary": ("junior", "senior"), "twelve_year": ("primary", "junior", "senior"),
    "senior": ("senior",), "vocational": ("senior",), "special": tuple(stage.name for stage in Stage),
}
KINDERGARTENS = ("kindergarten", "attached_kindergarten")
SENIORS = ("senior", "complete_secondary", "twelve_year", "vocational")
FOR_SOME = (
    ("inclusive", pl.col("kind").is_in(KINDERGARTENS) & (pl.col("run_by") == "private"), "只由民办幼儿园填写"),
    ("central_kindergarten", pl.col("kind").is_in(KINDERGARTENS) & (pl.col("run_by") != "private"), "只由公办幼儿园填写"),
    ("quality_senior", pl.col("kind").is_in(SENIORS), "只由高中填写"),
)
_PAIRS = pl.DataFrame([(kind, stage) for kind, stages in OFFERS.items() for stage in stages],
                      schema=["kind_of_school", "stage"], orient="row").lazy()
_STAGES_ZH = {kind: "、".join(Stage[stage].zh for stage in stages) for kind, stages in OFFERS.items()}


@rule(kind="stage_not_offered", zh="学段与办学类型相符", tables=("schools",), among=STAGED)
def stage_is_offered(given: Given) -> Breaches:
    """A school has stages, classes and full-time teachers only of the stages that its kind offers."""
    kinds = given["schools"].select("school_id", kind_of_school="kind").drop_nulls()
    for name in given.held(STAGED):
        rows = given[name].filter(pl.col("full_time")) if name == "teachers" else given[name]
        strays = (rows.drop_nulls("stage").join(kinds, on="school_id").join(
            _PAIRS, on=["kind_of_school", "stage"], how="anti"))
        kind = pl.col("kind_of_school")
        kind_zh = kind.replace_strict({code.name: code.zh for code in SchoolKind}, return_dtype=pl.String)
        yield breach(strays, "stage", found=said(kind_zh, " 填有 ", shown(name, "stage")),
                     wanted=said("学段 ", kind.replace_strict(_STAGES_ZH, return_dtype=pl.String)),
                     do="改正学段，或改正学校表的办学类型")


@rule(kind="point_without_centre", zh="教学点填写其中心校", tables=("schools",))
def point_has_a_centre(given: Given) -> Breaches:
    """A teaching point names the listed school that manages it, and not itself."""
    centre = pl.col("managing_school_id")
    listed = given["schools"].select(managing_school_id="school_id", listed=pl.lit(True)).unique()
    lacking = pl.col("listed").is_null() if given.lists_others else centre.is_null()
    points = (given["schools"].filter(pl.col("kind") == "teaching_point")
              .join(listed, on="managing_school_id", how="left")
              .filter(lacking | (centre == pl.col("school_id"))))
    yield breach(points, "managing_school_id", found=said("管理中心校 ", centre),
                 wanted="学校表所列的另一所学校", do="填写管理该教学点的中心校标识码")


@rule(kind="empty_school", zh="学校有在校生", tables=("schools", "school_stages"))
def school_has_pupils(given: Given) -> Breaches:
    """A school whose stages hold no pupil at all is in no scope; worth a look, not a fault."""
    empty = given["school_stages"].group_by("school_id").agg(
        pupils=pl.when(pl.col("pupils").is_null().any()).then(None).otherwise(pl.col("pupils").sum()))
    rows = given["schools"].join(empty.filter(pl.col("pupils") == 0), on="school_id", how="semi")
    yield breach(rows, "school_id", found="各学段在校生数均为 0", wanted="有在校生",
                 do="核对在校生数；已停办的学校不必上报")


@rule(kind="column_not_for_kind", zh="只有相应学校填写的栏目没有填错", tables=("schools",))
def columns_follow_the_kind(given: Given) -> Breaches:
    """Only a private kindergarten is inclusive, a public one central, a senior school of quality; a no says nothing."""
    for column, fits, words in FOR_SOME:
        rows = given["schools"].filter(pl.col(column) & ~fits)
        yield breach(rows, column, found=said(shown("schools", "kind"), "，", shown("schools", "run_by"), "，此栏填是"),
                     wanted=words,
                     do="清空此栏，或改正办学类型、举办者")


@rule(kind="column_not_for_kind", zh="购买学位只在民办学校，寄宿生只在寄宿制学校", tables=("schools", "school_stages"))
def counts_follow_the_kind(given: Given) -> Breaches:
    """Places are bought in private schools; a school that says it does not board has no boarders."""
    whose = given["schools"].select("school_id", "run_by", "boarding").unique("school_id")
    rows = given["school_stages"].join(whose, on="school_id")
    yield breach(rows.filter((pl.col("migrant_bought_places") > 0) & (pl.col("run_by") != "private")), "migrant_bought_places",
                 found=said("公办学校填有购买民办学位 ", pl.col("migrant_bought_places"), " 人"), wanted="只由民办学校填写",
                 do="清空此格，或改正举办者")
    yield breach(rows.filter((pl.col("boarders") > 0) & ~pl.col("boarding")), "boarders",
                 found=said("非寄宿制学校填有寄宿生 ", pl.col("boarders"), " 人"), wanted="寄宿制学校",
                 do="改正寄宿生数，或改正是否寄宿制")


@rule(kind="over_capacity", zh="班数不超过设计规模，寄宿生不超过床位", tables=("schools", "school_stages"))
def school_holds_what_it_was_built_for(given: Given) -> Breaches:
    """A school has no more classes than it was designed for, and no more boarders than beds."""
    sums = given["school_stages"].group_by("school_id").agg(known_sum("classes"), known_sum("boarders"))
    rows = given["schools"].join(sums, on="school_id")
    yield breach(rows.filter(pl.col("classes") > pl.col("design_classes")), "design_classes",
                 found=said("现有 ", pl.col("classes"), " 个班"), wanted=said("不超过设计 ", pl.col("design_classes"), " 个班"),
                 do="核对设计班数；确实超出的列入扩容计划")
    if "assets" in given.tables:
        beds = given["assets"].join(sums, on="school_id").filter(pl.col("boarders") > pl.col("beds"))
        yield breach(beds, "beds", found=said("寄宿生 ", pl.col("boarders"), " 人，床位 ", pl.col("beds"), " 张"),
                     wanted="每人一床",
                     do="核对床位数；确实不足的列入改善计划")


def shared_stages(given: Given) -> pl.LazyFrame:
    """Stages with pupils of the schools that have more than one such stage to split between."""
    taught = given["school_stages"].filter(pl.col("stage").is_in(SHARING) & (pl.col("pupils") > 0))
    several = taught.group_by("school_id").agg(pl.col("stage").n_unique()).filter(pl.col("stage") > 1)
    return taught.join(several, on="school_id", how="semi")


@rule(kind="split_missing", zh="多学段学校填写共用资源拆分办法", tables=("schools", "school_stages"))
def several_stages_name_their_split(given: Given) -> Breaches:
    """A school of more than one of primary, junior and senior says how it splits what they share."""
    several = given["schools"].join(shared_stages(given), on="school_id", how="semi")
    yield breach(several.filter(pl.col("split").is_null()), "split", found="多个学段，拆分办法为空",
                 wanted="、".join(split.zh for split in Split), do="填写共用资源拆分办法")
    unproved = (pl.col("split") == "declared") & pl.col("split_paper").is_null()
    yield breach(several.filter(unproved), "split_paper", found="按学校申报，拆分依据文件为空",
                 wanted="文件名称或文号", do="填写拆分依据文件并备查")


@rule(kind="split_missing", zh="按学校申报拆分的学校逐学段填写申报数", tables=("schools", "school_stages"))
def declared_split_has_its_values(given: Given) -> Breaches:
    """A school that declares its split gives each declared value of each stage."""
    stages = declared_stages(given)
    for column in DECLARED:
        yield breach(stages.filter(pl.col(column).is_null()), column,
                     found=said(shown("school_stages", "stage"), " 的申报数为空"),
                     wanted="该学段的申报数，没有填 0", do="补填申报数，或改用其他拆分办法")


def declared_stages(given: Given) -> pl.LazyFrame:
    """Stages of the schools that declare how they split."""
    declaring = given["schools"].filter(pl.col("split") == "declared").select("school_id")
    return shared_stages(given).join(declaring, on="school_id", how="semi")
