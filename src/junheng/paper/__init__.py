"""Writers that know no room: sheets in, a workbook out; cards, charts and sheets in, one html page out.

`xlsx.write_workbook(path, sheets)`, `html.write_page(path, page)`; both write whole or not at all;
equal input gives equal bytes. Shapes: `sheets.Sheet`, `page.Page`. Apache ECharts is vendored and inlined.
"""
