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
from django.db import transaction

from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.codes import Line, OrganisationKind, OrganisationTree, Role
from junheng.people.models import Appointment, Branch, Organisation, Person

COLUMNS = ("用户名", "姓名", "角色", "组织代码", "组织类型", "工作条线", "起", "止")
REQUIRED = COLUMNS[:4]
OFFICE = "desk"  # the organisation of an administrator where no register is there yet


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
    office, _ = Organisation.objects.get_or_create(kind=OrganisationKind.section.name, code=OFFICE, defaults={"name": "系统管理"})
    _under_the_bureau(office)
    Appointment.objects.create(person=person, organisation=office, role=Role.administrator.name)
    audit.record(None, "person.create", username, detail={"role": Role.administrator.name})
    return person


def _under_the_bureau(office: Organisation) -> None:
    bureau = Organisation.objects.filter(kind=OrganisationKind.city_bureau.name).first()
    if bureau:
        Branch.objects.get_or_create(tree=OrganisationTree.administration.name, parent=bureau, child=office)


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
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as wrong:
        raise JunhengError(f"{file}：读不了；应为 UTF-8 编码的 .csv -> 用表格软件另存为“CSV UTF-8”") from wrong
    table = csv.DictReader(lines)
    if missing := [name for name in REQUIRED if name not in (table.fieldnames or ())]:
        raise JunhengError(f"{file.name}：缺少列 {'、'.join(missing)}；应有 {'、'.join(COLUMNS)} -> 补上后重试")
    for number, row in enumerate(table, start=2):
        wrong, made = _row({name: (row.get(name) or "").strip() for name in COLUMNS})
        faults += [f"{file.name} 第{number}行 {each}" for each in wrong]
        if made:
            yield made


def _row(row: dict[str, str]) -> tuple[list[str], _Row | None]:
    roles, kinds, lines = (codes.spellings() for codes in (Role, OrganisationKind, Line))
    wrong = [f"{name}：没有填写 -> 补上" for name in REQUIRED if not row[name]]
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
    if wrong or role is None:
        return wrong, None
    return [], _Row(row["用户名"], row["姓名"], Role[role], found.get(), [lines[each] for each in named], since, until)


def _day(text: str, name: str, wrong: list[str]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong.append(f"{name}：“{text}”不是日期；应如 2025-09-01 -> 改正")
        return None
