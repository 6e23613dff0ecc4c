"""Pages of one's own account: log in and out, the second factor, password, language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as log_in
from django.contrib.auth import logout as log_out
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from junheng.people import audit, logins
from junheng.people.doors import Asked, logged_in, public
from junheng.people.forms import ChangePassword, Code, LogIn
from junheng.people.models import Person
from junheng.people.permissions import Action

PENDING = "pending"  # who has given his password and not yet the code
BACKEND = "django.contrib.auth.backends.ModelBackend"
TRIES = 5


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: Any) -> HttpResponse:
    """User name and password, then the code where the person has a second factor."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = LogIn(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        person: Person = form.get_user()
        if person.second_factor:
            request.session[PENDING] = {"person": person.pk, "next": _next(request), "tries": 0}
            return redirect("login-code")
        return _inside(request, person, _next(request))
    return render(request, "web/login.html", {"form": form, "next": _next(request), "title": _("登录")})


@public
@require_http_methods(["GET", "POST"])
def login_code(request: Any) -> HttpResponse:
    """The second factor; after five wrong codes the password is asked again."""
    pending = request.session.get(PENDING)
    if not pending:
        return redirect("login")
    person = Person.objects.filter(pk=pending["person"], is_active=True).first()
    form = Code(request.POST or None)
    if person and form.is_valid():
        if logins.is_right(logins.opened(person), form.cleaned_data["code"]):
            return _inside(request, person, pending["next"])
        pending["tries"] += 1
        request.session[PENDING] = pending
        audit.record(person, "login.code_refused", person.username)
        form.add_error("code", _("验证码不对或已过期 -> 输入应用上当前显示的六位数"))
    if not person or pending["tries"] >= TRIES:
        request.session.flush()
        return redirect("login")
    return render(request, "web/login.html", {"form": form, "title": _("两步验证")})


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else ""


def _inside(request: HttpRequest, person: Person, to: str) -> HttpResponse:
    request.session.pop(PENDING, None)
    log_in(request, person, backend=BACKEND)
    audit.record(person, "login", person.username)
    response = HttpResponseRedirect(to) if to else redirect(settings.LOGIN_REDIRECT_URL)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


@logged_in
@require_POST
def logout(request: Asked) -> HttpResponse:
    audit.record(request.access.person, "logout", request.access.person.username if request.access.person else "")
    log_out(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@public
@require_POST
def language(request: Any) -> HttpResponse:
    """Chinese or English, kept with the person."""
    asked = request.POST.get("language", "")
    chosen = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    if request.access.person:
        Person.objects.filter(pk=request.access.person.pk).update(language=chosen)
    activate(chosen)
    response = HttpResponseRedirect(_next(request) or "/")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


@logged_in
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: Asked) -> HttpResponse:
    """A new password; the other sessions of the person end."""
    form = ChangePassword(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        Person.objects.filter(pk=person.pk).update(must_change_password=False)
        update_session_auth_hash(request, person)
        audit.record(person, "password.change", person.username)
        messages.success(request, _("密码已修改"))
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "people/password.html", {"form": form})


@logged_in
@require_http_methods(["GET", "POST"])
def second_factor(request: Any) -> HttpResponse:
    """Set the second factor up, by scanning a picture and giving one code; or take it away by giving one."""
    person: Person = request.access.person
    form = Code(request.POST or None)
    held = logins.opened(person)
    secret = held or request.session.setdefault("new_secret", logins.new_secret())
    if request.method == "POST" and form.is_valid():
        if logins.is_right(secret, form.cleaned_data["code"]):
            person.second_factor = "" if held else logins.seal(secret)
            person.save(update_fields=["second_factor"])
            request.session.pop("new_secret", None)
            audit.record(person, "second_factor.off" if held else "second_factor.on", person.username)
            messages.success(request, _("两步验证已关闭") if held else _("两步验证已开启"))
            return redirect("second-factor")
        form.add_error("code", _("验证码不对或已过期 -> 输入应用上当前显示的六位数"))
    return render(
        request,
        "people/second_factor.html",
        {
            "form": form,
            "on": bool(held),
            "secret": None if held else secret,
            "picture": None if held else logins.picture(person, secret),
        },
    )


@logged_in
def account(request: Asked) -> HttpResponse:
    """What is one's own: appointments, password, second factor, tokens of programs."""
    person = request.access.person
    return render(request, "people/account.html", {"appointments": request.access.appointments, "has_second_factor": bool(
        person and person.second_factor), "may_use_api": request.access.may(Action.use_api)})
