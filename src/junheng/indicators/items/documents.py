"""What no count proves: items that a document attests, with the value read from it where the rule states one."""

from __future__ import annotations

from junheng.indicators.registry import indicator
from junheng.kernel.codes import Level
from junheng.kernel.shapes import Attested
from junheng.standards import Limit, law

QUALITY, BASIC = "quality_balance_2017", "basic_balance_2012"


def attested(item: str, standard: str, name: str, zh: str, limit: Limit | None = None) -> None:
    """Declare an item that rests on the `evidence` table: no row needs evidence; a value is held against the limit."""

    @indicator(item=item, standard=standard, zh=zh, by="county", scope="county", levels=(Level.county,),
               judged=(Level.county,), limit=limit, unit=limit.unit if limit else "", name=name,
               how="由材料佐证；材料载有数值的，与标准比较")
    def document() -> Attested:
        """Attested by a document of the county; its result, and its value where the rule states a limit."""
        return Attested(limit.unit if limit else "")


attested("yz.0", QUALITY, "preconditions", "前置条件：基本均衡认定满三年且年度监测保持较高水平")
attested("yz.2.1", QUALITY, "layout_plan", "学校规划布局合理")
attested("yz.2.2", QUALITY, "unified_standards", "城乡建设、编制、生均公用经费、装备标准统一")
attested("yz.2.7", QUALITY, "special_education_funds", "特殊教育生均公用经费", law["special_education_funds"])
attested("yz.2.8", QUALITY, "teacher_pay", "教师平均工资不低于公务员")
attested("yz.2.10", QUALITY, "posts_allotted", "县级统筹分配编制和岗位")
attested("yz.2.13", QUALITY, "nearby_zones", "就近划片入学比例")
attested("yz.2.14", QUALITY, "quota_places", "优质高中招生名额分配", law["quota_places_share"])
attested("yz.2.15", QUALITY, "left_behind_and_migrant", "留守儿童关爱与随迁子女就读", law["migrant_place_share"])
attested("yz.3.1", QUALITY, "junior_retention", "初中三年巩固率", law["junior_retention"])
attested("yz.3.2", QUALITY, "disabled_enrolment", "残疾儿童少年入学率", law["disabled_enrolment"])
attested("yz.3.3", QUALITY, "charters_and_management", "学校章程与管理、教学信息化")
attested("yz.3.4", QUALITY, "training_money", "教师培训经费占公用经费预算比例", law["training_money_share"])
attested("yz.3.5", QUALITY, "digital_teaching", "教师信息化教学能力")
attested("yz.3.6", QUALITY, "moral_education", "德育工作与校园文化")
attested("yz.3.7", QUALITY, "full_curriculum", "课程开齐开足")
attested("yz.3.8", QUALITY, "homework_load", "无过重课业负担")
attested("yz.3.9", QUALITY, "quality_monitoring", "国家义务教育质量监测")
attested("yz.4.1", QUALITY, "social_recognition", "社会认可度", law["social_recognition"])
attested("yz.V", QUALITY, "veto", "一票否决事项自查")
attested("jb.gate", BASIC, "basic_school_standard", "每所学校达到省定办学基本标准")
attested("jb.score", BASIC, "county_work_score", "县级政府推进工作得分", law["county_work_score"])
