"""The sections of the desk, in the order in which the left column lists them, each for who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from junheng.people.permissions import Action
from junheng.people.scope import Access


@dataclass(frozen=True)
class Section:
    """A section: its address by name, its letter after `g`, what one must be allowed, and which pages are its own too."""

    key: str
    route: str
    zh: str
    en: str
    action: Action | None
    also: tuple[str, ...] = ()


SECTIONS = (
    Section("o", "overview", "工作总览", "Overview", Action.see_overview, ("todo", "guide")),
    Section("f", "findings", "测算结果", "Findings", Action.see_findings),
    Section("s", "schools", "学校", "Schools", Action.see_schools),
    Section("u", "submissions", "学校报送", "Submissions", Action.see_submissions),
    Section("d", "documents", "文件", "Documents", Action.see_documents),
    Section("p", "plans", "方案", "Plans", Action.see_plans),
    Section("b", "standards", "标准", "Standards", Action.see_standards),
    Section("j", "jobs", "后台任务", "Jobs", Action.see_jobs),
    Section("a", "audit", "操作记录", "Audit", Action.see_audit),
    Section("e", "people", "人员与组织", "People", Action.see_people, ("organisations", "permissions")),
    Section("h", "help", "帮助", "Help", None),
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
    found = [each for each in SECTIONS if each.action is None or access.may(each.action)]
    return [Shown(each.key, _addresses(each)[0], each.zh, each.en, _holds(each, path)) for each in found]


def section_of(path: str) -> Section | None:
    """The section that a page is of; one's own account is of none."""
    return next((each for each in SECTIONS if _holds(each, path)), None)


def _holds(section: Section, path: str) -> bool:
    """Whether a page is one of the section's; every address begins with that of the first page, which holds itself alone."""
    return any(path == each or (each != "/" and path.startswith(each)) for each in _addresses(section))


@cache
def _addresses(section: Section) -> list[str]:
    """Of its own page first; every page of the desk asks for those of all sections."""
    return [reverse(route) for route in (section.route, *section.also)]
