"""The register's closed lists. National type codes are believed until a paper is opened (QUIRKS)."""

from __future__ import annotations

from junheng.kernel.codes import Code, Stage

SHARING = (Stage.primary.name, Stage.junior.name, Stage.senior.name)  # stages that share what a school owns in common
ALL_STAGES = "all"  # in the place of a stage: of what all stages of a school or place have together


class PlaceLevel(Code):
    """Levels of administrative division."""

    province = ("省", "")
    city = ("市", "", "地级市")
    county = ("县", "", "区县", "县区", "区")
    township = ("乡镇", "", "镇", "乡", "街道")
    village = ("村", "", "社区", "居委会")


class SchoolKind(Code):
    """办学类型 of the national statistics."""

    kindergarten = ("幼儿园", "111")
    attached_kindergarten = ("附设幼儿班", "119")
    primary = ("小学", "211", "完全小学")
    teaching_point = ("小学教学点", "218", "教学点")
    attached_primary = ("附设小学班", "219")
    junior = ("初级中学", "311", "初中")
    nine_year = ("九年一贯制学校", "312", "九年一贯制")
    attached_junior = ("附设普通初中班", "319")
    complete_secondary = ("完全中学", "341", "完中")
    senior = ("高级中学", "342", "高中")
    twelve_year = ("十二年一贯制学校", "345", "十二年一贯制")
    vocational = ("中等职业学校", "361", "362", "363", "364", "365", "366", "368", "369", "职业高中")
    special = ("特殊教育学校", "514", "511", "512", "513", "519")


class RunBy(Code):
    """举办者."""

    county = ("县级教育部门", "", "县", "区县", "县级")
    city = ("市级教育部门", "", "市", "地级", "市级")
    province = ("省级教育部门", "", "省", "省级")
    university = ("高等学校", "", "高校")
    enterprise = ("企业", "", "国有企业")
    other_public = ("其他部门", "")
    private = ("民办", "", "社会力量", "民办非企业")


class UrbanRural(Code):
    """城乡分类代码 of the statistics bureau; 农村 is town and village, 乡村 is 2xx."""

    city_core = ("主城区", "111")
    city_fringe = ("城乡结合区", "112")
    town_core = ("镇中心区", "121")
    town_fringe = ("镇乡结合区", "122")
    special_area = ("特殊区域", "123")
    township_centre = ("乡中心区", "210")
    village = ("村庄", "220")


AREAS = {  # 城区, 镇区 and 乡村 by the code of the statistics bureau
    "city_core": "urban", "city_fringe": "urban", "town_core": "town", "town_fringe": "town", "special_area": "town",
    "township_centre": "rural", "village": "rural"}
URBAN = tuple(code for code, area in AREAS.items() if area == "urban")
URBAN_AND_TOWN = tuple(code for code, area in AREAS.items() if area != "rural")


class CoordinateSystem(Code):
    """Reference systems a coordinate may be given in."""

    cgcs2000 = ("CGCS2000", "", "国家2000")
    wgs84 = ("WGS84",)
    gcj02 = ("GCJ-02", "", "火星坐标", "高德")
    bd09 = ("BD-09", "", "百度")


class FormVersion(Code):
    """Which building form of the school census the areas follow; the classes of use changed about 2021."""

    before_2021 = ("2021年前报表", "", "旧表")
    since_2021 = ("2021年起报表", "", "新表")


class Standing(Code):
    """权属与状态 of floor area; only own and sole-use area counts for a standard."""

    own = ("学校产权", "", "自有")
    sole_use = ("非产权独立使用", "", "独立使用")
    shared = ("非产权共同使用", "", "共同使用", "共用")
    under_construction = ("正在施工", "", "在建")
    danger = ("D级危房", "", "危房")


USABLE = (Standing.own.name, Standing.sole_use.name)


class RoomKind(Code):
    """Rooms counted one by one."""

    music = ("音乐教室", "", "音乐专用教室")
    art = ("美术教室", "", "美术专用教室")
    laboratory = ("实验室", "", "科学实验室")
    network = ("网络多媒体教室", "", "多媒体教室")
    computer = ("计算机教室", "", "微机室")


