"""What stands between the server and the views: measured, guarded, in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from junheng.kernel.faults import JunhengError
from junheng.people.scope import Access
from junheng.web import metrics
from junheng.web.errors import in_two

log = logging.getLogger("junheng.web")
Answer = Callable[[HttpRequest], HttpResponse]

OF_ONES_OWN = ("password", "logout", "set_language")  # what somebody who must change his password may still open


class Measured:
    """Every answer is counted and timed by its route, never by what stands in the address."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.answer(request)
        route = request.resolver_match.route if request.resolver_match else "-"
        spent = perf_counter() - began
        metrics.answered(route, request.method or "", response.status_code, spent)
        if route != "-":
            log.info(
                "answered",
                extra={
                    "path": route,
                    "method": request.method,
                    "status": response.status_code,
                    "ms": round(spent * 1000, 1),
                    "person": getattr(request.user, "pk", None) if hasattr(request, "user") else None,
                },
            )
        return response


class Guarded:
    """No view is open that does not say so; whoever is inside carries his access with the request."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: Any) -> HttpResponse:
        person = request.user if request.user.is_authenticated else None
        request.access = Access(person, timezone.localdate())
        return self.answer(request)

    def process_view(self, request: Any, view: Any, args: Any, told: Any) -> HttpResponse | None:
        if getattr(view, "public", False):
            return None
        if request.access.person is None:
            return _to_login(request)
        if request.access.person.must_change_password and request.resolver_match.url_name not in OF_ONES_OWN:
            return HttpResponseRedirect(reverse("password"))
        if getattr(view, "needs", None) is None:
            raise RuntimeError(f"the view of {request.resolver_match.route} does not say who may open it")
        return None


def _to_login(request: HttpRequest) -> HttpResponse:
    address = f"{reverse('login')}?next={quote(request.get_full_path())}"
    if request.headers.get("HX-Request"):  # a part of a page: the whole page goes to the log-in
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


class InWords:
    """An error the user can do something about is shown in its words, with its status."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, wrong: Exception) -> HttpResponse | None:
        if not isinstance(wrong, JunhengError):
            return None
        return render(request, "web/error.html", {"code": 409, **in_two(str(wrong))}, status=409)
