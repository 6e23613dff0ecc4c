"""People: who is here, what each is where; let in, appointed, kept out."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from junheng.kernel.faults import JunhengError
from junheng.people import actions
from junheng.people.codes import Line, OrganisationKind, Role
from junheng.people.doors import Asked, needs
from junheng.people.models import Appointment, Organisation, Person
from junheng.people.models.organisations import in_force
from junheng.people.pages import paged, rest_of_query
from junheng.people.permissions import Action


class AppointmentForm(forms.Form):
    """A role in an organisation; the organisation is named by its kind and code, as people import does."""

    role = forms.ChoiceField(label=_("角色"), choices=[(each.name, _(each.zh)) for each in Role])
    kind = forms.ChoiceField(label=_("组织类型"), choices=[(each.name, _(each.zh)) for each in OrganisationKind])
    code = forms.CharField(label=_("组织代码"), max_length=64, help_text=_("学校填标识码，县市教育局填区划代码；见“组织”页"))
    lines = forms.MultipleChoiceField(
        label=_("工作条线"),
        required=False,
        choices=[(each.name, _(each.zh)) for each in Line],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选即全部条线；科室干部按其科室"),
    )

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        found = Organisation.objects.filter(kind=told.get("kind", ""), code=told.get("code", "")).first()
        if found is None and told.get("code"):
            self.add_error("code", _("没有这个组织 -> 到“组织”页核对代码"))
        return told | {"organisation": found}


class PersonForm(AppointmentForm):
    """A new person with a first appointment."""

    username = forms.SlugField(label=_("用户名"), max_length=64, help_text=_("字母、数字、连字符"))
    name = forms.CharField(label=_("姓名"), max_length=64)
    field_order = ("username", "name", "role", "kind", "code", "lines")


def _inside(request: Asked, rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """The posts that the person may see: those in organisations of his."""
    inside = request.access.organisations(Action.see_people)
    return rows if inside is None else rows.filter(organisation__in=inside)


def _in_force(request: Asked) -> Prefetch:
    rows = Appointment.objects.filter(in_force(timezone.localdate())).select_related("organisation").order_by("pk")
    return Prefetch("appointments", _inside(request, rows), to_attr="held")


def _theirs(request: Asked, number: int) -> Person:
    """The person, to be changed by who looks after all organisations the person works for. Errors: Http404, JunhengError."""
    found = get_object_or_404(request.access.people(Action.manage_people), pk=number)
    inside = request.access.organisations(Action.manage_people)
    posts = found.appointments.filter(in_force(timezone.localdate()))
    if inside is not None and posts.exclude(organisation__in=inside).exists():
        raise JunhengError(gettext("%(who)s：还在您管理范围之外的单位任职 -> 请上级系统管理员办理") % {"who": found})
    return found


def _may_appoint(request: Asked, form: forms.Form) -> bool:
    """Whether the organisation chosen is one that the person looks after; else the form says so."""
    inside = request.access.organisations(Action.manage_people)
    if inside is None or form.cleaned_data["organisation"].pk in inside:
        return True
    form.add_error("code", _("没有这个组织 -> 到“组织”页核对代码"))
    return False


@needs(Action.see_people)
def persons(request: Asked) -> HttpResponse:
    rows = request.access.people(Action.see_people).prefetch_related(_in_force(request))
    if asked := request.GET.get("q", "").strip():
        rows = rows.filter(
            Q(username__icontains=asked) | Q(name__icontains=asked) | Q(appointments__organisation__name__icontains=asked)
        ).distinct()
    if (role := request.GET.get("role", "")) in Role.__members__:
        rows = rows.filter(appointments__role=role).distinct()
    return render(
        request,
        "people/people.html",
        {
            "page": paged(request, rows),
            "asked": request.GET,
            "roles": list(Role),
            "query": rest_of_query(request),
            "may_manage": request.access.may(Action.manage_people),
        },
    )


@needs(Action.see_people)
def one(request: Asked, number: int) -> HttpResponse:
    found = get_object_or_404(request.access.people(Action.see_people), pk=number)
    appointments = _inside(request, found.appointments.select_related("organisation").order_by("-pk"))
    return render(
        request,
        "people/person.html",
        {
            "found": found,
            "appointments": appointments,
            "today": timezone.localdate(),
            "form": AppointmentForm(),
            "may_manage": request.access.may(Action.manage_people),
        },
    )


@needs(Action.manage_people)
@require_http_methods(["GET", "POST"])
def new(request: Asked) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _may_appoint(request, form):
        told = form.cleaned_data
        password = actions.create_person(
            request.user, told["username"], told["name"], told["organisation"], Role[told["role"]], told["lines"]
        )
        return _handed_over(request, told["username"], password)
    return render(request, "people/new.html", {"form": form})


@needs(Action.manage_people)
@require_POST
def appoint(request: Asked, number: int) -> HttpResponse:
    found, form = _theirs(request, number), AppointmentForm(request.POST)
    if not (form.is_valid() and _may_appoint(request, form)):
        return render(
            request,
            "people/person.html",
            {
                "found": found,
                "appointments": _inside(request, found.appointments.select_related("organisation")),
                "today": timezone.localdate(),
                "form": form,
                "may_manage": True,
            },
            status=422,
        )
    told = form.cleaned_data
    actions.appoint(request.user, found, told["organisation"], Role[told["role"]], told["lines"])
    messages.success(request, _("已加上岗位"))
    return redirect("person", number)


@needs(Action.manage_people)
@require_POST
def end(request: Asked, number: int) -> HttpResponse:
    inside = request.access.organisations(Action.manage_people)
    posts = Appointment.objects.all() if inside is None else Appointment.objects.filter(organisation__in=inside)
    appointment = get_object_or_404(posts, pk=number)
    actions.end(request.user, appointment)
    messages.success(request, _("岗位已结束"))
    return redirect("person", appointment.person_id)


@needs(Action.manage_people)
@require_POST
def password(request: Asked, number: int) -> HttpResponse:
    found = _theirs(request, number)
    return _handed_over(request, found.username, actions.reset_password(request.user, found))


@needs(Action.manage_people)
@require_POST
def active(request: Asked, number: int) -> HttpResponse:
    actions.set_active(request.user, _theirs(request, number), request.POST.get("active") == "yes")
    return redirect("person", number)


def _handed_over(request: Asked, username: str, password: str) -> HttpResponse:
    """The first password is shown on this page only, and kept nowhere."""
    response = render(request, "people/handed_over.html", {"username": username, "password": password})
    response["Cache-Control"] = "no-store"
    return response
