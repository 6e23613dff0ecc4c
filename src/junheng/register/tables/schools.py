"""Schools year by year: what they are, what became of them, their stages, classes and movements of pupils."""

from __future__ import annotations

from junheng.kernel import columns as col
from junheng.kernel.codes import Split, Stage
from junheng.kernel.tables import table
from junheng.register import codes
from junheng.register.tables.catalogue import register


@table(zh="学校", key=("year", "school_id"), into=register)
class schools:
    """One school or teaching point in one school year, as it stood on 1 September."""

    year = col.school_year()
    school_id = col.school_code()
    name = col.text("学校名称", aliases=("校名",))
    kind = col.choice("办学类型", codes.SchoolKind)
    run_by = col.choice("举办者", codes.RunBy)
    place_code = col.place_code("所在区划代码", note="所在乡镇（街道）或村的代码")
    urban_rural = col.choice("城乡分类", codes.UrbanRural)
    built_year = col.year("建校年份", optional=True, note="选填：现校址建成年份；部分地方标准按此放宽")
    managing_school_id = col.school_code("管理中心校标识码", optional=True, note="教学点必填，其他学校留空")
    boarding = col.flag("是否寄宿制", optional=True)
    design_classes = col.integer("设计班数", unit="个", most=300, optional=True)
    split = col.choice("共用资源拆分办法", Split, optional=True,
                       note="一贯制学校、完全中学必填，其他学校留空；按学校申报的须附文件")
    split_paper = col.text("拆分依据文件", optional=True)
    longitude = col.degrees("经度", limit=180, optional=True)
    latitude = col.degrees("纬度", limit=90, optional=True)
    coordinates = col.choice("坐标系", codes.CoordinateSystem, optional=True, note="填了经纬度必填；导入后统一换算为 CGCS2000")
    legal_person = col.flag("是否法人单位", optional=True)
    licence = col.text("办学许可证号", optional=True, note="民办学校、幼儿园填写")
    inclusive = col.flag("是否普惠性民办园", optional=True, note="仅民办幼儿园填写")
    central_kindergarten = col.flag("是否公办中心园", optional=True, note="仅幼儿园填写")
    quality_senior = col.flag("是否优质高中", optional=True, note="仅高中填写，按当地认定")


@table(zh="学段", key=("year", "school_id", "stage"), into=register)
class school_stages:
    """One stage of one school: pupils of record on 1 September and what is counted beside them."""

    year = col.school_year()
    school_id = col.school_code()
    stage = col.choice("学段", Stage)
    pupils = col.integer("在校生数", unit="人", most=20_000, aliases=("学生数", "在籍学生数"))
    classes = col.integer("教学班数", unit="个", most=400, aliases=("班数", "班级数"))
    full_time_teachers = col.integer("专任教师数", unit="人", most=2_000)
    backbone_teachers = col.integer("县级以上骨干教师数", unit="人", most=2_000, optional=True)
    planned_entrants = col.integer("招生计划数", unit="人", most=10_000, optional=True)
    entrants = col.integer("招生数", unit="人", most=10_000, optional=True)
    graduates = col.integer("毕业生数", unit="人", most=10_000, optional=True)
    boarders = col.integer("寄宿生数", unit="人", most=20_000, optional=True)
    migrant_pupils = col.integer("随迁子女数", unit="人", most=20_000, optional=True)
    migrant_bought_places = col.integer("其中政府购买民办学位就读", unit="人", most=20_000, optional=True, note="仅民办学校填写")
    left_behind_pupils = col.integer("留守儿童数", unit="人", most=20_000, optional=True)
    declared_teaching_area_m2 = col.decimal("申报教学及辅助用房面积", unit="㎡", optional=True,
                                            note="仅拆分办法为“按学校申报”的学校必填，各学段之和等于全校")
    declared_sports_area_m2 = col.decimal("申报体育运动场馆面积", unit="㎡", optional=True)
    declared_equipment_10k_yuan = col.decimal("申报教学仪器设备值", unit="万元", scale=4, optional=True)
    declared_network_rooms = col.integer("申报网络多媒体教室数", unit="间", most=1_000, optional=True)
    declared_terminals = col.integer("申报计算机台数", unit="台", most=50_000, optional=True)
    declared_books = col.integer("申报图书册数", unit="册", optional=True)


