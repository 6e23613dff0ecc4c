"""The closed list of faults: what each is called, and what it does to an import."""

from __future__ import annotations

from junheng.kernel.codes import Code, Severity
from junheng.kernel.faults import Fault


class Kind(Code):
    """Kinds of fault; the word says what was found."""

    # of a file or a sheet
    empty_file = ("空文件",)
    not_a_workbook = ("不是可读的表格文件",)
    encrypted = ("文件加了密码",)
    zip_bomb = ("压缩内容异常膨胀",)
    blank_rows = ("大片空白行列",)
    too_large = ("文件过大",)
    mixed_encoding = ("一个文件混用两种编码",)
    duplicate_file = ("同一文件交了两次",)
    two_files = ("一所学校交了两份文件",)
    wrong_sheet = ("没有可识别的表",)
    missing_column = ("缺少必填列",)
    duplicated_header = ("表头重复",)
    unknown_header = ("表头不认识，该列未读",)
    unknown_sheet = ("工作表不认识，未读",)
    unknown_file = ("文件类型不认识，未读",)
    formula_error = ("公式出错",)
    emptied_values = ("已知值变为空",)
    # of a cell
    missing_value = ("必填项空白",)
    not_a_number = ("不是数字",)
    fraction = ("不是整数",)
    negative = ("负数",)
    out_of_range = ("超出范围",)
    too_many_decimals = ("小数位过多",)
    digits_lost = ("内容已被电子表格改坏",)
    not_a_day = ("不是日期",)
    date_1900 = ("1900年前后的日期",)
    unknown_code = ("不在选项之内",)
    not_yes_no = ("不是“是”或“否”",)
    bad_school_code = ("学校标识码不合规则",)
    bad_place_code = ("区划代码不合规则",)
    bad_identity = ("身份证号不合规则",)
    wrong_year = ("学年不符",)
    # of rows and between tables
    duplicate_key = ("主键重复",)
    unknown_school = ("学校不在学校表内",)
    unknown_place = ("区划不在区划表内",)
    place_parent = ("上下级区划不符",)
    unknown_teacher = ("人员不在教师表内",)
    stage_not_offered = ("学段与办学类型不符",)
    classes_count = ("班数与班级表不符",)
    class_pupils = ("各班人数之和与在校生数不符",)
    teacher_count = ("专任教师数与教师表不符",)
    backbone_count = ("骨干教师数不符",)
    parts_over_whole = ("部分大于整体",)
    two_full_time = ("一人在两校专任",)
    split_missing = ("缺共用资源拆分办法",)
    split_sum = ("各学段申报数之和与全校不符",)
    point_without_centre = ("教学点没有中心校",)
    birth_year_mismatch = ("出生年份与身份证号不符",)
    sex_mismatch = ("性别与身份证号不符",)
    day_order = ("日期先后颠倒",)
    future_day = ("日期在将来",)
    empty_school = ("学校没有在校生",)
    class_size_implausible = ("班额异常",)
    unit_slip = ("疑似单位填错（元与万元）",)
    form_version_columns = ("面积列与报表版本不符",)
    pupils_funded_missing = ("公用经费缺拨款学生数",)
    evidence_item = ("指标编号不合格式",)
    training_year = ("培训年份不在近六年内",)
    coordinates_outside = ("经纬度不在国内",)
    # of places and groups
    place_level = ("区划越级",)
    place_too_wide = ("学校未落到乡镇或村",)
    ended_place = ("区划已经撤销",)
    duplicate_name = ("同地重名",)
    not_a_county = ("区划不是县区",)
    two_groups = ("一校同时属于两个同类组织",)
    group_name = ("一个组织编号有两个名称",)
    population_level = ("人口在两级重复填报",)
    population_basis = ("常住与户籍人口相差悬殊",)
    population_cohort = ("适龄人口与在校生相差悬殊",)
    # of coordinates
    coordinate_incomplete = ("坐标不完整",)
    coordinates_coarse = ("坐标过粗",)
    coordinates_swapped = ("经纬度填反",)
    box_order = ("四至颠倒或中心在外",)
    outside_county = ("坐标不在本县范围内",)
    far_from_others = ("远离同乡镇学校",)
    same_point = ("多所学校坐标相同",)
    # of what became of schools, and of last year
    ended_school = ("已终止的学校仍在上报",)
    successor_missing = ("合并没有去向学校",)
    event_details = ("沿革缺少内容",)
    event_order = ("沿革先后矛盾",)
    event_contradicted = ("学校现状与沿革不符",)
    school_without_event = ("学校增减变化没有沿革",)
    vanished_rows = ("比上年少了许多行",)
    sudden_change = ("与上年相比变化过大",)
    copied_from_last_year = ("与上年完全相同",)
    # of pupils
    flow_balance = ("年级人数前后不平",)
    flow_roll = ("学生变动与学段表不符",)
    movement_time = ("变动数与学年是否结束不符",)
    grade_of_stage = ("年级与学段不符",)
    two_schools = ("一名学生在两所学校",)
    pupil_and_teacher = ("同一人既是学生又是教师",)
    pupil_age = ("年龄与年级不符",)
    pupil_list = ("学生名单与上报数不符",)
    unknown_class = ("班级不在班级表内",)
    migrant_residence = ("随迁子女与户籍不符",)
    no_list = ("不在任何名单上",)
    postponed_paper = ("缓学与文号不符",)
    placement = ("安置方式与学校不符",)
    child_age = ("残疾儿童不在学龄",)
    quota_place_school = ("分配名额的学校没有该学段",)
    rural_flag = ("农村标志与城乡分类不符",)
    zone_overfull = ("划片入学多于应入学",)
    zone_not_needed = ("民办或寄宿制学校填有片区",)
    # of staff
    teacher_age = ("教师年龄异常",)
    several_heads = ("一校多名校长",)
    head_before_arrival = ("任校长早于到校",)
    certificate_subject = ("资格学科与任教学科不符",)
    no_lessons = ("在岗专任教师没有课时",)
    pay_implausible = ("工资收入异常",)
    subject_without_teacher = ("开设的学科没有教师",)
    postings_overlap = ("交流时间重叠",)
    training_hours = ("培训学时异常",)
    quota_filled = ("在编人数与教师表不符",)
    over_quota = ("超编",)
    # of amounts
    column_not_for_kind = ("所填栏目与学校性质不符",)
    over_capacity = ("超出容量",)
    outlier = ("与同类学校相差悬殊",)
    copied_values = ("多校数值雷同",)
    digit_heaping = ("尾数过于集中",)
    field_check = ("实地数与上报数不符",)
    budget_missing = ("有决算没有预算",)
    over_budget = ("决算远超预算",)
    pupils_funded_far = ("拨款学生数与在校生数相差过大",)
    series_gap = ("年份有缺漏",)
    growth = ("一年间变化过大",)
    series_roll = ("序列与学段表不符",)

    @property
    def severity(self) -> Severity:
        """What it does to an import, unless the check that finds it says otherwise."""
        return Severity.note if self.name in _NOTES else Severity.warning if self.name in _WARNINGS else Severity.error


