"""What the county's offices hand in: funds by school, and documents on what no count can prove."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import ceil
from random import Random

from junheng.samples.county import YEAR, County, Row, School
from junheng.samples.variants import Variant

FUNDS_YUAN = {"preschool": 620, "primary": 850, "junior": 1050, "senior": 1200}
BOARDER_YUAN, SUBSIDY_YUAN = 300, 600
FEWEST_FUNDED = 100
# item -> (document, issued by, value)
DOCUMENTS: dict[str, tuple[str, str, str | None]] = {
    "yz.0": ("国家义务教育基本均衡发展县认定公告及年度监测报告", "教育督导委员会办公室", None),
    "yz.2.1": ("中小学校布局规划", "县人民政府", None),
    "yz.2.2": ("四统一实施情况报告", "县教育局", None),
    "yz.2.7": ("特殊教育生均公用经费拨付明细", "县财政局", "7200"),
    "yz.2.8": ("教师与公务员工资收入对比表", "县财政局", None),
    "yz.2.10": ("教职工编制和岗位核定文件", "县委编办", None),
    "yz.2.13": ("义务教育招生划片与入学统计", "县教育局", None),
    "yz.2.14": ("优质高中指标到校分配表", "市教育局", "62.5"),
    "yz.2.15": ("随迁子女入学统计", "县教育局", "96.4"),
    "yz.2.15.care": ("留守儿童关爱工作情况报告", "县人民政府", None),
    "yz.3.1": ("初中三年巩固率核算表", "县教育局", "99.12"),
    "yz.3.2": ("适龄残疾儿童少年入学台账", "县残联、县教育局", "97.8"),
    "yz.3.3": ("学校章程核准与信息化管理台账", "县教育局", None),
    "yz.3.4": ("教师培训经费决算表", "县财政局", "6.3"),
    "yz.3.5": ("信息化教学能力测评报告", "县教师发展中心", None),
    "yz.3.6": ("德育工作和校园文化建设评估", "县政府教育督导室", None),
    "yz.3.7": ("课程开设情况检查通报", "县政府教育督导室", None),
    "yz.3.8": ("学生课业负担监测报告", "县政府教育督导室", None),
    "yz.3.9": ("国家义务教育质量监测结果报告", "教育质量监测中心", None),
    "yz.4.1": ("社会认可度调查报告", "第三方调查机构", "92.35"),
    "yz.V": ("一票否决事项自查报告", "县人民政府", None),
    "xq.2.5": ("幼儿园党建工作全覆盖情况", "县教育局", None),
    "xq.2.6": ("幼儿园布局规划和用地保障文件", "县人民政府", None),
    "xq.2.7": ("幼儿园收费标准和公示情况", "县发展和改革局", None),
    "xq.2.8": ("幼儿教师工资社保待遇核查表", "县人力资源和社会保障局", None),
    "xq.2.9": ("幼儿园安全风险防控检查记录", "县教育局", None),
    "xq.2.10": ("无证幼儿园清理整治台账", "县教育局", None),
    "xq.3.5": ("幼儿园保育教育质量评估报告", "县政府教育督导室", None),
    "xq.4": ("学前教育社会认可度调查报告", "第三方调查机构", "93.1"),
    "jb.gate": ("义务教育学校办学基本标准达标验收表", "省教育厅", None),
    "jb.score": ("县级人民政府推进义务教育均衡发展工作评分表", "省政府教育督导室", "93"),
}
DRAWN_UP = date(YEAR, 6, 30)


def evidence_rows(county: County, variant: Variant) -> list[Row]:
    """One document for every item that rests on one; a county that fails has gathered none."""
    if not variant.evidence:
        return []
    rows = [_document(county.code, item, *words, DRAWN_UP) for item, words in DOCUMENTS.items()]
    # an older survey: the later one is the figure of record
    older = _document(county.code, "yz.4.1", "社会认可度调查报告（上年）", "第三方调查机构", "90.2", date(YEAR - 1, 6, 30))
    return [*rows, older]


def _document(county: str, item: str, document: str, issued_by: str, value: str | None, day: date) -> Row:
    return {"year": YEAR, "item": item, "place_code": county, "document": document, "document_no": None,
            "issued_by": issued_by, "day": day, "result": "met", "value": None if value is None else Decimal(value),
            "file": f"佐证/{item}-{day.year}.pdf"}


def money_rows(school: School, stages: list[Row], variant: Variant, rng: Random) -> list[Row]:
    """Operating funds and training money of this calendar year and the last; subsidies of private kindergartens."""
    pupils = school.all_pupils
    funded = max(pupils, FEWEST_FUNDED) if variant.small_schools_funded else pupils
    norm = sum(FUNDS_YUAN[stage] * count for stage, count in school.pupils.items()) // pupils
    boarders = sum(row["boarders"] for row in stages)
    funds = norm * funded + BOARDER_YUAN * boarders
    rows = [_money(school, "operating_funds", year, funds, funded) for year in (YEAR - 1, YEAR)]
    low, high = variant.training_share
    rows += [_money(school, "training", year, ceil(funds * rng.uniform(low, high)), None) for year in (YEAR - 1, YEAR)]
    if school.inclusive:
        rows += [_money(school, "inclusive_subsidy", year, SUBSIDY_YUAN * pupils, pupils) for year in (YEAR - 1, YEAR)]
    return rows


def special_money(school: School, children: int, variant: Variant) -> list[Row]:
    """Operating funds for the children with a disability of a school."""
    return [_money(school, "special_education", year, variant.special_funds_yuan * children, children)
            for year in (YEAR - 1, YEAR)]


def _money(school: School, item: str, year: int, yuan: int, funded: int | None) -> Row:
    return {"year": YEAR, "school_id": school.school_id, "item": item, "calendar_year": year, "budget_yuan": Decimal(yuan),
            "settled_yuan": Decimal(yuan), "pupils_funded": funded}