@table(zh="班级", key=("year", "school_id", "stage", "grade", "number"), into=register)
class classes:
    """One class on 1 September."""

    year = col.school_year()
    school_id = col.school_code()
    stage = col.choice("学段", Stage)
    grade = col.integer("年级", unit="年级", least=1, most=12)
    number = col.integer("班号", unit="班", least=1, most=99)
    kind = col.choice("班级类别", codes.ClassKind)
    pupils = col.integer("在籍人数", unit="人", most=200, aliases=("班额", "学生数"))
    present = col.integer("到校人数", unit="人", most=200, optional=True)


@table(zh="学校沿革", key=("year", "school_id", "kind", "event_day"), into=register)
class school_events:
    """What became of a school, by day and paper: opened, merged, split off, moved, renamed, changed in kind, closed.

    A merger is told of the school that ends, a split of the school that is new; `other_school_id` is the other side.
    """

    year = col.school_year()
    school_id = col.school_code()
    kind = col.choice("沿革类别", codes.EventKind)
    event_day = col.day("生效日期")
    paper = col.text("批准文号")
    other_school_id = col.school_code("相关学校标识码", optional=True,
                                      note="并入的填并入学校；分设的填原学校；代码变更的填原标识码")
    place_code = col.place_code("迁往区划代码", optional=True, note="仅迁址填写")
    former_name = col.text("原校名", optional=True, note="仅更名填写")
    former_place_code = col.place_code("原区划代码", optional=True, note="仅迁址填写")
    former_kind = col.choice("原办学类型", codes.SchoolKind, optional=True, note="仅变更类型填写")


@table(zh="学生变动", key=("year", "school_id", "stage", "grade", "flow_year", "sex", "residence"), into=register)
class flows:
    """Pupils of a grade on 1 September of a school year, and what became of them until 31 August after it.

    A snapshot carries the current year, of which only roll and entrants are known, and the years before it.
    """

    year = col.school_year()
    school_id = col.school_code()
    stage = col.choice("学段", Stage)
    grade = col.integer("年级", unit="年级", least=1, most=12, note="初一为7，高一为10；幼儿园小班1、中班2、大班3")
    flow_year = col.year("变动学年", note="学年起始年份")
    sex = col.choice("性别", codes.Sex)
    residence = col.choice("户籍", codes.Residence)
    roll = col.integer("年初在校生数", unit="人", most=20_000, note="当年9月1日")
    entrants = col.integer("招生数", unit="人", most=10_000, note="9月1日前新招入起始年级的，已含在年初在校生内")
    moved_in = col.integer("转入", unit="人", most=10_000, optional=True, note="以下各列：本学年尚未结束的留空")
    moved_out = col.integer("转出", unit="人", most=10_000, optional=True)
    repeating = col.integer("留级", unit="人", most=10_000, optional=True)
    suspended = col.integer("休学", unit="人", most=10_000, optional=True)
    resumed = col.integer("复学", unit="人", most=10_000, optional=True)
    graduated = col.integer("毕业", unit="人", most=10_000, optional=True)
    dropped_out = col.integer("辍学", unit="人", most=10_000, optional=True)
    died = col.integer("死亡", unit="人", most=10_000, optional=True)


@table(zh="片区", key=("year", "school_id", "stage", "zone"), into=register)
class zones:
    """Children of a catchment who should enter a school this autumn, and who did."""

    year = col.school_year()
    school_id = col.school_code()
    stage = col.choice("学段", Stage)
    zone = col.text("片区名称")
    place_code = col.place_code("片区所在区划代码", optional=True)
    should_enter = col.integer("应入学人数", unit="人", most=10_000)
    entered = col.integer("划片入学人数", unit="人", most=10_000)


@table(zh="分配名额", key=("year", "school_id", "junior_school_id"), into=register)
class quota_places:
    """Places of a good senior school that are given to a junior school before the examination."""

    year = col.school_year()
    school_id = col.school_code("高中标识码")
    junior_school_id = col.school_code("初中标识码", aliases=("初中学校标识码",))
    given = col.integer("分配名额数", unit="人", most=5_000)
    admitted = col.integer("录取人数", unit="人", most=5_000, optional=True)
    rural = col.flag("是否农村初中", note="镇区和乡村的初中为是")
