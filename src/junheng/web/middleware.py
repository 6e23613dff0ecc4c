"""What stands between the server and the views: measured, guarded, in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from junheng.kernel.faults import JunhengError
from junheng.people import tokens
from junheng.people.models import Person
from junheng.people.scope import Access
from junheng.web import metrics
from junheng.web.errors import answer_in_words, for_a_program

log = logging.getLogger("junheng.web")
Answer = Callable[[HttpRequest], HttpResponse]

NO_TOKEN = gettext_noop("没有登录，或令牌无效、已过期、已撤销 -> 在请求头写 Authorization: Bearer 令牌；令牌在“接口令牌”页新建")
FIRST_PASSWORD = gettext_noop("初始密码还没有修改 -> 先登录修改密码，再使用数据接口")
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
                    "person": _who(request),
                },
            )
        return response


def _who(request: HttpRequest) -> int | None:
    """The number of who asks, by session or token; an answer given before the guard has nobody."""
    access: Access | None = getattr(request, "access", None)
    return access.person.pk if access and access.person else None


class Guarded:
    """No view is open that does not say so; whoever is inside carries his access with the request."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: Any) -> HttpResponse:
        request.access = Access(_asking(request), timezone.localdate())
        return self.answer(request)

    def process_view(self, request: Any, view: Any, args: Any, told: Any) -> HttpResponse | None:
        if getattr(view, "public", False):
            return None
        if request.access.person is None:
            return _to_login(request)
        if request.access.person.must_change_password and request.resolver_match.url_name not in OF_ONES_OWN:
            return _to_password(request)
        if getattr(view, "needs", None) is None:
            raise RuntimeError(f"the view of {request.resolver_match.route} does not say who may open it")
        return None


def _asking(request: Any) -> Person | None:
    """Who has logged in; of the API who holds the token, where one is given. A token opens no page."""
    given = request.headers.get("Authorization")
    if given is not None and for_a_program(request):
        return tokens.holder(given)
    return request.user if request.user.is_authenticated else None


def _to_password(request: HttpRequest) -> HttpResponse:
    if for_a_program(request):
        return answer_in_words(request, 403, _(FIRST_PASSWORD))
    return HttpResponseRedirect(reverse("password"))


def _to_login(request: HttpRequest) -> HttpResponse:
    if for_a_program(request):
        refusal = answer_in_words(request, 401, _(NO_TOKEN))
        refusal["WWW-Authenticate"] = "Bearer"
        return refusal
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
        return answer_in_words(request, 409, str(wrong))