class ClassKind(Code):
    """Kinds of class; a class of mixed grades counts as an ordinary one."""

    ordinary = ("普通班",)
    mixed = ("混合班", "", "混龄班", "复式班")
    special = ("特教班", "", "特殊教育班")


ORDINARY_CLASSES = (ClassKind.ordinary.name, ClassKind.mixed.name)


class PostKind(Code):
    """岗位类别."""

    teaching = ("教师岗位", "", "专任教师", "教学")
    management = ("行政人员", "", "管理")
    support = ("教辅人员", "", "教辅")
    worker = ("工勤人员", "", "工勤")


class StaffState(Code):
    """在岗状态."""

    serving = ("在岗",)
    seconded = ("借出", "", "借调")
    leave = ("离岗", "", "病休", "长期离岗")


class Subject(Code):
    """任教学科."""

    chinese = ("语文",)
    mathematics = ("数学",)
    english = ("英语", "", "外语")
    physics = ("物理",)
    chemistry = ("化学",)
    biology = ("生物", "", "生物学")
    geography = ("地理",)
    history = ("历史",)
    morality = ("道德与法治", "", "政治", "思想品德")
    science = ("科学",)
    physical_education = ("体育", "", "体育与健康")
    music = ("音乐",)
    art = ("美术",)
    arts = ("艺术",)
    information = ("信息科技", "", "信息技术")
    labour = ("劳动", "", "劳动技术", "综合实践活动")
    psychology = ("心理健康", "", "心理")
    other = ("其他",)


class Degree(Code):
    """最高学历, completed."""

    below_senior = ("高中以下", "", "初中及以下", "高中阶段以下")
    senior = ("高中阶段", "", "高中", "中师", "中专")
    junior_college = ("专科", "", "大专")
    bachelor = ("本科", "", "大学本科")
    master = ("硕士", "", "硕士研究生", "研究生")
    doctor = ("博士", "", "博士研究生")


class Title(Code):
    """专业技术职务; middle rank (中级) is 一级教师."""

    full_senior = ("正高级教师", "", "正高级")
    senior = ("高级教师", "", "高级", "副高级")
    middle = ("一级教师", "", "中级", "一级")
    junior = ("二级教师", "", "二级", "助理级")
    lowest = ("三级教师", "", "三级", "员级")
    unranked = ("未定职级", "", "未评", "无")


class Certificate(Code):
    """教师资格种类; `none` says that there is no certificate, a blank cell that nobody knows."""

    none = ("无证", "", "无")
    kindergarten = ("幼儿园",)
    primary = ("小学",)
    junior = ("初级中学", "", "初中")
    senior = ("高级中学", "", "高中")
    vocational = ("中等职业学校", "", "中职")


_ABOVE_PRIMARY = (Certificate.junior.name, Certificate.senior.name, Certificate.vocational.name)
# of the compulsory stages: the certificates that cover the stage; that of a higher stage covers a lower one
COVERING = {"primary": (Certificate.primary.name, *_ABOVE_PRIMARY), "junior": _ABOVE_PRIMARY}


class Sex(Code):
    """性别 (GB/T 2261.1)."""

    male = ("男", "1")
    female = ("女", "2")


class RecognitionLevel(Code):
    """Who recognised."""

    national = ("国家级",)
    province = ("省级",)
    city = ("市级", "", "地市级")
    county = ("县级", "", "区县级")
    school = ("校级",)


class RecognitionTitle(Code):
    """What was recognised; an honour is not a backbone title."""

    backbone = ("骨干教师", "", "教学能手")
    subject_leader = ("学科带头人",)
    special_grade = ("特级教师",)
    master_teacher = ("名师", "", "名教师", "名校长")
    honour = ("荣誉称号", "", "优秀教师", "先进个人", "优质课获奖")


# what makes a backbone teacher: any title but an honour, of county level or above
BACKBONE_TITLES = tuple(each.name for each in RecognitionTitle if each is not RecognitionTitle.honour)
BACKBONE_LEVELS = tuple(each.name for each in RecognitionLevel if each is not RecognitionLevel.school)


