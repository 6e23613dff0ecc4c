"""The permission matrix, as it is declared: on a page, and as a workbook."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from junheng.paper.sheets import Cell, Column, Sheet
from junheng.paper.xlsx import workbook_bytes
from junheng.people import audit
from junheng.people.codes import Role
from junheng.people.doors import Asked, needs
from junheng.people.pages import download
from junheng.people.permissions import Action, matrix

YES, NO = "●", ""
NOTE = "能否办理看本表；在哪里办理看任用的组织（含其下级）；科室干部能办的就是表中所列，局长、县教育局干部可按任用限定条线。"


@needs(Action.see_people)
def matrix_page(request: Asked) -> HttpResponse:
    rows = [(action, list(allowed.values())) for action, allowed in matrix()]
    return render(request, "people/permissions.html", {"roles": list(Role), "rows": rows, "note": NOTE})


@needs(Action.see_people)
def export(request: Asked) -> HttpResponse:
    audit.record(request.access.person, "permissions.export", "permissions")
    return download(workbook_bytes([_sheet()]), "permissions.xlsx")


def _sheet() -> Sheet:
    columns = (Column(("事项",), 30, "left"), Column(("条线",), 10, "left"), *(Column((role.zh,), 9, "center") for role in Role))
    rows = tuple(
        (
            Cell(action.zh),
            Cell(action.line.zh if action.line else "各条线"),
            *(Cell(YES if each else NO) for each in allowed.values()),
        )
        for action, allowed in matrix()
    )
    return Sheet("权限", "权限表", columns, rows, notes=(NOTE,))
