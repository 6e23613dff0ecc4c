"""What `junheng diff` and `junheng lineage` print: what changed between two versions, and what became of a school."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from junheng.paper.screen import say, table, tell
from junheng.register.codes import SchoolKind, Tree
from junheng.register.tables import TABLES
from junheng.screens.words import SHOWN_ROWS, say_rest

if TYPE_CHECKING:
    from junheng.register.holding.differences import Difference
    from junheng.register.lineage import History, Lineage
    from junheng.register.lineage.events import Event

SHOWN_CELLS = 6
CHANGES = {"added": "新增", "removed": "删去", "changed": "改动"}


def difference(found: Difference) -> None:
    """What differs between two versions: counts, then of each table the first rows, where they stand and what made them so."""
    say(f"{found.before.id} → {found.after.id}")
    for version in found.versions:
        withdrawn = "、".join(version.manifest.get("withdrawn", []))
        say(f"  {version.id}：{version.manifest['reason'] or '首次导入'}" + (f"（撤回 {withdrawn}）" if withdrawn else ""))
    if not found.tables:
        say("各表内容相同")
    else:
        table("改动汇总", ["表", "新增#", "删去#", "改动#"],
              [[row["zh"], str(row["added"]), str(row["removed"]), str(row["changed"])] for row in found.summary()])
    names = _school_names(found)
    for each in found.tables:
        rows = each.entries(found.versions, limit=SHOWN_ROWS, words=True)
        say("")
        table(f"{TABLES[each.table].zh}（共 {each.rows.height} 行）", ["改动", "行", "内容", "原在", "现在", "版本"],
              [_row(row, names) for row in rows])
        say_rest(each.rows.height - SHOWN_ROWS, "行")
    for (change, school), sheets in found.sheets.group_by("change", "school_id", maintain_order=True):
        what = "新报的表" if change == "added" else "不再有的表"
        say(f"{what}：{'、'.join(TABLES[name].zh for name in sheets['table'])} {school}".rstrip())


def _school_names(found: Difference) -> Mapping[str, str]:
    held = [each.table("schools").select("school_id", "name") for each in (found.before, found.after) if each.has("schools")]
    return {code: name for names in held for code, name in names.iter_rows()}


def _row(row: dict[str, Any], names: Mapping[str, str]) -> list[str]:
    columns = TABLES[row["table"]].columns
    key = "，".join(f"{names.get(text, '')} {text}".strip() for text in row["key"].values() if text)
    cells = [f"{columns[cell['column']].zh} {_change(row['change'], cell)}" for cell in row["cells"]]
    more = f" 等 {len(cells)} 项" if len(cells) > SHOWN_CELLS else ""
    versions = dict.fromkeys(cell["snapshot"].split("-")[1] for cell in row["cells"] if cell["snapshot"])
    return [CHANGES[row["change"]], key, "，".join(cells[:SHOWN_CELLS]) + more, _place(row["before"]), _place(row["after"]),
            "、".join(versions)]


def _change(change: str, cell: dict[str, Any]) -> str:
    if change == "changed":
        return f"{cell['before'] or '空'} → {cell['after'] or '空'}"
    return str(cell["after"] if change == "added" else cell["before"])


def _place(place: dict[str, Any] | None) -> str:
    return f"{place['file']} {place['sheet']} 第{place['row']}行" if place else "-"


def history(found: History, told: Lineage) -> None:
    """A school's names, events and groups, and who carries its history on; `told` has the names of the other schools."""
    def named(code: str | None) -> str:
        return _named(told, code)
    standing = found.standing
    how = (f"{standing.name or '名称不详'}，{_kind(standing.kind)}，所在区划 {standing.place_code or '不详'}" if standing
           else "不在办")
    say(f"{found.school_id}｜{found.day}｜{how}")
    table("校名", ["名称", "自", "至"], [[each.name, str(each.since or "-"), str(each.until or "-")] for each in found.names])
    if found.events:
        say("")
        table("沿革", ["生效日期", "事项", "学校", "相关学校", "内容", "批准文号", "来源快照"],
              [_event(each, named) for each in found.events])
    if found.succession.way:
        steps = [f"{each.event_day} {named(each.ended)} {each.zh} {named(each.heir)}".strip() for each in found.succession.way]
        say(f"{found.day} 由 {named(found.succession.school_id)} 承接：{'，'.join(steps)}")
    if found.succession.closed:
        say(f"{found.succession.closed} 起无承接学校")
    if found.succession.parts:
        say(f"分设出的学校：{'、'.join(map(named, found.succession.parts))}")
    if found.carries:
        say(f"承接的学校：{'、'.join(map(named, found.carries))}")
    for each in found.groups:
        say(f"{Tree[each.tree].zh}：{each.group_name}（{each.group_id}），自 {each.from_day} 起"
            + ("，牵头校" if each.leads else ""))
    for flaw in told.flaws:
        if flaw.event.names(found.school_id):
            tell(f"警告 {flaw.sentence()}")


def _named(told: Lineage, code: str | None) -> str:
    """A school by the last name it had, and its code."""
    last = told.last_standing(code, date.max) if code else None
    return " ".join(filter(None, (last.name if last else "", code)))


def _event(event: Event, named: Callable[[str | None], str]) -> list[str]:
    former = event.former_name or event.former_place_code or (_kind(event.former_kind) if event.former_kind else "")
    told = f"原为 {former}" if former else ""
    moved = f"迁往 {event.place_code}" if event.place_code else ""
    return [str(event.event_day), event.zh, named(event.school_id), named(event.other_school_id) or "-",
            "，".join(filter(None, (told, moved))) or "-", event.paper or "-", event.snapshot]


def _kind(kind: str | None) -> str:
    return SchoolKind[kind].zh if kind and kind in SchoolKind.__members__ else "类型不详"
