"""The words of the template: what each sheet and column asks for, and what Excel says to a wrong cell."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from junheng.kernel.columns import Column
from junheng.kernel.tables import Table

ASKS = {
    "places": "每个区划一行，先县、后乡镇、再村，上级须在表内（最高一级除外）。",
    "schools": "每所学校（教学点）一行，按9月1日的实际情况填写。",
    "school_stages": "每个学段一行，小学部、初中部分别填写；在校生数以9月1日学籍为准。",
    "sites": "每种权属状态一行；各学段共用的房屋场地全校填一次。",
    "rooms": "音乐、美术、实验、网络多媒体、计算机教室每间一行。",
    "assets": "全校一行；教学仪器设备按资产账原值填写。",
    "classes": "9月1日的每个教学班一行。",
    "teachers": "每名教职工一行；身份证号按文本填写，入库即替换为假名。",
    "recognitions": "每人每个称号一行；须是教师表所列人员。",
    "postings": "由派出学校填写，每人每次一行。",
    "training": "每人每个年度一行，填近五个年度的培训学时。",
    "venues": "每处租用的校外体育场地一行，没有则留空。",
    "money": "每所学校每个项目每个财政年度一行。",
    "memberships": "每所学校加入每个学区、联盟、集团或督学责任区一行。",
    "population": "每个区划每个出生年份、口径、性别一行；只在一级填报，不要县与乡镇重复。",
    "school_events": "每次设立、合并、分设、迁址、更名、变更、停办一行，附批准文号；并入由终止的学校填，分设由新学校填。",
    "flows": "每个年级、变动学年、性别、户籍一行；本学年只填年初在校生数和招生数。",
    "zones": "每所学校每个片区一行，填今年秋季新生。",
    "quota_places": "每所优质高中分给每所初中的名额一行。",
    "field_checks": "每所学校每个核查项目一行，填实地清点的数。",
    "staff_quota": "每所学校一行，填编制部门核定数。",
    "pupils": "每名在籍学生一行；身份证号按文本填写，入库即替换为假名。",
    "disabled_children": "每名适龄残疾儿童少年一行；三方名单比对后填写，入库即替换为假名。",
    "county_years": "每个县区每个财政年度一行，至少填近三年。",
    "county_series": "每个县区每个学段每年一行；九年巩固率需要九年前的招生数。",
    "evidence": "每份佐证材料一行，指标编号如 yz.2.1，全部编号见说明文档“指标”一页。",
}

FORMS = {"flag": "填 是 或 否", "day": "填日期，如 2025-09-01", "identity": "填18位身份证号（文本）"}

NOTE_LETTERS = 16  # Chinese letters on a line of a note

KEPT = (
    "带 * 的列（深色表头）必填；其余选填，不掌握的留空，不要填 0。空白表示不知道，0 表示没有。",
    "下拉列请从清单中选择；把鼠标移到表头，可看到该列怎么填。",
    "本校确实没有的（如没有租用场地），该表留空即可；暂时填不了的表，请把整张工作表删除。",
    "学校标识码、身份证号等按文本填写，不要改成数字格式，否则18位号码的末几位会丢失。",
    "日期写作 2025-09-01。面积、金额可带小数，不写单位。",
    "只有一所学校的工作簿，除“学校”表必填外，其他各表的“学校标识码”可以留空；不要改动表名、标题和表头。",
    "填完保存，交回教育局；可先用 junheng check 文件名 自查，逐格列出问题。",
)


def note(column: Column) -> str:
    """What a column asks for, as the note on its header says it."""
    asks = "必填" if not column.optional else "" if column.note else "选填，不掌握的留空"
    lines = [asks, column.note, _form(column)]
    return "\n".join(line for line in lines if line)


def note_size(words: str) -> dict[str, int]:
    """A note as high as its words need."""
    lines = sum(1 + len(line) // NOTE_LETTERS for line in words.splitlines())
    return {"width": 15 * NOTE_LETTERS, "height": 10 + 17 * lines, "font_size": 9}


def refusal(column: Column) -> dict[str, object]:
    """What Excel says to a cell that fails its test."""
    return {"error_title": column.zh[:32], "error_message": f"{_form(column)}。请改正；不掌握的留空。"[:255]}


def _form(column: Column) -> str:
    """The form of a value, in words."""
    if column.choices:
        return "请从下拉清单选择：" + "、".join(code.zh for code in column.choices)
    if column.kind in ("integer", "decimal"):
        kind = "整数" if column.kind == "integer" else f"数，至多 {column.scale} 位小数"
        return f"填{kind}，{column.least:f} 至 {column.most:f}{f'，单位{column.unit}' if column.unit else ''}"
    return "填10位学校标识码（文本）" if column.code_of == "school" else FORMS.get(column.kind, "")


def write_guide(book: xlsxwriter.Workbook, sheet: Worksheet, tables: list[Table]) -> None:
    """The first sheet: how to fill in, and which sheets there are."""
    base = {"font_name": "微软雅黑", "font_size": 11, "valign": "vcenter", "font_color": "#1F2937"}
    title = book.add_format({**base, "font_size": 16, "bold": True})
    words = book.add_format({**base, "text_wrap": True})
    head = book.add_format({**base, "bold": True, "bg_color": "#D5E8E4"})
    link = book.add_format({**base, "font_color": "#0F766E", "underline": 1})
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 86)
    sheet.write_string(0, 0, "学校基础数据表　填写说明", title)
    sheet.set_row(0, 36)
    for row, sentence in enumerate(KEPT, 1):
        sheet.write_string(row, 0, f"　第 {row} 条", words)
        sheet.write_string(row, 1, sentence, words)
        sheet.set_row(row, 24)
    below = len(KEPT) + 2
    sheet.set_row(below, 24)
    sheet.write_row(below, 0, ["工作表", "填什么"], head)
    for row, table in enumerate(tables, below + 1):
        sheet.write_url(row, 0, f"internal:'{table.zh}'!A3", link, table.zh)
        sheet.write_string(row, 1, ASKS[table.name], words)
        sheet.set_row(row, 22)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})
