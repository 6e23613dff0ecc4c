"""What the pages draw of rows and differences: codes in the words people read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from django.utils.translation import gettext

from junheng.kernel.codes import Severity
from junheng.register.models import SchoolSubmission, VersionChange
from junheng.register.tables import TABLES

CHANGES = {"added": ("新增", "met"), "removed": ("删去", "not_met"), "changed": ("改动", "working")}
Cell = tuple[str | None, int | None, str]  # sheet, row, column
MOST_CELLS = 6  # of one added or removed row


def sheets_of(one: SchoolSubmission) -> list[dict[str, Any]]:
    """The sheets of a submission, with their rows; `rows` None where a sheet was not handed in and stays as it was."""
    handed = [{"zh": TABLES[name].zh, "rows": rows} for name, rows in one.rows.items() if name in TABLES]
    return handed + [{"zh": TABLES[name].zh, "rows": None} for name in one.missing if name in TABLES]


def changes_by_table(one: SchoolSubmission) -> list[dict[str, Any]]:
    """The difference of a submission, table by table."""
    rows: dict[str, list[dict[str, Any]]] = {}
    unread = frozenset(one.faults.filter(severity=Severity.error.name).values_list("sheet", "row", "column"))
    for row in one.difference.get("rows", []):
        rows.setdefault(row["table"], []).append(change(row, leave_out=("school_id",), unread=unread))
    return [summed(each) | {"changes": rows.get(each["table"], [])} for each in one.difference.get("summary", [])]


def summed(counts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "table": counts["table"],
        "zh": TABLES[counts["table"]].zh,
        "added": counts["added"],
        "removed": counts["removed"],
        "changed": counts["changed"],
        "all": counts["added"] + counts["removed"] + counts["changed"],
    }


def versions_changes(rows: Iterable[VersionChange]) -> list[dict[str, Any]]:
    return [
        change(
            {
                "table": each.table,
                "change": each.change,
                "key": each.key,
                "cells": each.cells,
                "before": each.before,
                "after": each.after,
            }
        )
        | {"school_id": each.school_id}
        for each in rows
    ]


def change(row: Mapping[str, Any], leave_out: Iterable[str] = (), unread: AbstractSet[Cell] = frozenset()) -> dict[str, Any]:
    """One row that differs: which it is, its cells as they were and as they became, where it stands.

    What somebody wrote and nobody can read is not what he left empty: `unread` are the cells with such a fault.
    """
    columns, zh_look, place = TABLES[row["table"]].columns, CHANGES[row["change"]], row["after"] or {}
    at = place.get("sheet"), place.get("row")
    cells = [{"zh": columns[name].zh, "before": cell["before"], "after": cell["after"],
              "unread": cell["after"] is None and (*at, name) in unread}
             for cell in row["cells"] for name in (cell["column"],)]
    kept = cells if row["change"] == "changed" else cells[:MOST_CELLS]
    key = [{"zh": columns[name].zh, "value": value} for name, value in row["key"].items() if name not in leave_out]
    return {
        "change": row["change"],
        "zh": gettext(zh_look[0]),
        "look": zh_look[1],
        "key": key,
        "cells": kept,
        "more": len(cells) - len(kept),
        "place": row["after"] or row["before"],
    }
