"""班额 and 学校规模: classes over the lines, the bands of the census, small schools."""

from __future__ import annotations

from junheng.indicators.items.lists import ordinary
from junheng.indicators.registry import ABOVE_SCHOOL, indicator
from junheng.kernel.codes import Level
from junheng.kernel.shapes import Count, Every, Ratio, Sum
from junheng.register.tables import classes, school_stages
from junheng.standards import law

STANDARD = "class_size"
BANDS = ((0, 25), (26, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 55), (56, 60), (61, 65), (66, None))


@indicator(item="sj.class", standard=STANDARD, zh="设计班额内的班", gap_unit="个班", places=4,
           judged=(Level.school, Level.township, Level.county),
           how="班额不超过设计班额（小学45人、教学点30人、初中50人）的普通班数 ÷ 普通班数")
def design_class_size(most: int = law["design_class_size"]) -> Every:
    """Every ordinary class within the design norm: primary 45, teaching point 30, junior 50. Unit: share of classes."""
    return Every(Count(ordinary.only(classes.pupils <= most)), Count(ordinary))


@indicator(item="st.big", standard=STANDARD, zh="大班额比例", gap_unit="个班", limit=law["large_class_share"], meets="at_most",
           judged=(Level.county,), places=4, how="56人及以上的普通班数 ÷ 普通班数；特教班不计")
def large_class_share(large: int = law["large_class"]) -> Ratio:
    """Share of ordinary classes that hold `large` pupils or more on 1 September.

    Unit: share of classes. Leaves out: special-education classes.

    | kind     | pupils | large? |
    |----------|--------|--------|
    | ordinary | 55     | no     |
    | ordinary | 56     | yes    |
    | special  | 60     | -      |
    """
    return Ratio(Count(ordinary.only(classes.pupils >= large)), Count(ordinary), tolerates=True, within=True)


@indicator(item="st.xbig", standard=STANDARD, zh="超大班额比例", gap_unit="个班", limit=law["extra_large_class_share"],
           meets="at_most", judged=(Level.county,), places=4, how="66人及以上的普通班数 ÷ 普通班数")
def extra_large_class_share(large: int = law["extra_large_class"]) -> Ratio:
    """Share of ordinary classes that hold 66 pupils or more. Unit: share of classes."""
    return Ratio(Count(ordinary.only(classes.pupils >= large)), Count(ordinary), tolerates=True, within=True)


def _band(number: int, least: int, most: int | None) -> None:
    words = f"{least}-{most}人" if most and least else f"{most}人及以下" if most else f"{least}人及以上"

    @indicator(item=f"st.bands.{number}", standard=STANDARD, zh=f"班额{words}", places=4, name=f"class_size_band_{number}",
               how=f"班额{words}的普通班数 ÷ 普通班数")
    def band() -> Ratio:
        """Share of ordinary classes in one band of the school census. Unit: share of classes."""
        inside = classes.pupils >= least if most is None else (classes.pupils >= least) & (classes.pupils <= most)
        return Ratio(Count(ordinary.only(inside)), Count(ordinary), tolerates=True, within=True)


for _number, (_least, _most) in enumerate(BANDS, start=1):
    _band(_number, _least, _most)


@indicator(item="bj.27", standard="school_size", zh="乡村小规模学校占比", by="school", levels=ABOVE_SCHOOL, counts=True,
           limit=law["rural_small_school"], meets="below", places=4, how="在校生不足100人的学校数 ÷ 学校数")
def small_schools() -> Sum:
    """Schools of fewer than 100 pupils of primary and junior, of all schools. Unit: share of schools; no limit is set."""
    return Sum(school_stages, school_stages.pupils)
