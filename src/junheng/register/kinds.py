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

    @property
    def severity(self) -> Severity:
        """What it does to an import, unless the check that finds it says otherwise."""
        return Severity.note if self.name in _NOTES else Severity.warning if self.name in _WARNINGS else Severity.error


_NOTES = frozenset({"unknown_header", "unknown_sheet", "unknown_file", "empty_school", "pupils_funded_missing"})
_WARNINGS = frozenset({"class_size_implausible", "classes_count", "class_pupils", "teacher_count", "training_year",
                       "coordinates_outside", "unit_slip"})


def fault(kind: Kind, file: str, sheet: str = "", row: int = 0, column: str = "", *, found: str, wanted: str,
          do: str) -> Fault:
    """A fault with the severity of its kind."""
    return Fault(file, sheet, row, column, found, wanted, do, kind.name, kind.severity)
