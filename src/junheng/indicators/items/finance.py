"""教育投入 and 公用经费: two that never fall, three that grow, the surcharge, and the norm of operating funds."""

from __future__ import annotations

from fractions import Fraction

from junheng.indicators.items.guarantee import UP_TO_COUNTY
from junheng.indicators.registry import indicator
from junheng.indicators.units import EVERY_STAGE, STAGES
from junheng.kernel.codes import Level
from junheng.kernel.shapes import Count, Ratio, Sum, Total, Trend
from junheng.kernel.tables import Table
from junheng.register.tables import county_series, county_years, money, school_stages, schools
from junheng.standards import law

STANDARD, FUNDS = "education_spending", "operating_funds"
COUNTY = (Level.county,)
MONTHS = 12


def _of_year(year: int) -> Table:
    return county_years.only(county_years.calendar_year == year)


def _growth(column: str, year: int) -> Ratio:
    """What a column of county_years was in the last full calendar year, by the year before it."""
    return Ratio(Sum(_of_year(year - 1), getattr(county_years, column)), Sum(_of_year(year - 2), getattr(county_years, column)))


def _per_pupil(column: str, year: int, months: int) -> Ratio:
    """Money of a calendar year by its mean roll: last autumn's for `months` months, this autumn's for the rest."""
    def of(series_year: int) -> Table:
        return county_series.only(county_series.series_year == series_year)
    mean_roll = (Fraction(months, MONTHS) * Sum(of(year - 1), county_series.roll)
                 + Fraction(MONTHS - months, MONTHS) * Sum(of(year), county_series.roll))
    return Ratio(10_000 * Sum(of(year), getattr(county_series, column)), mean_roll)


def _growth_per_pupil(column: str, year: int, months: int) -> Trend:
    return Trend(_per_pupil(column, year - 1, months), _per_pupil(column, year - 2, months))


@indicator(item="fin.4", standard=STANDARD, zh="财政性教育经费占地区生产总值比例", unit="%", by="county",
           how="上一财政年度财政性教育经费 ÷ 地区生产总值 × 100；4%是全国目标，县级只作参照")
def public_money_of_gdp(year: int) -> Ratio:
    """Public money for education by GDP in the last full calendar year. Unit: percent. 4 % is a national target: no verdict."""
    rows = _of_year(year - 1)
    return Ratio(Sum(rows, county_years.fiscal_education_10k_yuan), Sum(rows, county_years.gdp_10k_yuan), per=100)


@indicator(item="fin.two.budget", standard=STANDARD, zh="一般公共预算教育支出只增不减", unit="倍", gap_unit="万元", by="county",
           limit=law["never_falling"], judged=COUNTY, places=4, how="上一财政年度一般公共预算教育支出 ÷ 再上一年度")
def spending_never_falls(year: int) -> Ratio:
    """General-budget spending on education by that of the year before. Unit: times; 1 is enough."""
    return _growth("education_budget_10k_yuan", year)


@indicator(item="fin.two.per_pupil", standard=STANDARD, zh="生均一般公共预算教育支出只增不减", unit="倍", gap_unit="元",
           by="county", stages=EVERY_STAGE, limit=law["never_falling"], judged=COUNTY, places=4,
           how="上一财政年度生均支出 ÷ 再上一年度；年平均学生数 =（上年秋季在校生 × 8 + 当年秋季在校生 × 4）÷ 12")
def spending_per_pupil_never_falls(year: int, months: int = law["earlier_roll_months"]) -> Trend:
    """General-budget spending per pupil of a stage by that of the year before. Unit: times; 1 is enough.

    The pupils of a calendar year are the mean of two autumns, weighted by months, never the roll of 1 September.
    """
    return _growth_per_pupil("spending_10k_yuan", year, months)


@indicator(item="fin.three.appropriation", standard=STANDARD, zh="教育拨款增长高于财政经常性收入增长", unit="倍", by="county",
           limit=law["rising"], meets="above", judged=COUNTY, places=4,
           how="（上一财政年度一般公共预算教育支出 ÷ 再上一年度）÷（财政经常性收入 ÷ 再上一年度）")
def appropriation_outgrows_revenue(year: int) -> Trend:
    """Growth of education spending by growth of recurrent revenue. Unit: times; must be above 1."""
    return Trend(_growth("education_budget_10k_yuan", year), _growth("recurrent_revenue_10k_yuan", year))


@indicator(item="fin.three.per_pupil", standard=STANDARD, zh="生均教育费用增长", unit="倍", by="county",
           stages=EVERY_STAGE, limit=law["rising"], meets="above", judged=COUNTY, places=4, how="同 fin.two.per_pupil，须高于1")
def spending_per_pupil_grows(year: int, months: int = law["earlier_roll_months"]) -> Trend:
    """General-budget spending per pupil of a stage by that of the year before. Unit: times; must be above 1."""
    return _growth_per_pupil("spending_10k_yuan", year, months)


