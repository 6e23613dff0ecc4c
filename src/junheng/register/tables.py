"""What the register holds, each table declared once: checks, template, dictionary, Parquet schema and handles follow."""

from __future__ import annotations

from junheng.kernel import columns as col
from junheng.kernel.codes import Privacy, Split, Stage
from junheng.kernel.tables import Catalogue, Table, table
from junheng.register import codes

register = Catalogue()


@table(zh="区划", key=("year", "place_code"), into=register)
class places:
    """Administrative divisions, each under its parent, as they stood on 1 September."""

    year = col.school_year()
    place_code = col.place_code("区划代码", note="省2位、市4位、县6位、乡镇9位、村12位")
    name = col.text("名称", aliases=("区划名称",))
    level = col.choice("级别", codes.PlaceLevel)
    parent_code = col.place_code("上级区划代码", optional=True, note="最上一级留空，其余必填")


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
    coordinates = col.choice("坐标系", codes.CoordinateSystem, optional=True)


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
    entrants = col.integer("招生数", unit="人", most=10_000, optional=True)
    graduates = col.integer("毕业生数", unit="人", most=10_000, optional=True)
    boarders = col.integer("寄宿生数", unit="人", most=20_000, optional=True)
    migrant_pupils = col.integer("随迁子女数", unit="人", most=20_000, optional=True)
    left_behind_pupils = col.integer("留守儿童数", unit="人", most=20_000, optional=True)
    declared_teaching_area_m2 = col.decimal("申报教学及辅助用房面积", unit="㎡", optional=True,
                                            note="仅拆分办法为“按学校申报”的学校必填，各学段之和等于全校")
    declared_sports_area_m2 = col.decimal("申报体育运动场馆面积", unit="㎡", optional=True)
    declared_equipment_10k_yuan = col.decimal("申报教学仪器设备值", unit="万元", scale=4, optional=True)
    declared_network_rooms = col.integer("申报网络多媒体教室数", unit="间", most=1_000, optional=True)
    declared_terminals = col.integer("申报计算机台数", unit="台", most=50_000, optional=True)
    declared_books = col.integer("申报图书册数", unit="册", optional=True)


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


@table(zh="教师", key=("year", "school_id", "teacher_id"), into=register)
class teachers:
    """One person at one school. Full-time at one school only; part-time and visiting rows stand beside it."""

    year = col.school_year()
    school_id = col.school_code()
    teacher_id = col.identity("身份证号", aliases=("身份证件号", "身份证号码"))
    stage = col.choice("任教学段", Stage)
    stage_share = col.decimal("学段工作量占比", unit="", scale=2, most="1", optional=True)
    full_time = col.flag("是否专任", note="在本校专职任教为是；兼职、走教为否")
    on_quota = col.flag("是否在编")
    post_kind = col.choice("岗位类别", codes.PostKind)
    state = col.choice("在岗状态", codes.StaffState)
    main_subject = col.choice("主要任教学科", codes.Subject)
    second_subject = col.choice("兼任学科", codes.Subject, optional=True)
    weekly_lessons = col.integer("周课时", unit="节", most=60, optional=True)
    degree = col.choice("最高学历", codes.Degree)
    degree_day = col.day("学历取得日期", optional=True)
    title = col.choice("专业技术职务", codes.Title)
    certificate_stage = col.choice("教师资格种类", codes.Certificate)
    certificate_subject = col.choice("资格学科", codes.Subject, optional=True)
    at_school_since = col.day("来本校日期")
    head_since = col.day("任校长日期", optional=True)
    birth_year = col.year("出生年份")
    sex = col.choice("性别", codes.Sex)
    pay_yuan = col.decimal("年工资收入", unit="元", most="2000000", optional=True)


@table(zh="骨干认定", key=("year", "school_id", "teacher_id", "title", "paper"), into=register)
class recognitions:
    """Titles a person holds, by the paper that recognised them and its validity."""

    year = col.school_year()
    school_id = col.school_code()
    teacher_id = col.identity("身份证号", aliases=("身份证件号", "身份证号码"))
    title = col.choice("称号", codes.RecognitionTitle)
    level = col.choice("认定级别", codes.RecognitionLevel)
    paper = col.text("认定文号")
    since = col.day("有效期起")
    until = col.day("有效期止", optional=True, note="长期有效的留空，其余必填")


@table(zh="交流任教", key=("year", "school_id", "teacher_id", "from_day"), into=register)
class postings:
    """Work at another school, listed by the school that sends: rotation, visiting teaching, secondment."""

    year = col.school_year()
    school_id = col.school_code()
    teacher_id = col.identity("身份证号", aliases=("身份证件号", "身份证号码"))
    kind = col.choice("形式", codes.PostingKind)
    to_school_id = col.school_code("去往学校标识码")
    from_day = col.day("开始日期")
    to_day = col.day("结束日期", optional=True)
    share = col.decimal("工作量占比", unit="", scale=2, most="1", optional=True)
    days_per_week = col.integer("每周天数", unit="天", most=7, optional=True)


@table(zh="培训", key=("year", "school_id", "teacher_id", "training_year"), into=register)
class training:
    """Hours of recognised training of one person in one calendar year."""

    year = col.school_year()
    school_id = col.school_code()
    teacher_id = col.identity("身份证号", aliases=("身份证件号", "身份证号码"))
    training_year = col.year("培训年份")
    hours = col.decimal("培训学时", unit="学时", scale=1, most="2000")


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


@table(zh="经费", key=("year", "school_id", "item", "calendar_year"), into=register)
class money:
    """Money of a school by item and calendar year; funds run on the calendar year."""

    year = col.school_year()
    school_id = col.school_code()
    item = col.choice("经费项目", codes.MoneyItem)
    calendar_year = col.year("财政年度")
    budget_yuan = col.decimal("预算数", unit="元", most="1000000000", optional=True)
    settled_yuan = col.decimal("决算数", unit="元", most="1000000000", optional=True)
    pupils_funded = col.integer("拨款学生数", unit="人", most=30_000, optional=True)


@table(zh="佐证", key=("year", "item", "place_code", "document"), into=register)
class evidence:
    """What no count can prove: the document on an item of a standard, and what it says."""

    year = col.school_year()
    item = col.text("指标编号", note="如 yz.2.1；见 junheng standards")
    place_code = col.place_code("县区代码")
    document = col.text("材料名称")
    document_no = col.text("文号", optional=True)
    issued_by = col.text("发文单位", optional=True)
    day = col.day("形成日期", optional=True)
    result = col.choice("结论", codes.EvidenceResult, note="仅指材料所述，不代表认定结论")
    value = col.decimal("数值", unit="", scale=4, optional=True, note="如满意度 91.5；比例填百分数")
    file = col.text("电子件", optional=True)


TABLES: dict[str, Table] = register.tables
SCHOOL_TABLES = tuple(name for name, made in TABLES.items() if "school_id" in made.columns)
PERSONAL = {(name, column) for name, made in TABLES.items() for column, spec in made.columns.items()
            if spec.privacy is Privacy.personal}
