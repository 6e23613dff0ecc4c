"""The closed lists of planning: what may be done, which money it is, who pays, and how a run ended."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.kernel.codes import Code


class MoneyKind(Code):
    """What money is spent on; channels differ in what they may pay."""

    pay = ("人员经费",)
    training = ("教师培训",)
    works = ("校舍场地建设",)
    equipment = ("设备购置",)
    operating = ("公用经费",)


class MeasureKind(Code):
    """What a county may do to bring a school over the line."""

    recruit_arts = ("新增音体美教师",)
    recruit = ("新增其他学科教师",)
    refill_arts = ("退休空岗补充音体美教师",)
    recall = ("借出教师返岗",)
    retrain = ("富余教师转岗任教音体美",)
    degree_study = ("教师学历提升",)
    select_backbone = ("骨干教师选拔培养",)
    move_teacher = ("教师交流",)
    visit = ("音体美教师走教",)
    convert = ("办公、生活用房改为教学用房",)
    build = ("新建教学用房",)
    hall = ("新建体育馆",)
    shed = ("新建风雨操场",)
    artificial_ground = ("铺设人工场地",)
    hard_court = ("铺设硬化场地",)
    level_ground = ("平整土质场地",)
    land = ("征地",)
    lease_venue = ("租用体育场地",)
    buy_equipment = ("购置教学仪器设备",)
    move_equipment = ("调配教学仪器设备",)
    network_room = ("建网络多媒体教室",)
    music_room = ("建音乐教室",)
    art_room = ("建美术教室",)
    open_class = ("增开教学班",)
    move_intake = ("调整招生范围",)
    merge = ("布局调整（按程序合并）",)


GROUNDS = (MeasureKind.artificial_ground, MeasureKind.hard_court, MeasureKind.level_ground)
BUILDINGS = (MeasureKind.build, MeasureKind.hall, MeasureKind.shed)  # each needs a site, and takes more than a year
SPECIAL_ROOM = {"music": MeasureKind.music_room, "art": MeasureKind.art_room}  # by kind of room
PRICED_AS = {  # kinds whose prices and times stand under another name
    MeasureKind.recruit_arts: "recruit",
    MeasureKind.refill_arts: "refill",
    MeasureKind.music_room: "special_room",
    MeasureKind.art_room: "special_room",
}


class TeacherType(Code):
    """What a teacher who moves counts for."""

    plain = ("普通教师",)
    degree = ("高于规定学历教师",)
    backbone = ("骨干教师",)
    arts = ("音体美教师",)


class Channel(Code):
    """Where the money comes from."""

    central = ("中央义务教育薄弱环节改善与能力提升补助资金",)
    province = ("省级资金",)
    county = ("县级预算",)
    bond = ("地方政府专项债券",)
    surcharge = ("教育费附加",)
    donation = ("社会捐赠",)
    sponsor = ("举办者自筹",)


class Status(Code):
    """How a run ended."""

    optimal = ("已证明最省",)
    gap_reached = ("与最省方案的差距在要求之内",)
    work_limit = ("达到计算量上限",)
    time_limit = ("达到时间上限",)
    cancelled = ("人为中止",)


WORST = tuple(Status)  # from the best to the worst


@dataclass(frozen=True)
class Terms:
    """How a kind of measure is counted and paid: its unit, what money once and every year, which items it acts on."""

    unit: str
    money: MoneyKind
    running: MoneyKind
    items: tuple[int, ...]  # 1 to 7


_STAFF, _WORKS = (MoneyKind.training, MoneyKind.pay), (MoneyKind.works, MoneyKind.works)
TERMS: dict[MeasureKind, Terms] = {
    MeasureKind.recruit_arts: Terms("人", *_STAFF, (1, 3)),
    MeasureKind.recruit: Terms("人", *_STAFF, (1,)),
    MeasureKind.refill_arts: Terms("人", *_STAFF, (3,)),
    MeasureKind.recall: Terms("人", *_STAFF, (1, 2, 3)),
    MeasureKind.retrain: Terms("人", *_STAFF, (3,)),
    MeasureKind.degree_study: Terms("人", *_STAFF, (1,)),
    MeasureKind.select_backbone: Terms("人", *_STAFF, (2,)),
    MeasureKind.move_teacher: Terms("人", *_STAFF, (1, 2, 3)),
    MeasureKind.visit: Terms("人", *_STAFF, (3,)),
    MeasureKind.convert: Terms("㎡", *_WORKS, (4,)),
    MeasureKind.build: Terms("㎡", *_WORKS, (4,)),
    MeasureKind.hall: Terms("㎡", *_WORKS, (5,)),
    MeasureKind.shed: Terms("㎡", *_WORKS, (5,)),
    MeasureKind.artificial_ground: Terms("㎡", *_WORKS, (5,)),
    MeasureKind.hard_court: Terms("㎡", *_WORKS, (5,)),
    MeasureKind.level_ground: Terms("㎡", *_WORKS, (5,)),
    MeasureKind.land: Terms("㎡", *_WORKS, ()),
    MeasureKind.lease_venue: Terms("处", MoneyKind.operating, MoneyKind.operating, (5,)),
    MeasureKind.buy_equipment: Terms("元", MoneyKind.equipment, MoneyKind.operating, (6,)),
    MeasureKind.move_equipment: Terms("元", MoneyKind.operating, MoneyKind.operating, (6,)),
    MeasureKind.network_room: Terms("间", MoneyKind.equipment, MoneyKind.operating, (6, 7)),
    MeasureKind.music_room: Terms("间", MoneyKind.equipment, MoneyKind.operating, (6,)),
    MeasureKind.art_room: Terms("间", MoneyKind.equipment, MoneyKind.operating, (6,)),
    MeasureKind.open_class: Terms("个班", MoneyKind.operating, MoneyKind.operating, ()),
    MeasureKind.move_intake: Terms("人", MoneyKind.operating, MoneyKind.operating, ()),
    MeasureKind.merge: Terms("所", MoneyKind.operating, MoneyKind.operating, ()),
}
