"""What the county's offices hand in: funds by school, and documents on what no count can prove."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from junheng.samples.county import COUNTY, YEAR, County, Row, School
from junheng.samples.variants import Variant

FUNDS_YUAN = {"primary": 850, "junior": 1050, "senior": 1200}
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
    "jb.gate": ("义务教育学校办学基本标准达标验收表", "省教育厅", None),
    "jb.score": ("县级人民政府推进义务教育均衡发展工作评分表", "省政府教育督导室", "93"),
}
DRAWN_UP = date(YEAR, 6, 30)


def evidence_rows(county: County, variant: Variant) -> list[Row]:
    """One document for every item that rests on one; a county that fails has gathered none."""
    if not variant.evidence:
        return []
    rows = [_document(item, *words, DRAWN_UP) for item, words in DOCUMENTS.items()]
    # an older survey: the later one is the figure of record
    return [*rows, _document("yz.4.1", "社会认可度调查报告（上年）", "第三方调查机构", "90.2", date(YEAR - 1, 6, 30))]


def _document(item: str, document: str, issued_by: str, value: str | None, day: date) -> Row:
    return {"year": YEAR, "item": item, "place_code": COUNTY, "document": document, "document_no": None,
            "issued_by": issued_by, "day": day, "result": "met", "value": None if value is None else Decimal(value),
            "file": f"佐证/{item}-{day.year}.pdf"}


def money_rows(school: School, variant: Variant, rng: Random) -> list[Row]:
    """Operating funds of this calendar year and the last, and this year's training money."""
    pupils = school.all_pupils
    funded = max(pupils, FEWEST_FUNDED) if variant.small_schools_funded else pupils
    norm = sum(FUNDS_YUAN[stage] * count for stage, count in school.pupils.items()) // pupils
    funds = [_money(school, "operating_funds", year, norm * funded, funded) for year in (YEAR - 1, YEAR)]
    return [*funds, _money(school, "training", YEAR, round(norm * funded * rng.uniform(0.05, 0.07)), None)]


def _money(school: School, item: str, year: int, yuan: int, funded: int | None) -> Row:
    return {"year": YEAR, "school_id": school.school_id, "item": item, "calendar_year": year, "budget_yuan": Decimal(yuan),
            "settled_yuan": Decimal(yuan) if year < YEAR else None, "pupils_funded": funded}
