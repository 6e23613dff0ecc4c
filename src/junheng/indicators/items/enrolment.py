"""入学, 巩固, 辍学, 升学: what the statistics watch of children and their way through school."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import partial, reduce

from junheng.indicators.items.lists import above_required_degree, aged, full_time, of_schools, vocational
from junheng.indicators.registry import Formula, indicator
from junheng.indicators.units import STAGES
from junheng.kernel.codes import Level
from junheng.kernel.shapes import Count, Ratio, Sum, Total
from junheng.kernel.tables import Table
from junheng.register.tables import county_series, county_years, flows, population, pupils, school_stages, teachers
from junheng.standards import law

STANDARD = "statistics_2020"
HIGHER = {"primary": ("primary", "junior", "senior"), "junior": ("junior", "senior")}
LAST_PRESCHOOL_GRADE = 3
Enrolled = Callable[[int, int, int], Sum]  # of a school year, a first and a last age


def residents(year: int, least: int, most: int) -> Total:
    """Resident people of these ages; a year of birth that nobody counted leaves them unknown."""
    resident = population.only(population.basis == "resident")
    born = [Sum(resident.only(population.birth_year == year - age), population.people) for age in range(least, most + 1)]
    return reduce(operator.add, born[1:], Total.of(born[0]))


def enrolled(year: int, least: int, most: int, stages: tuple[str, ...]) -> Sum:
    """Children of these ages on the roll of one of the stages; suspended pupils are not counted."""
    return Count(pupils.only(pupils.stage.is_in(list(stages)) & (pupils.status != "suspended")
                             & aged(pupils.birth_year, year, least, most)))


def of_stage(stage: str) -> Table:
    return school_stages.only(school_stages.stage == stage)


def any_age(stage: str) -> Enrolled:
    """All pupils of a stage, of whatever age."""
    return lambda year, least, most: Sum(of_stage(stage), school_stages.pupils)


def _rate(item: str, name: str, zh: str, part: Enrolled, first: str, after: str, how: str, *, among: tuple[str, ...] = (),
          gap: int = 1) -> Formula:
    """A rate of the ages from one value of the law up to `gap` years before another."""
    @indicator(item=item, standard=STANDARD, among=among, zh=zh, unit="%", by="county", name=name, how=f"{how} × 100")
    def rate(year: int, least: int = law[first], end: int = law[after]) -> Ratio:
        """Children enrolled, of residents of the ages asked. Unit: percent; by year of birth.

        The net rate counts children of these ages alone, without suspended ones; the gross one all of the stage: it may pass 100.
        """
        return Ratio(part(year, least, end - gap), residents(year, least, end - gap), per=100)
    return rate


def _net(item: str, name: str, zh: str, stages: tuple[str, ...], first: str, after: str, how: str) -> None:
    _rate(item, name, zh, partial(enrolled, stages=stages), first, after, how, among=stages)


_net("st.nir.preschool", "net_enrolment_preschool", "学前三年净入园率", ("preschool",), "preschool_age", "primary_age",
     "3至5岁在园幼儿数（按出生年份，休学不计）÷ 同龄常住人口")
_net("st.nir.primary", "net_enrolment_primary", "小学净入学率", HIGHER["primary"], "primary_age", "junior_age",
     "小学学龄（6至11岁）在小学及以上就读的人数（休学不计）÷ 同龄常住人口")
_net("st.nir.junior", "net_enrolment_junior", "初中净入学率", HIGHER["junior"], "junior_age", "senior_age",
     "初中学龄（12至14岁）在初中及以上就读的人数（休学不计）÷ 同龄常住人口")
_net("st.nir.compulsory", "net_enrolment_compulsory", "义务教育入学率", HIGHER["primary"], "primary_age", "senior_age",
     "义务教育学龄（6至14岁）在小学及以上就读的人数（休学不计）÷ 同龄常住人口")
_gross_preschool = _rate("st.ger.preschool", "gross_enrolment_preschool", "学前三年毛入园率", any_age("preschool"),
                         "preschool_age", "primary_age", "在园幼儿数（不计年龄）÷ 3至5岁常住人口")
_rate("st.ger.primary", "gross_enrolment_primary", "小学毛入学率", any_age("primary"), "primary_age", "junior_age",
      "小学在校生数（不计年龄）÷ 6至11岁常住人口")
_rate("st.ger.junior", "gross_enrolment_junior", "初中毛入学率", any_age("junior"), "junior_age", "senior_age",
      "初中在校生数（不计年龄）÷ 12至14岁常住人口")
_rate("st.ger.hs", "gross_enrolment_senior", "高中阶段毛入学率", any_age("senior"), "senior_age", "senior_last_age",
      "高中阶段（普通高中和中职）在校生数 ÷ 15至17岁常住人口", gap=0)
indicator(item="xq.1.1", standard="preschool_2020", zh="学前三年毛入园率", unit="%", gap_unit="人", by="county",
          limit=law["preschool_enrolment"], judged=(Level.county,), name="gross_enrolment_preschool",
          how="在园幼儿数 ÷ 3至5岁常住人口 × 100")(_gross_preschool)


@indicator(item="st.preschool.last", standard=STANDARD, among=("preschool",), zh="学前一年入园率", unit="%", by="county",
           how="大班幼儿数 ÷ 5岁常住人口 × 100")
def last_preschool_year(year: int, after: int = law["primary_age"]) -> Ratio:
    """Children in the last year of kindergarten, of residents of 5. Unit: percent."""
    last = flows.only((flows.stage == "preschool") & (flows.grade == LAST_PRESCHOOL_GRADE) & (flows.flow_year == year))
    return Ratio(Sum(last, flows.roll), residents(year, after - 1, after - 1), per=100)


@indicator(item="tg.ret9", standard="policy_targets", zh="九年义务教育巩固率", unit="%", gap_unit="人", by="county",
           limit=law["retention_target"], judged=(Level.county,), how="同 st.ret9")
@indicator(item="st.ret9", standard=STANDARD, zh="九年义务教育巩固率", unit="%", by="county",
           how="今年初中毕业生数 ÷ 九年前小学招生数 × 100")
def nine_year_retention(year: int) -> Ratio:
    """Junior leavers of this summer, of the children who entered grade 1 nine years before. Unit: percent.

    Leaves out: transfers; a county that children move into or away from reads it beside st.ret3.
    """
    began = county_series.only((county_series.stage == "primary") & (county_series.series_year == year - 9))
    return Ratio(Sum(of_stage("junior"), school_stages.graduates), Sum(began, county_series.entrants), per=100)


@indicator(item="st.drop", standard=STANDARD, zh="辍学率", unit="%", scope="general",
           how="上一学年辍学人数 ÷ 学年初在校生数 × 100")
def dropout_rate(year: int) -> Ratio:
    """Pupils who dropped out in the last school year, of the roll at its start. Unit: percent."""
    last = flows.only(flows.flow_year == year - 1)
    return Ratio(Sum(last, flows.dropped_out), Sum(last, flows.roll), per=100)


@indicator(item="st.prom.primary", standard=STANDARD, zh="小学毕业生升学率", unit="%", by="county",
           how="初中招生数 ÷ 小学毕业生数 × 100（毛，可超过100）")
def promotion_primary() -> Ratio:
    """Junior entrants by primary leavers. Unit: percent; gross, may pass 100."""
    return Ratio(Sum(of_stage("junior"), school_stages.entrants), Sum(of_stage("primary"), school_stages.graduates), per=100)


@indicator(item="st.prom.junior", standard=STANDARD, zh="初中毕业生升学率", unit="%", by="county",
           how="高中阶段（普通高中和中职）招生数 ÷ 初中毕业生数 × 100（毛）")
def promotion_junior() -> Ratio:
    """Senior entrants, general and vocational, by junior leavers. Unit: percent; gross."""
    return Ratio(Sum(of_stage("senior"), school_stages.entrants), Sum(of_stage("junior"), school_stages.graduates), per=100)


@indicator(item="st.voc.roll", standard=STANDARD, zh="中职在校生占高中阶段比例", unit="%", by="county",
           how="中职在校生数 ÷ 高中阶段在校生数 × 100（按在校生）")
def vocational_roll() -> Ratio:
    """Vocational pupils, of all senior pupils: the general-vocational ratio by roll. Unit: percent."""
    senior = of_stage("senior")
    part = Sum(of_schools(senior, "vocational", vocational), school_stages.pupils)
    return Ratio(part, Sum(senior, school_stages.pupils), per=100)


@indicator(item="st.voc.entrants", standard=STANDARD, zh="中职招生占高中阶段比例", unit="%", by="county",
           how="中职招生数 ÷ 高中阶段招生数 × 100（按招生）")
def vocational_entrants() -> Ratio:
    """Vocational entrants, of all senior entrants: the general-vocational ratio by intake. Unit: percent."""
    senior = of_stage("senior")
    part = Sum(of_schools(senior, "vocational", vocational), school_stages.entrants)
    return Ratio(part, Sum(senior, school_stages.entrants), per=100)


@indicator(item="st.str", standard=STANDARD, zh="生师比", unit="人/人", scope="general", how="在校生数 ÷ 在岗专任教师数")
def pupils_per_teacher() -> Ratio:
    """Pupils for each full-time teacher of a stage. Unit: pupils per teacher. Leaves out: special and vocational schools."""
    return Ratio(Sum(school_stages, school_stages.pupils), Count(full_time))


@indicator(item="st.qual", standard=STANDARD, zh="专任教师学历合格率", unit="%", scope="general",
           how="达到规定学历（学前、小学高中阶段，初中专科，高中本科）的在岗专任教师数 ÷ 在岗专任教师数 × 100")
def qualified_teachers() -> Ratio:
    """Full-time teachers with the degree their stage requires. Unit: percent.

    | stage              | required       |
    |--------------------|----------------|
    | preschool, primary | senior         |
    | junior             | junior_college |
    | senior             | bachelor       |
    """
    bachelor = ["bachelor", "master", "doctor"]
    college = ["junior_college", *bachelor]
    qualified = ((teachers.stage.is_in(["preschool", "primary"]) & teachers.degree.is_in(["senior", *college]))
                 | ((teachers.stage == "junior") & teachers.degree.is_in(college))
                 | ((teachers.stage == "senior") & teachers.degree.is_in(bachelor)))
    return Ratio(Count(full_time.only(qualified)), Count(full_time), per=100, tolerates=True, within=True)


@indicator(item="st.qual.above", standard=STANDARD, zh="专任教师高于规定学历比例", unit="%",
           how="高于规定学历（小学专科及以上，初中本科及以上）的在岗专任教师数 ÷ 在岗专任教师数 × 100")
def teachers_above_required_degree() -> Ratio:
    """Full-time teachers of primary and junior whose degree is above the required one. Unit: percent."""
    return Ratio(Count(above_required_degree()), Count(full_time), per=100, tolerates=True, within=True)


@indicator(item="st.migrant.placed", standard=STANDARD, zh="进城务工人员随迁子女入学率", unit="%", by="county",
           how="小学、初中随迁子女数（公办、民办）÷ 符合条件随迁子女数 × 100")
def migrants_placed(year: int) -> Ratio:
    """Migrant children in any school, public or private, of those entitled this calendar year. Unit: percent; may pass 100."""
    compulsory = school_stages.only(school_stages.stage.is_in(STAGES))
    entitled = county_years.only(county_years.calendar_year == year)
    return Ratio(Sum(compulsory, school_stages.migrant_pupils), Sum(entitled, county_years.migrant_entitled), per=100)


def _share(item: str, zh: str, column: str) -> None:
    @indicator(item=item, standard=STANDARD, zh=zh, unit="%", scope="general", name=f"{column}_share",
               how=f"{zh.removesuffix('占比')}数 ÷ 在校生数 × 100")
    def share() -> Ratio:
        """Pupils of one kind, of all pupils of the stage. Unit: percent."""
        return Ratio(Sum(school_stages, getattr(school_stages, column)), Sum(school_stages, school_stages.pupils), per=100)


_share("st.boarders", "寄宿生占比", "boarders")
_share("st.migrant", "随迁子女占比", "migrant_pupils")
_share("st.left_behind", "留守儿童占比", "left_behind_pupils")
