"""Money of schools and counties by calendar year, long series, and the documents that attest what no count can."""

from __future__ import annotations

from junheng.kernel import columns as col
from junheng.kernel.codes import Stage
from junheng.kernel.tables import table
from junheng.register import codes
from junheng.register.tables.catalogue import register


@table(zh="经费", key=("year", "school_id", "item", "calendar_year"), into=register)
class money:
    """Money of a school by item and calendar year; funds run on the calendar year."""

    year = col.school_year()
    school_id = col.school_code()
    item = col.choice("经费项目", codes.MoneyItem)
    calendar_year = col.year("财政年度")
    budget_yuan = col.decimal("预算数", unit="元", most="1000000000", optional=True)
    settled_yuan = col.decimal("决算数", unit="元", most="1000000000", optional=True)
    pupils_funded = col.integer("拨款学生数", unit="人", most=30_000, optional=True)


@table(zh="佐证", key=("year", "item", "place_code", "document"), into=register)
class evidence:
    """What no count can prove: the document on an item of a standard, and what it says."""

    year = col.school_year()
    item = col.text("指标编号", note="如 yz.2.1；全部编号见说明文档“指标”一页")
    place_code = col.place_code("县区代码")
    document = col.text("材料名称")
    document_no = col.text("文号", optional=True)
    issued_by = col.text("发文单位", optional=True)
    day = col.day("形成日期", optional=True)
    result = col.choice("结论", codes.EvidenceResult, note="仅指材料所述，不代表认定结论")
    value = col.decimal("数值", unit="", scale=4, optional=True, note="如满意度 91.5；比例填百分数")
    file = col.text("电子件", optional=True)


@table(zh="县区年度", key=("year", "place_code", "calendar_year"), into=register)
class county_years:
    """What a county reports for a calendar year as a whole: revenue, budget, pay, migrant children."""

    year = col.school_year()
    place_code = col.place_code("县区代码")
    calendar_year = col.year("财政年度")
    gdp_10k_yuan = col.decimal("地区生产总值", unit="万元", most="10000000000", optional=True)
    fiscal_education_10k_yuan = col.decimal("财政性教育经费", unit="万元", most="1000000000", optional=True)
    recurrent_revenue_10k_yuan = col.decimal("财政经常性收入", unit="万元", most="1000000000", optional=True)
    general_budget_10k_yuan = col.decimal("一般公共预算支出", unit="万元", most="1000000000", optional=True)
    education_budget_10k_yuan = col.decimal("一般公共预算教育支出", unit="万元", most="1000000000", optional=True)
    teacher_pay_10k_yuan = col.decimal("教师工资总额", unit="万元", most="100000000", optional=True)
    training_budget_10k_yuan = col.decimal("财政教师培训经费", unit="万元", most="10000000", optional=True)
    teacher_mean_pay_yuan = col.decimal("义务教育教师平均工资收入", unit="元", most="2000000", optional=True, note="公办学校")
    civil_servant_mean_pay_yuan = col.decimal("公务员平均工资收入", unit="元", most="2000000", optional=True)
    taxes_10k_yuan = col.decimal("增值税消费税合计", unit="万元", most="1000000000", optional=True)
    surcharge_10k_yuan = col.decimal("教育费附加", unit="万元", most="100000000", optional=True)
    migrant_entitled = col.integer("符合条件随迁子女数", unit="人", most=1_000_000, optional=True)
    housing_kindergartens = col.integer("应配建小区配套园数", unit="所", most=5_000, optional=True)
    housing_kindergartens_handed_over = col.integer("已移交办成公办或普惠园数", unit="所", most=5_000, optional=True)


@table(zh="县区学段序列", key=("year", "place_code", "stage", "series_year"), into=register)
class county_series:
    """Long series of a county and stage: entrants of nine years back, rolls on 1 September, money by calendar year."""

    year = col.school_year()
    place_code = col.place_code("县区代码")
    stage = col.choice("学段", Stage)
    series_year = col.year("年份", note="招生、毕业、在校生为当年9月；经费为当年财政年度")
    entrants = col.integer("招生数", unit="人", most=1_000_000, optional=True)
    graduates = col.integer("毕业生数", unit="人", most=1_000_000, optional=True)
    roll = col.integer("在校生数", unit="人", most=10_000_000, optional=True)
    spending_10k_yuan = col.decimal("一般公共预算教育支出", unit="万元", most="100000000", optional=True)
    operating_10k_yuan = col.decimal("一般公共预算公用经费支出", unit="万元", most="100000000", optional=True)
    pay_10k_yuan = col.decimal("教师工资支出", unit="万元", most="100000000", optional=True)
