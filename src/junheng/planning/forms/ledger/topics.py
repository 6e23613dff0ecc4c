"""Who usually does a kind of measure, and what proves it done: suggestions for the ledger, marked as such."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.planning.codes import MeasureKind


@dataclass(frozen=True)
class Topic:
    """The sections of a bureau that a measure belongs to, the first leading, and the papers that prove it."""

    sections: tuple[str, ...]
    proof: str


_STAFF = Topic(("人事科",), "调动或录用文件、到岗名单、教师系统登记")
_TRAINING = Topic(("人事科", "教师培训中心"), "培训结业或学历证书、教师系统登记")
_WORKS = Topic(("基建科", "规划财务科"), "立项批复、竣工验收、固定资产入账")
_GROUND = Topic(("基建科", "体卫艺科"), "竣工验收、面积测绘、固定资产入账")
_EQUIPMENT = Topic(("电化教育馆", "规划财务科"), "采购合同、验收单、固定资产入账")
_ROOM = Topic(("体卫艺科", "规划财务科"), "教室面积、器材验收单、固定资产入账")
_LAYOUT = Topic(("基础教育科", "规划财务科"), "论证、公示、听证、批复文件")

TOPICS: dict[MeasureKind, Topic] = {
    MeasureKind.recruit_arts: _STAFF,
    MeasureKind.recruit: _STAFF,
    MeasureKind.refill_arts: _STAFF,
    MeasureKind.recall: _STAFF,
    MeasureKind.move_teacher: _STAFF,
    MeasureKind.visit: _STAFF,
    MeasureKind.retrain: _TRAINING,
    MeasureKind.degree_study: _TRAINING,
    MeasureKind.select_backbone: Topic(("人事科", "教师培训中心"), "认定文件、骨干教师名册"),
    MeasureKind.convert: _WORKS,
    MeasureKind.build: _WORKS,
    MeasureKind.hall: _GROUND,
    MeasureKind.shed: _GROUND,
    MeasureKind.artificial_ground: _GROUND,
    MeasureKind.hard_court: _GROUND,
    MeasureKind.level_ground: _GROUND,
    MeasureKind.land: Topic(("规划财务科", "县级自然资源部门"), "用地批复、不动产权证"),
    MeasureKind.lease_venue: Topic(("体卫艺科", "规划财务科"), "租用合同"),
    MeasureKind.buy_equipment: _EQUIPMENT,
    MeasureKind.network_room: _EQUIPMENT,
    MeasureKind.move_equipment: Topic(("电化教育馆", "规划财务科"), "调拨单、双方固定资产变动"),
    MeasureKind.music_room: _ROOM,
    MeasureKind.art_room: _ROOM,
    MeasureKind.open_class: Topic(("基础教育科", "人事科"), "分班名册、教师到岗名单"),
    MeasureKind.move_intake: _LAYOUT,
    MeasureKind.merge: _LAYOUT,
}
WITHOUT_MEASURE = ("基础教育科", "规划财务科")
"""Whose it is where nothing could be planned: the section that leads quality balance, and the one that holds the money."""