@indicator(item="fin.three.operating", standard=STANDARD, zh="生均公用经费增长", unit="倍", by="county", stages=EVERY_STAGE,
           limit=law["rising"], meets="above", judged=COUNTY, places=4, how="上一财政年度生均公用经费支出 ÷ 再上一年度")
def operating_funds_grow(year: int, months: int = law["earlier_roll_months"]) -> Trend:
    """Operating funds per pupil of a stage by those of the year before. Unit: times; must be above 1."""
    return _growth_per_pupil("operating_10k_yuan", year, months)


@indicator(item="fin.three.pay", standard=STANDARD, zh="教师工资增长", unit="倍", by="county",
           levels=(Level.county,), limit=law["rising"], meets="above", judged=COUNTY, places=4,
           how="上一财政年度教师平均工资收入 ÷ 再上一年度")
def teacher_pay_grows(year: int) -> Ratio:
    """Mean pay of teachers by that of the year before. Unit: times; must be above 1."""
    return _growth("teacher_mean_pay_yuan", year)


@indicator(item="fin.share", standard=STANDARD, zh="教育支出占一般公共预算支出比例", unit="%", by="county",
           how="上一财政年度一般公共预算教育支出 ÷ 一般公共预算支出 × 100")
def share_of_general_budget(year: int) -> Ratio:
    """Education's part of the general budget in the last full calendar year. Unit: percent; no verdict."""
    rows = _of_year(year - 1)
    return Ratio(Sum(rows, county_years.education_budget_10k_yuan), Sum(rows, county_years.general_budget_10k_yuan), per=100)


@indicator(item="fin.tax", standard=STANDARD, zh="教育费附加征收率", unit="%", gap_unit="万元", by="county",
           limit=law["surcharge_rate"], judged=COUNTY, how="上一财政年度教育费附加 ÷ 增值税消费税合计 × 100")
def education_surcharge(year: int) -> Ratio:
    """The education surcharge by the taxes it is laid on, in the last full calendar year. Unit: percent."""
    rows = _of_year(year - 1)
    return Ratio(Sum(rows, county_years.surcharge_10k_yuan), Sum(rows, county_years.taxes_10k_yuan), per=100)


@indicator(item="px.money", standard=STANDARD, zh="财政教师培训经费占教师工资总额比例", unit="%", by="county",
           how="上一财政年度财政教师培训经费 ÷ 教师工资总额 × 100；1%等为地方规定，县级只作参照")
def training_budget_of_pay(year: int) -> Ratio:
    """Training money of the county budget by the payroll of teachers. Unit: percent; local rules, no verdict."""
    rows = _of_year(year - 1)
    return Ratio(Sum(rows, county_years.training_budget_10k_yuan), Sum(rows, county_years.teacher_pay_10k_yuan), per=100)


def _of_stage(stage: str) -> Sum:
    return Sum(school_stages.only(school_stages.stage == stage), school_stages.pupils)


def _boarders() -> Sum:
    return Sum(school_stages.only(school_stages.stage.is_in(STAGES)), school_stages.boarders)


def _operating_budget(year: int) -> Total:
    rows = money.only((money.item == "operating_funds") & (money.calendar_year == year))
    return Total.of(Sum(rows, money.budget_yuan))


@indicator(item="gy.base", standard=FUNDS, zh="公用经费达到基准定额", unit="倍", gap_unit="元", by="school", scope="funded",
           places=4, limit=law["operating_norm_met"], judged=UP_TO_COUNTY, counts=True,
           how="本年度公用经费预算 ÷（小学在校生 × 定额 + 初中在校生 × 定额 + 寄宿生 × 增加额）；公办、100人及以上学校")
def operating_funds_norm(year: int, primary: int = law["operating_norm_primary"], junior: int = law["operating_norm_junior"],
                         boarding: int = law["boarding_norm"]) -> Ratio:
    """Operating funds budgeted this calendar year by what the norm gives for the pupils of record. Unit: times.

    Leaves out: private schools, schools of fewer than 100 pupils (gy.small).
    """
    return Ratio(_operating_budget(year), primary * _of_stage("primary") + junior * _of_stage("junior") + boarding * _boarders())


@indicator(item="gy.small", standard=FUNDS, zh="小规模学校公用经费达到按100人计的定额", unit="倍", gap_unit="元", by="school",
           places=4, scope="funded_small", limit=law["operating_norm_met"], judged=UP_TO_COUNTY, counts=True,
           how="本年度公用经费预算 ÷ 按100人计的定额（不足部分按小学定额）+ 寄宿生增加额；公办、不足100人学校")
def small_school_norm(year: int, least: int = law["pupils_funded_at_least"], primary: int = law["operating_norm_primary"],
                      junior: int = law["operating_norm_junior"], boarding: int = law["boarding_norm"]) -> Ratio:
    """Operating funds of a school of fewer than 100 pupils by the norm for 100; those missing count as primary. Unit: times."""
    missing = (least * primary) * Count(schools) + (junior - primary) * _of_stage("junior")
    return Ratio(_operating_budget(year), missing + boarding * _boarders())
