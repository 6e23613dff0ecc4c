"""Which chapters there are, in the order in which one reads them, and of which pages of the desk each tells."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.web.sections import SECTIONS, section_of

FIRST = "start"


@dataclass(frozen=True)
class Chapter:
    """`name` is its file and its address; `pages` the routes it tells of, `action` what opens them.

    A section's chapter has the name of its route, and is for whom the section is.
    """

    name: str
    pages: tuple[str, ...] = ()
    action: Action | None = None

    def is_of(self, access: Access) -> bool:
        """Whether it tells of something this person may open; what needs no permission is of everybody."""
        needed = self.action or next((each.action for each in SECTIONS if each.route == self.name), None)
        return needed is None or access.may(needed)


CHAPTERS = {
    each.name: each
    for each in (
        Chapter(FIRST),
        Chapter("roles"),
        Chapter("overview"),
        Chapter("guide", ("guide",), Action.begin_register),
        Chapter("findings"),
        Chapter("figures", ("finding", "finding-rows"), Action.see_findings),
        Chapter("schools"),
        Chapter("submissions"),
        Chapter("documents"),
        Chapter("plans"),
        Chapter("standards"),
        Chapter("jobs"),
        Chapter("audit"),
        Chapter("people"),
        Chapter("account", ("account", "password", "second-factor")),
        Chapter("api", ("tokens",), Action.use_api),
        Chapter("indicators", action=Action.see_findings),
        Chapter("words"),
    )
}
OF_PAGE = {page: each.name for each in CHAPTERS.values() for page in each.pages}


def chapter_of(request: HttpRequest) -> str:
    """The name of the chapter that tells of the page asked for."""
    match = request.resolver_match
    if match and match.url_name in OF_PAGE:
        return OF_PAGE[match.url_name]
    section = section_of(request.path)
    return section.route if section and section.route in CHAPTERS else FIRST
