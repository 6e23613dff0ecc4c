"""What the commands about files and registers print: faults, imports, what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.kernel.codes import Severity
from junheng.kernel.faults import DataFaults, Fault
from junheng.paper.screen import say, tell
from junheng.register.tables import TABLES

if TYPE_CHECKING:
    from junheng.register.holding.accept import ImportResult


def faults(found: Sequence[Fault]) -> None:
    """Every fault on one line, then how many of each severity and what to do next."""
    for fault in sorted(found, key=_workbook_order):
        say(f"{fault.severity.zh} {fault.sentence()}")
    counts = {severity: sum(fault.severity is severity for fault in found) for severity in Severity}
    say("、".join(f"{severity.zh} {count} 条" for severity, count in counts.items()))
    if counts[Severity.error]:
        say("有错误 -> 按每行末尾的提示改正后重新检查")
    elif counts[Severity.warning]:
        say("只有警告 -> 核实后改正，或导入时用 --reason 写明理由")
    else:
        say("可以导入 -> junheng import ... --city 城市目录 --year 学年")


def _workbook_order(fault: Fault) -> tuple[str, int, str, int, str]:
    """As a reader goes through a file: sheets in the order of the template, rows from the top."""
    place = next((number for number, each in enumerate(TABLES.values()) if fault.sheet in (each.zh, each.name)), len(TABLES))
    return (fault.file, place, fault.sheet, fault.row, fault.column)


def refused(error: DataFaults) -> None:
    faults(error.faults)
    tell(str(error))


def imported(result: ImportResult) -> None:
    """What an import did to one year."""
    what = "已导入" if result.new else "内容与现行快照相同，未改动"
    notes = sum(fault.severity is not Severity.error for fault in result.faults)
    more = f"（提示或警告 {notes} 条，用 junheng check 查看）" if notes else ""
    say(f"{result.snapshot.year}学年：{what} {result.snapshot.id}{more}")
    if result.new and result.before:
        say(f"  更正 {result.before.id}：{result.difference()}")
    for digest in result.removed_originals:
        tell(f"保存期已满，已删除原件 {digest}")


def files(written: Sequence[Path]) -> None:
    if written:
        pages = [path for path in written if path.suffix == ".html"]
        say("已写出：\n" + "\n".join(f"  {path}" for path in written))
        say(f"打开这个文件看结果：{pages[0] if pages else written[0]}")