class PostingKind(Code):
    """Ways of working at another school."""

    rotation = ("交流轮岗", "", "交流", "轮岗")
    visiting_teaching = ("走教", "", "兼职")
    secondment = ("借调",)


class MoneyItem(Code):
    """Items of money by school."""

    operating_funds = ("公用经费", "", "生均公用经费")
    training = ("教师培训经费", "", "培训经费")
    special_education = ("特殊教育公用经费", "", "特教公用经费")
    inclusive_subsidy = ("普惠性民办园补助", "", "普惠园补助")


class EvidenceResult(Code):
    """What a document says of its item."""

    met = ("达到", "", "符合", "达标")
    not_met = ("未达到", "", "不符合", "未达标")
    not_sampled = ("未抽测", "", "未被抽测")


class Tree(Code):
    """Trees of organisation beside the divisions."""

    district = ("学区", "", "大学区")
    school_cluster = ("学区化办学联盟", "", "联盟", "学校联盟")
    education_group = ("教育集团", "", "集团")
    inspector_area = ("督学责任区", "", "责任区")


class EventKind(Code):
    """What may become of a school."""

    opened = ("新设", "", "新建", "设立")
    merged = ("并入", "", "合并", "撤并")
    split = ("分设", "", "分立", "拆分")
    moved = ("迁址", "", "搬迁")
    renamed = ("更名", "", "改名")
    changed_kind = ("变更办学类型", "", "变更类型")
    recoded = ("变更标识码", "", "代码变更")
    closed = ("停办", "", "撤销", "终止")


class PopulationBasis(Code):
    """Who is counted as living in a place."""

    resident = ("常住人口", "", "常住")
    hukou = ("户籍人口", "", "户籍")


class Residence(Code):
    """Where a pupil is registered."""

    local = ("本县户籍", "", "本县", "本地")
    other = ("外县户籍", "", "外县", "外地")


class FieldItem(Code):
    """What a visit counts (数据一致性核对表)."""

    pupils = ("学生数", "", "学生")
    classes = ("班级数", "", "班级")
    teachers = ("专任教师数", "", "教师")
    backbone = ("骨干教师数", "", "骨干")
    land = ("占地面积", "", "占地")
    equipment = ("教学仪器设备值", "", "设备值")


class Guardian(Code):
    """With whom a child lives; a child whose parent or parents are away is left behind."""

    parents = ("父母共同监护", "", "父母")
    one_parent_away = ("父母一方外出", "", "一方外出")
    both_parents_away = ("父母双方外出", "", "双方外出")
    other_guardian = ("其他监护人", "", "祖辈", "亲属")
    no_guardian = ("事实无人抚养", "", "孤儿")


class Admission(Code):
    """How a pupil came into the school."""

    zone = ("划片入学", "", "划片")
    lottery = ("摇号", "", "电脑派位")
    policy = ("政策照顾", "", "政策性照顾")
    choice = ("民办择校", "", "民办", "自主选择")
    bought_place = ("政府购买民办学位", "", "购买学位")
    transfer = ("转学", "", "转入")


class EnrolmentStatus(Code):
    """Whether a pupil attends."""

    attending = ("在校", "", "在读", "正常")
    suspended = ("休学",)
    resumed = ("复学",)
    home_teaching = ("送教上门",)


class Disability(Code):
    """残疾类别."""

    visual = ("视力",)
    hearing = ("听力",)
    speech = ("言语",)
    physical = ("肢体",)
    intellectual = ("智力",)
    mental = ("精神",)
    multiple = ("多重",)


class Placement(Code):
    """Where a child with a disability learns; postponed by the experts' committee counts out, none counts as not enrolled."""

    ordinary_class = ("随班就读", "", "普通班")
    special_class = ("特教班", "", "附设特教班")
    special_school = ("特殊教育学校", "", "特校")
    home_teaching = ("送教上门",)
    postponed = ("缓学", "", "延缓入学")
    none = ("未安置", "", "未入学")
