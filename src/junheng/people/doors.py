"""Who may open an address: every view says it, once, and a test fails for one that does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.translation import gettext as _

from junheng.people.language import joined
from junheng.people.permissions import Action
from junheng.people.scope import Access

View = Callable[..., HttpResponse]


class Asked(HttpRequest):
    """A request that has passed the guard: `access` says what its person may do, and where."""

    access: Access


LONGEST_NUMBER = 15  # digits; a longer one numbers nothing here, and Python refuses to read very long ones


def is_number(text: str) -> bool:
    """Whether what came with an address or a form is a whole number that can number something."""
    return text.isdecimal() and len(text) <= LONGEST_NUMBER


def needs(*actions: Action) -> Callable[[View], View]:
    """The view is for who may do one of these, somewhere; it narrows its rows itself by `request.access.reach(action)`.

    Said twice, both must hold. `doors` lists them for the test that compares them with the matrix.
    """
    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: Asked, *args: Any, **told: Any) -> HttpResponse:
            if not any(request.access.may(action) for action in actions):
                what = joined(_(action.zh) for action in actions)
                raise PermissionDenied(_("您的职责范围不包括%(what)s") % {"what": what})
            return view(request, *args, **told)
        guarded.needs = actions  # type: ignore[attr-defined]
        guarded.doors = (actions, *getattr(view, "doors", ()))  # type: ignore[attr-defined]
        return guarded
    return door


def admits(view: View, access: Access) -> bool:
    """Whether somebody may open this view at all."""
    return all(any(access.may(action) for action in actions) for actions in getattr(view, "doors", ()))


def may_open(access: Access, address: str) -> bool:
    """Whether a link to an address of the desk would let this person in."""
    return admits(resolve(address).func, access)


def logged_in(view: View) -> View:
    """The view is for everybody who has logged in: his own password, his language."""
    view.needs = ()  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """The view is for everybody: log-in, health."""
    view.public = True  # type: ignore[attr-defined]
    return view
