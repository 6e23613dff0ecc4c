"""The sections of the desk, in the order in which the left column lists them, each for who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from junheng.people.permissions import Action
from junheng.people.scope import Access


@dataclass(frozen=True)
class Section:
    """A section: its address by name, its letter after `g`, and what one must be allowed to see it."""

    key: str
    route: str
    zh: str
    en: str
    action: Action | None


SECTIONS = (
    Section("o", "overview", "工作总览", "Overview", Action.see_overview),
    Section("f", "findings", "测算结果", "Findings", Action.see_findings),
    Section("s", "schools", "学校", "Schools", Action.see_schools),
    Section("u", "submissions", "学校报送", "Submissions", Action.see_submissions),
    Section("d", "documents", "文件", "Documents", Action.see_documents),
    Section("p", "plans", "方案", "Plans", Action.see_plans),
    Section("b", "standards", "标准", "Standards", Action.see_standards),
    Section("j", "jobs", "后台任务", "Jobs", Action.see_jobs),
    Section("a", "audit", "操作记录", "Audit", Action.see_audit),
    Section("e", "people", "人员与组织", "People", Action.see_people),
)


@dataclass(frozen=True)
class Shown:
    """A section as the page draws it."""

    key: str
    href: str
    zh: str
    en: str
    on: bool
    count: int | None = None


def sections_of(access: Access, path: str) -> list[Shown]:
    """Those the person may open; the one whose address begins this page's is on."""
    found = [(each, reverse(each.route)) for each in SECTIONS if each.action is None or access.may(each.action)]
    on = max((href for _, href in found if path.startswith(href)), key=len, default="")
    return [Shown(each.key, href, each.zh, each.en, href == on) for each, href in found]