_NOTES = frozenset({
    "unknown_header", "unknown_sheet", "unknown_file", "empty_school", "pupils_funded_missing", "place_too_wide",
    "population_basis", "population_cohort", "coordinates_coarse", "copied_from_last_year", "zone_not_needed",
    "head_before_arrival", "certificate_subject", "subject_without_teacher", "over_capacity", "digit_heaping", "budget_missing"})
_WARNINGS = frozenset({
    "class_size_implausible", "classes_count", "class_pupils", "teacher_count", "training_year", "coordinates_outside",
    "unit_slip", "place_level", "ended_place", "duplicate_name", "not_a_county", "two_groups", "group_name",
    "coordinate_incomplete", "coordinates_swapped", "outside_county", "far_from_others", "same_point", "event_details",
    "event_contradicted", "school_without_event", "vanished_rows", "sudden_change", "flow_balance", "flow_roll",
    "movement_time", "grade_of_stage", "pupil_and_teacher", "pupil_age", "pupil_list", "unknown_class", "migrant_residence",
    "no_list", "postponed_paper", "placement", "child_age", "quota_place_school", "rural_flag", "zone_overfull", "teacher_age",
    "several_heads", "no_lessons", "pay_implausible", "postings_overlap", "training_hours", "quota_filled", "over_quota",
    "column_not_for_kind", "outlier", "copied_values", "field_check", "over_budget", "pupils_funded_far", "series_gap",
    "growth", "series_roll", "emptied_values"})


def fault(kind: Kind, file: str, sheet: str = "", row: int = 0, column: str = "", *, found: str, wanted: str,
          do: str) -> Fault:
    """A fault with the severity of its kind."""
    return Fault(file, sheet, row, column, found, wanted, do, kind.name, kind.severity)
