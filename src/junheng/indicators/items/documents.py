"""What no count proves: items that a document attests, with the value read from it where the rule states one."""

from __future__ import annotations

from junheng.indicators.registry import indicator
from junheng.kernel.codes import Level
from junheng.kernel.shapes import Attested
from junheng.standards import Limit, law

QUALITY, BASIC, PRESCHOOL = "quality_balance_2017", "basic_balance_2012", "preschool_2020"


def attested(item: str, standard: str, name: str, zh: str, limit: Limit | None = None) -> None:
    """Declare an item that rests on the `evidence` table: no row needs evidence; a value is held against the limit."""

    @indicator(item=item, standard=standard, zh=zh, by="group", levels=(Level.county,),
               judged=(Level.county,), limit=limit, unit=limit.unit if limit else "", name=name,
               how="由材料佐证；材料载有数值的，与标准比较")
    def document() -> Attested:
        """Attested by a document of the county; its result, and its value where the rule states a limit."""
        return Attested(limit.unit if limit else "")


attested("yz.0", QUALITY, "preconditions", "前置条件：基本均衡认定满三年且年度监测保持较高水平")
attested("yz.2.1", QUALITY, "layout_plan", "学校规划布局合理")
attested("yz.2.2", QUALITY, "unified_standards", "城乡建设、编制、生均公用经费、装备标准统一")
attested("yz.2.10", QUALITY, "posts_allotted", "县级统筹分配编制和岗位")
attested("yz.2.15.care", QUALITY, "left_behind_care", "留守儿童关爱体系")
attested("yz.3.3", QUALITY, "charters_and_management", "学校章程与管理、教学信息化")
attested("yz.3.5", QUALITY, "digital_teaching", "教师信息化教学能力")
attested("yz.3.6", QUALITY, "moral_education", "德育工作与校园文化")
attested("yz.3.7", QUALITY, "full_curriculum", "课程开齐开足")
attested("yz.3.8", QUALITY, "homework_load", "无过重课业负担")
attested("yz.3.9", QUALITY, "quality_monitoring", "国家义务教育质量监测")
attested("yz.4.1", QUALITY, "social_recognition", "社会认可度", law["social_recognition"])
attested("yz.V", QUALITY, "veto", "一票否决事项自查")
attested("jb.gate", BASIC, "basic_school_standard", "每所学校达到省定办学基本标准")
attested("jb.score", BASIC, "county_work_score", "县级政府推进工作得分", law["county_work_score"])
for _number, (_name, _zh) in enumerate((
        ("party_leadership", "党的领导"), ("kindergarten_plan", "发展规划"), ("kindergarten_fees", "收费合理"),
        ("kindergarten_pay", "教师工资待遇落实"), ("kindergarten_safety", "安全风险防控"),
        ("kindergarten_oversight", "监管制度健全、无证园清零、近两年无重大责任事故")), start=5):
    attested(f"xq.2.{_number}", PRESCHOOL, _name, _zh)
attested("xq.3.5", PRESCHOOL, "play_based_care", "科学保教、无小学化")
attested("xq.4", PRESCHOOL, "preschool_recognition", "学前教育社会认可度", law["preschool_recognition"])
