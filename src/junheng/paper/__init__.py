"""Writers that know no room: sheets in, a workbook or a Word document out; cards, charts and sheets in, one html page out.

`xlsx.write_workbook(path, sheets)`, `html.write_page(path, page)`, `annotated_html.write_annotated(path, page)` of a text with
marks; all write whole or not at all. Official papers:
`xlsx.paper_bytes(paper)`, `docx.paper_bytes(paper)`, from the same sheets. Equal input gives equal bytes.
Shapes: `sheets.Sheet`, `sheets.Paper`, `page.Page`. Apache ECharts is vendored and inlined.
"""
