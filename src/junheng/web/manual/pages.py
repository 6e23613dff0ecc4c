"""The pages of the manual, for everybody who has logged in."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import render

from junheng.people.codes import Role
from junheng.people.doors import Asked, logged_in
from junheng.people.permissions import permitted
from junheng.people.scope import Access
from junheng.web.manual.chapters import CHAPTERS
from junheng.web.manual.facts import joined, role_word
from junheng.web.manual.marked import marked
from junheng.web.manual.texts import Part, Text, search, spoken, text_of

LONGEST = 100  # characters of what is looked for


@logged_in
def contents(request: Asked) -> HttpResponse:
    """All chapters, one's own first; or where the words stand that were asked for."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    texts = [(each.is_of(request.access), text_of(name)) for name, each in CHAPTERS.items()]
    page = {"own": [_listed(text, request.access) for is_own, text in texts if is_own],
            "others": [_listed(text, request.access) for is_own, text in texts if not is_own],
            "asked": asked, "hits": list(search(asked)) if asked else []}
    return render(request, "web/manual/contents.html", page)


@logged_in
def chapter(request: Asked, name: str) -> HttpResponse:
    """A chapter; what is not this person's to do is there, folded."""
    if name not in CHAPTERS:
        raise Http404
    text, access = text_of(name), request.access
    parts = [{"part": each, "html": marked(each.text, access), "who": _who(each), "is_own": _is_own(each, access)}
             for each in text.parts]
    return render(request, "web/manual/chapter.html",
                  {"text": text, "opening": marked(text.opening, access), "parts": parts, "picture": picture_of(name),
                   "is_own": CHAPTERS[name].is_of(access)})


def picture_of(chapter: str) -> str:
    """Its picture under /static/, 1280 by 800, taken by the browser tests a language each; empty where there is none."""
    path = f"web/manual/{spoken()}/{chapter}.webp"
    return path if finders.find(path) else ""


def _listed(text: Text, access: Access) -> tuple[Text, str]:
    return text, marked(text.opening, access)


def _is_own(part: Part, access: Access) -> bool:
    return not part.actions or any(access.may(each) for each in part.actions)


def _who(part: Part) -> str:
    """The roles that may do what the part tells of, as the matrix says it."""
    may = [role for role in Role if any(permitted(role, each) for each in part.actions)]
    return joined(map(role_word, may))
