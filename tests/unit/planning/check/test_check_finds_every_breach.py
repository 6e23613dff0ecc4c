"""One number or word of a right plan changed at a time: the check names the condition that does not hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from junheng.kernel.faults import DataFaults
from junheng.planning.check import Condition, check
from junheng.planning.keeping import as_bytes, read_plan
from junheng.planning.not_allowed import REFUSED, sentence
from tests.unit.planning.check.tampering import Change, Planned, Told, again, breaches, measure, of, tampered
from tests.unit.planning.short_county import NINE_YEAR, POINT, POOR, PRIVATE, RICH


def put(*path: Any, to: Any = None, by: float | None = None) -> Change:
    """One value of the plan at another value, or by so much more."""

    def change(told: Told) -> None:
        at: Any = told
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = to if by is None else at[path[-1]] + by

    return change


def more(kind: str, /, **changes: Any) -> Change:
    """A measure more, like the first of a kind but for these fields."""
    return lambda told: again(told, kind, **changes)


def paid(kind: str, /, **changes: Any) -> Change:
    return lambda told: measure(told, kind)["payments"][0].update(changes)


def without(*path: str) -> Change:
    """The first row of a list left out."""
    return lambda told: told[path[0]].pop(0)


def level(**changes: Any) -> Change:
    return lambda told: next(row for row in told["levels"] if row["school"] == POOR and row["item"] == "yz.1.4").update(changes)


def pupils(school: str, many: int) -> Change:
    return lambda told: next(row for row in told["pupils"] if row["school"] == school and row["year"] == 2028).update(pupils=many)


def price(name: str, value: str) -> Change:
    return lambda told: next(row for row in told["prices"] if row["name"] == name).update(value=value)


def many_sites(told: Told) -> None:
    for number in range(6):
        again(told, "build", school=(RICH, POOR, POINT)[number % 3], stage="all", kind=("build", "hall")[number // 3])


UNKNOWN = {"county": "990101", "school": POOR, "stage": "primary", "item": "yz.1.6", "why": ""}
NATURAL = {"county": "990101", "school": POOR, "stage": "primary"}
EMPTY = {"county": "990101", "school": POOR, "stage": "all", "kind": "build", "amount": 89.0, "year": 2026, "later": 2031}
MOVE = {"source": RICH, "stage": "primary", "kind": "move_teacher"}
CHANGES: dict[str, tuple[Condition, Change]] = {
    # what may not be
    "a kind that is none": (Condition.kind, of("recall", kind="magic")),
    "a kind the user forbade": (Condition.kind, put("task", "forbid", to=["recall"])),
    "a kind the user did not allow": (Condition.kind, of("move_teacher", kind="move_intake", detail="")),
    # where, how much, when
    "a school that is not there": (Condition.place, of("recall", school="2199019999")),
    "another county": (Condition.place, of("recall", county="990102")),
    "a stage the school has not": (Condition.place, of("recall", stage="junior")),
    "equipment without its giver": (Condition.place, of("move_equipment", source="")),
    "from itself to itself": (Condition.place, of("move_teacher", source=POOR)),
    "a type of teacher that is none": (Condition.place, of("move_teacher", detail="head")),
    "a word nobody reads": (Condition.place, of("build", detail="9")),
    "nobody": (Condition.amount, of("recruit", amount=0)),
    "less than nobody": (Condition.amount, of("recruit", amount=-3)),
    "half a person": (Condition.amount, of("recruit", amount=3.5)),
    "another unit": (Condition.amount, of("build", unit="亩")),
    "the same twice": (Condition.once_told, more("recall")),
    "an item that it does not close": (Condition.closes, of("build", closes=["yz.1.5"])),
    "before the plan": (Condition.dates, of("recall", year=2025)),
    "after the plan": (Condition.dates, of("recall", year=2029, counted=2029)),
    "counted before it is done": (Condition.dates, of("build", counted=2027)),
    "begun too late": (Condition.dates, of("build", year=2028)),
    "lent for no year": (Condition.short_move, of("move_teacher", payments=[], cost=0)),
    # people
    "more recalled than are lent": (Condition.staff, of("recall", amount=2)),
    "more in study than lack a degree": (Condition.staff, of("degree_study", amount=60, detail="50")),
    "more than there are posts": (Condition.posts, of("recruit", amount=20)),
    "more turn to music than can be spared": (Condition.subject_need, of("retrain", school=RICH, amount=20)),
    "all finish": (Condition.graduates, of("degree_study", detail="3")),
    "half a graduate": (Condition.graduates, of("degree_study", detail="1.5")),
    "too many backbone teachers": (Condition.backbone_share, more("degree_study", kind="select_backbone", amount=9, detail="")),
    "too many in one year": (Condition.late_backbone, more("degree_study", kind="select_backbone", amount=9, detail="")),
    "chosen for the inspection": (Condition.late_backbone, more("retrain", kind="select_backbone", year=2028)),
    "more than the giver can spare": (Condition.spare, of("move_teacher", amount=20)),
    "too many in a year": (Condition.rotation, of("move_teacher", amount=20)),
    "from a private school": (Condition.distance, of("move_teacher", source=PRIVATE)),
    "visitors that do not count": (Condition.visitors, more("recruit_arts", kind="visit")),
    # rooms, grounds, equipment
    "more rooms than can be converted": (Condition.convertible, of("convert", amount=2000)),
    "a ground on no land": (Condition.free_land, of("level_ground", amount=90_000)),
    "a hut": (Condition.least_site, of("build", amount=5)),
    "too many sites": (Condition.sites, many_sites),
    "rent that does not count": (Condition.leased, more("convert", kind="lease_venue", unit="处", amount=1)),
    "equipment beyond the need": (Condition.need, of("buy_equipment", amount=9_000_000)),
    "network rooms beyond the need": (Condition.need, of("network_room", amount=60)),
    "a music room nobody asked for": (Condition.need, more("network_room", kind="music_room", stage="all", amount=1)),
    "equipment of a private school": (Condition.movable, of("move_equipment", source=PRIVATE)),
    "more than may be moved": (Condition.movable, of("move_equipment", amount=900_000)),
    "more than the giver can spare of equipment": (Condition.spare, of("move_equipment", source=POINT, amount=30_000)),
    # what the user asked
    "a demand missed": (Condition.demands, put("task", "demands", to=[
        {"kind": "hall", "school": "", "stage": "", "year": 0, "least": "1", "most": None}])),
    "a demand passed": (Condition.demands, put("task", "demands", to=[
        {"kind": "build", "school": POOR, "stage": "", "year": 0, "least": None, "most": "88"}])),
    "all must pass": (Condition.demands, put("task", "must_pass", to=True)),
    # money
    "a price": (Condition.prices, price("build_price", "3799")),
    "a cap": (Condition.prices, price("rotation_share", "1")),
    "a price that is only believed": (Condition.prices, put("prices", 0, "evidence", to="read")),
    "a price of another paper": (Condition.prices, put("prices", 0, "paper", to="某市造价站")),
    "a channel that nobody gave": (Condition.prices, put("task", "channels", "990101", to=[{"channel": "bond", "a_year": None}])),
    "a cost": (Condition.cost, of("build", cost=338_100)),
    "an amount that is not paid for": (Condition.cost, of("build", amount=88)),
    "a payment": (Condition.payments, paid("build", yuan=169_000)),
    "a payment in another year": (Condition.payments, paid("build", year=2028)),
    "a payment of another kind": (Condition.payments, paid("recruit", money="works")),
    "pay out of a bond": (Condition.channels, paid("recruit", channel="bond")),
    "public money for a private school": (Condition.channels, lambda told: measure(told, "convert", school=PRIVATE)[
        "payments"][0].update(channel="county")),
    "a year over budget": (Condition.budget, put("task", "budget", to=400_000)),
    "the sum": (Condition.totals, put("cost", by=1)),
    "the sum of a county": (Condition.totals, put("counties", 0, "cost", by=1)),
    "the bound": (Condition.totals, put("bound", by=-500)),
    "a bound above the cost": (Condition.totals, put("counties", 0, "bound", by=90_000)),
    "the gap": (Condition.totals, put("counties", 0, "gap", by=-0.0005)),
    "what is paid after": (Condition.totals, put("counties", 0, "running_after", by=1)),
    "who goes elsewhere": (Condition.totals, put("counties", 0, "pupils_moved", to=1)),
    "proven where it is not": (Condition.status, put("counties", 0, "status", to="optimal")),
    "a better end than the worst county": (Condition.status, put("status", to="optimal")),
    # what it was made for
    "another kind of plan": (Condition.task, put("task", "kind", to="layout")),
    "another name of the county": (Condition.task, put("counties", 0, "name", to="邻县")),
    "years": (Condition.task, put("task", "years", to=2)),
    "a margin beyond all": (Condition.task, put("task", "margin", to=0.9)),
    "another margin": (Condition.levels, put("task", "margin", to=0.02)),
    "a county left out": (Condition.task, put("task", "counties", to=[])),
    "a standard nobody plans for": (Condition.task, put("task", "standard", to="basic_balance_2012")),
    "a price of no list": (Condition.task, put("task", "times", to={"magic": "2"})),
    # what comes of it
    "pupils": (Condition.pupils, pupils(POOR, 119)),
    "pupils left out": (Condition.pupils, without("pupils")),
    "the verdict": (Condition.verdict, put("counties", 0, "verdict_after", to="met")),
    "the verdict of today": (Condition.verdict, put("counties", 0, "verdict_before", to="met")),
    "schools failing": (Condition.schools, put("counties", 0, "schools_failing_after", by=-1)),
    "schools failing today": (Condition.schools, put("counties", 0, "schools_failing_before", by=-1)),
    "a level of today": (Condition.levels, level(now=3.1)),
    "a level if nothing is done": (Condition.levels, level(undone=3.1)),
    "a level by plan": (Condition.levels, level(planned=9.0)),
    "a level by plan in its sixth place": (Condition.levels, lambda told: told["levels"][0].update(
        planned=told["levels"][0]["planned"] + 0.00001)),
    "a limit": (Condition.levels, level(limit=4.4)),
    "what fails": (Condition.levels, level(fails=[])),
    "a level left out": (Condition.levels, without("levels")),
    "a standing": (Condition.levels, put("standings", 0, "planned", to="unknown")),
    "a standing left out": (Condition.levels, without("standings")),
    "a gap left out": (Condition.unmet, without("unmet")),
    "a gap made small": (Condition.unmet, put("unmet", 0, "short", to=0.01)),
    "a gap of the margin only": (Condition.unmet, put("unmet", 0, "meets_limit", to=True)),
    "fewer failures": (Condition.unmet, put("counties", 0, "failures", by=-1)),
    "more than the fewest": (Condition.unmet, put("counties", 0, "fewest_failures", by=1)),
    "unknown that is known": (Condition.unknown, lambda told: told["unknown"].append(UNKNOWN)),
    "what comes by itself": (Condition.foreseen, lambda told: told["natural"].append(NATURAL)),
    "what stands empty": (Condition.foreseen, lambda told: told["empty_later"].append(EMPTY)),
}  # fmt: skip


def test_the_plan_itself_has_no_breach(planned: Planned) -> None:
    found = check(*planned)
    assert found.breaches == ()
    assert found.looked_at["measures"] == len(planned[0].measures) > 30
    assert any("更省" in each for each in found.not_checked)


NOT_ALLOWED = {  # behind another name
    "more than there are posts": "recruit_off_quota", "lent for no year": "short_move", "the same twice": "count_twice",
    "chosen for the inspection": "late_backbone", "equipment beyond the need": "buy_without_need",
    "visitors that do not count": "visitor_as_full_time"}  # fmt: skip
SAID = {  # what is found and what is wanted, in words
    "a kind that is none": ("没有措施“magic”", "规划里的一种措施"),
    "a stage the school has not": ("学段 初中", "小学"),
    "equipment without its giver": ("来源学校没有写", "调配写明来源学校，其他措施不写"),
    "a type of teacher that is none": ("教师类别 “head”", "普通教师、高于规定学历教师、骨干教师、音体美教师"),
    "half a person": ("数量 3.5人", "不大于 10,000 的整数"),
    "an item that it does not close": ("1.5 生均体育运动场馆面积", "1.4 生均教学及辅助用房面积"),
    "begun too late": ("从2028年起计入", "2030年：按所需时间完成之后"),
    "all finish": ("3 人中按期毕业 3 人", "不超过 85%"),
    "more rooms than can be converted": ("改造 2,000 ㎡", "不超过 108 ㎡"),
    "a price": ("3,799", "3,800"),
    "a price that is only believed": ("证据“已读原文转载”", "“待确认”"),
    "pay out of a bond": ("2028年人员经费由地方政府专项债券支付", "本县区的渠道：县级预算"),
    "public money for a private school": ("2028年校舍场地建设由县级预算支付", "民办学校由举办者负担"),
    "a payment": ("2026年校舍场地建设付 169,000 元", "169,100 元"),
    "proven where it is not": ("差距 0.0500% 却写为“已证明最省”", "差距不超过 0.0001%"),
    "a better end than the worst county": ("结束状态 已证明最省", "与最省方案的差距在要求之内"),
    "a margin beyond all": ("规划线余量(margin) 0.9", "规划线余量在 0 和 0.5 之间"),
    "another county": ("县区 （990102）", "某县（990101）"),
    "a standard nobody plans for": ("标准 县域义务教育基本均衡（2012）", "县域义务教育优质均衡（2017）"),
    "pupils": ("在校生 119 人", "120 人"),
    "what fails": ("达不到标准之处写为 无", "现在、不做"),
    "a standing": (
        "整体结论 现在测算达标，不做测算达标，按方案暂不能判定（缺数据），学生 300",
        "现在测算达标，不做测算达标，按方案测算达标，学生 300"),
    "unknown that is known": ("1.6 生均教学仪器设备值 列为缺数据", "只列真正缺数据的"),
    "what stands empty": ("2026年新建教学用房在2031年闲置多列", "按推算的学生数不做也够的"),
}  # fmt: skip
MAY_BE_ENGLISH = re.compile(r"measures\[\d+\]|--allow \w+|\(\w+\)|“\w+”")  # rows, options, fields, what stands in the file


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_and_told_in_words(planned: Planned, name: str) -> None:
    condition, change = CHANGES[name]
    found = breaches(*planned, change, condition)
    assert found and all(each.found != each.wanted for each in found)
    told = " ".join(MAY_BE_ENGLISH.sub("", f"{each.where} {each.found} {each.wanted}") for each in found)
    assert not re.findall("[A-Za-z_]{2,}", told)
    assert name not in SAID or SAID[name] in {(each.found, each.wanted) for each in found}
    assert name not in NOT_ALLOWED or any(sentence(NOT_ALLOWED[name]) in each.wanted for each in found)


def test_what_is_not_allowed_is_refused_with_its_sentence(planned: Planned) -> None:
    def change(told: Told) -> None:
        for row, name in zip(told["measures"], REFUSED, strict=False):
            row["kind"] = name

    found = {each.row: each.wanted for each in breaches(*planned, change, Condition.not_allowed)}
    assert found == {f"measures[{number}]": f"允许的措施：{sentence(name)}" for number, name in enumerate(REFUSED)}


def test_a_teaching_point_does_not_shrink_out_of_the_scope(planned: Planned) -> None:
    found = breaches(*planned, pupils(POINT, 49), Condition.pupils)
    assert [sentence("shrink_point") in each.wanted for each in found] == [True]


def test_every_kind_of_the_plan_is_tried(planned: Planned) -> None:
    """The county is short of enough for the table above to mean something."""
    kinds = {each.kind for each in planned[0].measures}
    assert kinds >= {"recruit", "recruit_arts", "recall", "retrain", "degree_study", "move_teacher", "convert", "build",
                     "level_ground", "buy_equipment", "move_equipment", "network_room"}  # fmt: skip
    assert {each.school for each in planned[0].measures} == {POOR, NINE_YEAR, POINT, PRIVATE}


@pytest.mark.parametrize("change", (
    put("format", to=2), put("cost", to="8364172"), put("measures", 0, "amount", to=None), put("task", "years", to="3"),
    put("prices", 0, "value", to="a few"), put("task", "demands", to=[{"kind": "hall"}]), put("more", to=1),
    put("task", "channels", to={"990101": 3})), ids=str)  # fmt: skip
def test_a_file_that_is_no_plan_is_a_fault(planned: Planned, tmp_path: Path, change: Change) -> None:
    told = json.loads(as_bytes(planned[0]))
    change(told)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(DataFaults, match="plan balance"):
        read_plan(path)


def test_a_plan_read_from_its_file_is_the_plan(planned: Planned) -> None:
    assert as_bytes(tampered(planned[0], lambda told: None)) == as_bytes(planned[0])
