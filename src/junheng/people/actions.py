"""What is written about persons: each action is one transaction, checked whole, audited."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.codes import DESK, Line, OrganisationKind, OrganisationTree, Role
from junheng.people.models import Appointment, Organisation, Person
from junheng.people.models.organisations import in_force

COLUMNS = ("用户名", "姓名", "角色", "组织代码", "组织类型", "工作条线", "起", "止")
REQUIRED = COLUMNS[:4]
MOST_BYTES, LONGEST_LINE = 5_000_000, 2_000  # of a list of people; characters
LONGEST_NAME = 64


@dataclass(frozen=True)
class _Row:
    """A row of a list of people, read."""

    username: str
    name: str
    role: Role
    organisation: Organisation
    lines: list[str]
    since: date | None
    until: date | None


@transaction.atomic
def create_administrator(username: str, name: str, password: str, *, must_change: bool) -> Person:
    """The first person. Errors: JunhengError for a name that is taken, a password too weak."""
    if Person.objects.filter(username=username).exists():
        raise JunhengError(f"用户名 {username}：已有此人 -> 换一个用户名")
    person = Person(username=username, name=name, must_change_password=must_change)
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise JunhengError(f"密码：{'；'.join(weak.messages)} -> 换一个密码") from weak
    person.set_password(password)
    person.save()
    office, _ = Organisation.objects.get_or_create(kind=OrganisationKind.section.name, code=DESK, defaults={"name": "系统管理"})
    Appointment.objects.create(person=person, organisation=office, role=Role.administrator.name)
    audit.record(None, "person.create", username, detail={"role": Role.administrator.name})
    return person


@transaction.atomic
def import_people(file: Path) -> dict[str, str]:
    """People of a CSV file with the columns of COLUMNS; who is new gets a password, which is returned once. A row an appointment.

    Errors: JunhengError with every fault of every row; then nobody is imported.
    """
    faults: list[str] = []
    rows = list(_read(file, faults))
    if faults:
        raise JunhengError("\n".join([*faults, f"{file.name}：{len(faults)} 处不对，没有导入任何人"]))
    passwords: dict[str, str] = {}
    for each in rows:
        person = Person.objects.filter(username=each.username).first()
        if person is None:
            passwords[each.username] = secrets.token_urlsafe(9)
            person = Person.objects.create_user(
                each.username, passwords[each.username], name=each.name, must_change_password=True
            )
        Appointment.objects.get_or_create(
            person=person,
            organisation=each.organisation,
            role=each.role.name,
            defaults={"lines": each.lines, "since": each.since, "until": each.until, "tree": _tree(each.organisation)},
        )
        audit.record(
            None, "person.appoint", each.username, detail={"role": each.role.name, "organisation": each.organisation.code}
        )
    return passwords


def _tree(organisation: Organisation) -> str:
    return organisation.kind if organisation.kind in OrganisationTree.__members__ else OrganisationTree.administration.name


def _read(file: Path, faults: list[str]) -> Iterator[_Row]:
    table = csv.DictReader(_lines(file), strict=True)
    try:
        yield from _rows(table, file, faults)
    except csv.Error as wrong:
        raise JunhengError(f"{file.name} 第{table.line_num}行：引号不成对 -> 用表格软件打开核对，另存为“CSV UTF-8”") from wrong


def _rows(table: csv.DictReader[str], file: Path, faults: list[str]) -> Iterator[_Row]:
    if missing := [name for name in REQUIRED if name not in (table.fieldnames or ())]:
        raise JunhengError(f"{file.name}：缺少列 {'、'.join(missing)}；应有 {'、'.join(COLUMNS)} -> 补上后重试")
    for number, row in enumerate(table, start=2):
        wrong, made = _row({name: (row.get(name) or "").strip() for name in COLUMNS})
        if None in row:  # what csv calls the cells beyond the last column
            wrong.append("比表头多出几格 -> 含逗号的内容加英文双引号")
        faults += [f"{file.name} 第{number}行 {each}" for each in wrong]
        if made:
            yield made


def _lines(file: Path) -> list[str]:
    """The lines of a list, each of a length that a list can have: csv would take a cell of any for one that is not closed."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise JunhengError(f"{file.name}：超过 {MOST_BYTES // 1_000_000} MB；应为人员名单 -> 核对文件，或分成几个导入")
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as wrong:
        raise JunhengError(f"{file}：读不了；应为 UTF-8 编码的 .csv -> 用表格软件另存为“CSV UTF-8”") from wrong
    long = next((number for number, line in enumerate(lines, start=1) if len(line) > LONGEST_LINE), 0)
    if long:
        raise JunhengError(f"{file.name} 第{long}行：超过 {LONGEST_LINE} 字；应为一人一行 -> 改正后重试")
    return lines


def _row(row: dict[str, str]) -> tuple[list[str], _Row | None]:
    roles, kinds, lines = (codes.spellings() for codes in (Role, OrganisationKind, Line))
    wrong = [f"{name}：没有填写 -> 补上" for name in REQUIRED if not row[name]]
    wrong += _called(row["用户名"], row["姓名"])
    role = roles.get(row["角色"])
    if row["角色"] and role is None:
        wrong.append(f"角色：“{row['角色']}”；应为 {'、'.join(each.zh for each in Role)} -> 改正")
    found = Organisation.objects.filter(code=row["组织代码"])
    if row["组织类型"]:
        found = found.filter(kind=kinds.get(row["组织类型"], row["组织类型"]))
    if row["组织代码"] and found.count() != 1:
        wrong.append(
            f"组织代码：“{row['组织代码']}”{'有几个，请填组织类型' if found.count() else '不在组织名单里'} -> 到人员与组织页核对"
        )
    named = [each for each in row["工作条线"].replace("，", "、").replace(",", "、").split("、") if each]
    wrong += [f"工作条线：“{each}”；应为 {'、'.join(one.zh for one in Line)} -> 改正" for each in named if each not in lines]
    since, until = (_day(row[name], name, wrong) for name in ("起", "止"))
    if since and until and until <= since:
        wrong.append(f"止：{until} 不在“起”{since} 之后 -> 改正，仍在任的留空")
    if wrong or role is None:
        return wrong, None
    return [], _Row(row["用户名"], row["姓名"], Role[role], found.get(), [lines[each] for each in named], since, until)


def _called(username: str, name: str) -> Iterator[str]:
    """What is wrong with the names of a person; as on the page of a new one."""
    if username and (len(username) > LONGEST_NAME or not slug_re.match(username)):
        yield f"用户名：“{username[:LONGEST_NAME]}”；应为字母、数字、连字符，不超过 {LONGEST_NAME} 个 -> 改正"
    if len(name) > LONGEST_NAME or not name.isprintable():
        yield f"姓名：超过 {LONGEST_NAME} 字，或有看不见的字符 -> 改正"


def _day(text: str, name: str, wrong: list[str]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong.append(f"{name}：“{text}”不是日期；应如 2025-09-01 -> 改正")
        return None


def appoint(by: Person, person: Person, organisation: Organisation, role: Role, lines: list[str]) -> Appointment:
    """A new appointment from today on."""
    with transaction.atomic():
        made = Appointment.objects.create(
            person=person,
            organisation=organisation,
            role=role.name,
            lines=lines,
            since=timezone.localdate(),
            tree=_tree(organisation),
        )
        audit.record(by, "person.appoint", person.username, detail={"role": role.name, "organisation": organisation.code})
    return made


@transaction.atomic
def end(by: Person, appointment: Appointment) -> None:
    """An appointment ends with yesterday; what was done under it stays. Errors: JunhengError for the last administrator."""
    if appointment.role == Role.administrator.name:
        _refuse_last(appointment)
    Appointment.objects.filter(pk=appointment.pk).update(until=timezone.localdate())
    audit.record(
        by,
        "person.end",
        appointment.person.username,
        detail={"role": appointment.role, "organisation": appointment.organisation.code},
    )


def _refuse_last(appointment: Appointment) -> None:
    others = Appointment.objects.filter(in_force(timezone.localdate()), role=Role.administrator.name, person__is_active=True)
    if not others.exclude(person=appointment.person).exists():
        raise JunhengError(_("这是最后一名系统管理员，不能撤销 -> 先给另一人加上系统管理员"))


@transaction.atomic
def create_person(by: Person, username: str, name: str, organisation: Organisation, role: Role, lines: list[str]) -> str:
    """A new person with one appointment; the first password, to be handed over once. Errors: JunhengError if it is taken."""
    if Person.objects.filter(username=username).exists():
        raise JunhengError(_("用户名 %(name)s：已有此人 -> 换一个用户名，或在此人页上加岗位") % {"name": username})
    password = secrets.token_urlsafe(9)
    person = Person.objects.create_user(username, password, name=name, must_change_password=True)
    audit.record(by, "person.create", username)
    appoint(by, person, organisation, role, lines)
    return password


@transaction.atomic
def reset_password(by: Person, person: Person) -> str:
    """A first password again, no second factor and no tokens: for who has lost one of them, perhaps to somebody."""
    password = secrets.token_urlsafe(9)
    person.set_password(password)
    person.must_change_password, person.second_factor = True, ""
    person.save()
    person.tokens.all().delete()
    audit.record(by, "password.reset", person.username)
    return password


@transaction.atomic
def set_active(by: Person, person: Person, active: bool) -> None:
    """Let somebody in or keep him out. Errors: JunhengError for the last administrator."""
    if not active:
        for each in person.appointments.filter(in_force(timezone.localdate()), role=Role.administrator.name):
            _refuse_last(each)
    Person.objects.filter(pk=person.pk).update(is_active=active)
    audit.record(by, "person.in" if active else "person.out", person.username)
