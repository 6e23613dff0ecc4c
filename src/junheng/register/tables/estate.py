"""What a school has: land and floor area, rooms, equipment, leased grounds, and what a visit counted."""

from __future__ import annotations

from junheng.kernel import columns as col
from junheng.kernel.tables import table
from junheng.register import codes
from junheng.register.tables.catalogue import register


@table(zh="校舍场地", key=("year", "school_id", "standing"), into=register)
class sites:
    """Land and floor area of a school by use, one row a standing; areas of school property and sole use count."""

    year = col.school_year()
    school_id = col.school_code()
    standing = col.choice("权属状态", codes.Standing)
    form_version = col.choice("报表版本", codes.FormVersion, note="新表：实验室、微机室、语音室并入专用教室，对应三列留空")
    land_m2 = col.decimal("占地面积", unit="㎡", most="2000000", optional=True)
    sports_ground_m2 = col.decimal("运动场地面积", unit="㎡", most="500000", aliases=("体育运动场地面积",))
    floor_area_m2 = col.decimal("校舍建筑面积", unit="㎡", most="1000000")
    classroom_m2 = col.decimal("教室面积", unit="㎡", most="500000", aliases=("普通教室面积",))
    special_room_m2 = col.decimal("专用教室面积", unit="㎡", most="500000", optional=True)
    laboratory_m2 = col.decimal("实验室面积", unit="㎡", most="500000", optional=True)
    library_m2 = col.decimal("图书室面积", unit="㎡", most="500000", aliases=("图书阅览室面积",))
    computer_room_m2 = col.decimal("微机室面积", unit="㎡", most="500000", optional=True)
    language_room_m2 = col.decimal("语音室面积", unit="㎡", most="500000", optional=True)
    indoor_sport_m2 = col.decimal("室内体育用房面积", unit="㎡", most="500000", aliases=("体育馆面积",))
    counselling_m2 = col.decimal("心理辅导室面积", unit="㎡", most="500000", optional=True)
    other_teaching_m2 = col.decimal("其他公共教学用房面积", unit="㎡", most="500000", optional=True)
    activity_room_m2 = col.decimal("幼儿活动用房面积", unit="㎡", most="100000", optional=True, note="仅幼儿园填写")
    play_ground_m2 = col.decimal("室外游戏场地面积", unit="㎡", most="100000", optional=True, note="仅幼儿园填写")
    office_m2 = col.decimal("行政办公用房面积", unit="㎡", most="500000", optional=True)
    living_m2 = col.decimal("生活用房面积", unit="㎡", most="500000", optional=True)


@table(zh="专用教室", key=("year", "school_id", "room_id"), into=register)
class rooms:
    """One row a music, art, laboratory, computer or network room."""

    year = col.school_year()
    school_id = col.school_code()
    room_id = col.text("教室编号")
    kind = col.choice("教室类别", codes.RoomKind)
    area_m2 = col.decimal("使用面积", unit="㎡", most="5000")
    since = col.day("启用日期", optional=True)
    in_use = col.flag("是否在用")


@table(zh="资产", key=("year", "school_id"), into=register)
class assets:
    """Equipment at original value as in the asset account, books, terminals, furniture."""

    year = col.school_year()
    school_id = col.school_code()
    equipment_10k_yuan = col.decimal("教学仪器设备资产值", unit="万元", scale=4, most="1000000",
                                     note="资产账原值，不是净值；不含课桌凳、床和账外捐赠")
    laboratory_equipment_10k_yuan = col.decimal("其中实验设备值", unit="万元", scale=4, most="1000000", optional=True)
    added_10k_yuan = col.decimal("其中当年新增值", unit="万元", scale=4, most="1000000", optional=True)
    written_off_10k_yuan = col.decimal("当年报废值", unit="万元", scale=4, most="1000000", optional=True)
    books = col.integer("图书册数", unit="册", most=5_000_000)
    terminals = col.integer("计算机台数", unit="台", most=50_000, aliases=("数字终端数",))
    beds = col.integer("学生床位数", unit="张", most=20_000, optional=True)
    desks = col.integer("课桌凳套数", unit="套", most=30_000, optional=True)
    bandwidth_mbps = col.integer("网络带宽", unit="Mbps", most=1_000_000, optional=True)
    campus_network = col.flag("是否建有校园网", optional=True)
    sports_gear_met = col.flag("体育器械是否达标", optional=True)
    music_gear_met = col.flag("音乐器材是否达标", optional=True)
    art_gear_met = col.flag("美术器材是否达标", optional=True)
    experiment_gear_met = col.flag("理科实验仪器是否达标", optional=True)


@table(zh="租用场地", key=("year", "school_id", "number"), into=register)
class venues:
    """Sports grounds outside the school, used by contract."""

    year = col.school_year()
    school_id = col.school_code()
    number = col.integer("序号", unit="", least=1, most=99)
    name = col.text("场地名称")
    area_m2 = col.decimal("面积", unit="㎡", most="200000")
    minutes_on_foot = col.integer("步行分钟", unit="分钟", most=240)
    contract_since = col.day("合同起始日期")
    contract_until = col.day("合同截止日期", optional=True)


@table(zh="实地核查", key=("year", "school_id", "item"), into=register)
class field_checks:
    """What a visit to the school counted, beside what its papers say."""

    year = col.school_year()
    school_id = col.school_code()
    item = col.choice("核查项目", codes.FieldItem)
    counted = col.decimal("实地数", unit="", scale=4)
    counted_on = col.day("核查日期")
    counted_by = col.text("核查人")
    cause = col.text("差异原因", optional=True)
    owner = col.text("责任人", optional=True)
    corrected_on = col.day("更正日期", optional=True)
