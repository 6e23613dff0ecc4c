"""一票否决自查表: the matters, and the documents that speak of them."""

from __future__ import annotations

from junheng.indicators.forms import cells
from junheng.indicators.forms.layout import NUMBER, sheet
from junheng.indicators.forms.papers.context import FormContext, Record, not_handed_in
from junheng.indicators.forms.papers.people import day, unfilled
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.register.codes import EvidenceResult

ITEM = "yz.V"
MATTERS = (  # 教督〔2017〕6号 第十一条; whether each was read on a page that quotes the rule
    ("以考试方式招生", True),
    ("违规择校", True),
    ("设置重点学校、重点班", True),
    ("“有编不补”或长期聘用编外教师", False),
    ("发生重大安全责任事故和严重违纪违规事件", False),
    ("弄虚作假", False),
)


def veto(context: FormContext) -> list[Sheet]:
    """Two sheets: the matters with the result of the county's own check; the documents behind it."""
    held = [row for row in context.county_rows("evidence") if row["item"] == ITEM]
    return [_matters(context, held), _documents(context, held)]


def _matters(context: FormContext, held: list[Record]) -> Sheet:
    columns = (
        NUMBER,
        Column(("事项",), 46, "left"),
        Column(("规定",), 26, "left"),
        Column(("有无发生",), 12, "center"),
        Column(("自查情况说明",), 40, "left"),
        Column(("责任人",), 12, "center"),
    )
    rows = [
        (Cell(number), Cell(matter), _paper(read), Cell(), Cell(), Cell())
        for number, (matter, read) in enumerate(MATTERS, start=1)
    ]
    said = context.facts.county(ITEM, "all")
    whole = (Cell(), Cell("全部事项（依据佐证材料）"), Cell(), cells.whole_verdict(said), Cell(_papers(held)), Cell())
    note = "各事项由填表人逐项填写；合计行为登记的佐证材料所述，材料只说明事项整体，不分事项。"
    return sheet(context.facts, "一票否决自查", "一票否决事项自查表", columns, rows, totals=(whole,), notes=(note,),
                 text=not_handed_in(context, "evidence"))


def _paper(read: bool) -> Cell:
    return Cell("教督〔2017〕6号") if read else Cell(cells.UNCONFIRMED, Role.waiting)


def _papers(held: list[Record]) -> str:
    return "；".join(row["document"] for row in held)


def _documents(context: FormContext, held: list[Record]) -> Sheet:
    columns = (
        NUMBER,
        Column(("材料名称",), 44, "left"),
        Column(("文号",), 22, "left"),
        Column(("发文单位",), 22, "left"),
        Column(("形成日期",), 12, "center"),
        Column(("材料所述",), 12, "center"),
        Column(("电子件",), 30, "left"),
    )
    rows = [_document(number, row) for number, row in enumerate(held, start=1)]
    text = not_handed_in(context, "evidence") or (() if rows else ("没有登记一票否决事项的佐证材料。",))
    return sheet(context.facts, "佐证材料", "一票否决事项佐证材料目录", columns, rows, text=text)


def _document(number: int, row: Record) -> Row:
    result = row["result"]
    return (
        Cell(number), Cell(row["document"]), Cell(row["document_no"] or "—"), Cell(row["issued_by"] or "—"),
        day(row["day"], "—"), Cell(EvidenceResult[result].zh) if result else unfilled(), Cell(row["file"] or "—"),
    )
