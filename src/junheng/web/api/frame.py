"""What every call of the API has in common: its door, its errors in words, its pages of rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder
from pydantic import Field, StringConstraints

from junheng import __version__
from junheng.people.doors import needs, public
from junheng.people.language import joined
from junheng.web import errors

MOST = 1000  # rows of one answer
READ_ONLY = gettext_noop("数据接口只供读取，不接受 %(method)s -> 改用 GET；要填报或办理请到页面上")
DESCRIPTION = (
    "均衡的数据接口，只读。能读到的与令牌的主人在页面上能看到的相同。精确数写成字符串（小数，除不尽的写成 分子/分母）；"
    "未知为 null，unknown 说明有几行未知、rows 共几行。错误写成 {what, todo}。行按 next 一页一页往下取，直到 next 为 null。"
)

Row = TypeVar("Row")
Rows = TypeVar("Rows", bound=Model)
# no NUL: a database refuses it, and it names nothing
Name = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]+$")]
Year = Annotated[int, Field(ge=1900, le=2200)]


class InPlainUnicode(JSONRenderer):
    """Chinese as it is written, not escaped."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False)


api = NinjaAPI(
    title="均衡 Junheng",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,  # its page loads scripts from elsewhere, which the desk's policy refuses
    urls_namespace="api-v1",
    renderer=InPlainUnicode(),
    openapi_extra={
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    },
)


class Refusal(Schema):
    """What is wrong, and what to do; of a wrong parameter also which."""

    what: str
    todo: str
    faults: list[dict[str, str]] = Field(default_factory=list)


REFUSALS = {401: Refusal, 403: Refusal, 404: Refusal, 409: Refusal, 422: Refusal}


class Paging(Schema):
    """`after` is the last row's number of the answer before; `next` holds it."""

    after: Annotated[int, Field(ge=0, le=2**53)] = 0
    size: Annotated[int, Field(ge=1, le=MOST)] = 100


class Page(Schema, Generic[Row]):
    """Rows of one answer, how many there are in all, and where the rest begins."""

    count: int
    next: str | None
    items: list[Row]


def page_of(request: HttpRequest, rows: QuerySet[Rows], paging: Paging) -> dict[str, Any]:
    """The rows after the last one seen: the hundredth answer costs what the first does."""
    found = list(rows.order_by("pk").filter(pk__gt=paging.after)[: paging.size + 1])
    more, shown = len(found) > paging.size, found[: paging.size]
    query = request.GET.copy()
    if more:
        query["after"] = str(shown[-1].pk)
    return {"count": rows.count(), "next": f"{request.path}?{query.urlencode()}" if more else None, "items": shown}


def narrowed(rows: QuerySet[Rows], **asked: object) -> QuerySet[Rows]:
    """The rows that have what was asked; what was not asked does not narrow."""
    return rows.filter(**{name: value for name, value in asked.items() if value is not None})


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, wrong: Http404) -> HttpResponse:
    return errors.answer_in_words(request, 404)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    faults = [{"where": str(each["loc"][-1]), "what": _in_words(each)} for each in wrong.errors]
    return _refused(request, faults)


def _in_words(fault: dict[str, Any]) -> str:
    """The commonest in the language of who asks, the rest as the library says it."""
    told = fault.get("ctx", {})
    words = {
        "int_parsing": _("不是整数"),
        "bool_parsing": _("应为 true 或 false"),
        "literal_error": _("应为 %(known)s 之一") % {"known": told.get("expected", "")},
        "greater_than_equal": _("不能小于 %(least)s") % {"least": told.get("ge")},
        "less_than_equal": _("不能大于 %(most)s") % {"most": told.get("le")},
        "string_too_long": _("不能长于 %(most)s 个字") % {"most": told.get("max_length")},
        "string_too_short": _("不能为空"),
        "string_pattern_mismatch": _("含有不允许的字符"),
        "missing": _("没有填写"),
    }
    return words.get(fault["type"], str(fault.get("msg", "")))


def _refused(request: HttpRequest, faults: list[dict[str, str]]) -> HttpResponse:
    what = joined((_("参数 %(where)s：%(what)s") % each for each in faults), "；")
    return errors.answer_in_words(request, 422, _("%(what)s -> 按接口说明改正后重试") % {"what": what}, faults=faults)


def addresses(made: NinjaAPI) -> Iterable[URLPattern]:
    """The addresses of the API as the desk wants them: each says who may open it, as the function that answers does."""
    operations = {
        getattr(each, "url_name", each.view_func.__name__): each
        for view in made.default_router.path_operations.values()
        for each in view.operations
    }
    for pattern in made.urls[0]:
        if operation := operations.pop(str(pattern.name), None):
            pattern.callback = _door(pattern.callback, operation.view_func, _parameters(operation))
            yield pattern
        elif pattern.name == "openapi-json":
            pattern.callback = _door(pattern.callback, public(partial(pattern.callback)), set())
            yield pattern


def _parameters(operation: Operation) -> set[str]:
    models = [each for each in operation.models if each.__ninja_param_source__ == "query"]
    return {name for model in models for name in model.__ninja_flatten_map__}


def _door(answer: Callable[..., HttpResponse], declared: Any, names: set[str]) -> Callable[..., HttpResponse]:
    """Reading only, no parameter that means nothing, and nothing kept on the way."""

    def checked(request: HttpRequest, *args: Any, **told: Any) -> HttpResponse:
        if strange := sorted(set(request.GET) - names):
            return _refused(request, [{"where": each, "what": _("没有这个参数")} for each in strange])
        return answer(request, *args, **told)

    guarded = checked
    for actions in getattr(declared, "doors", ()):  # before anything is said of the parameters
        guarded = needs(*actions)(guarded)

    @wraps(declared)
    def view(request: HttpRequest, *args: Any, **told: Any) -> HttpResponse:
        if request.method != "GET":
            refusal = errors.answer_in_words(request, 405, _(READ_ONLY) % {"method": request.method})
            refusal["Allow"] = "GET"
            return refusal
        response = guarded(request, *args, **told)
        response["Cache-Control"] = "no-store"
        return response

    view.csrf_exempt = True  # type: ignore[attr-defined]  # whatever is sent here changes nothing
    return view


__all__ = ["REFUSALS", "Name", "Page", "Paging", "Query", "Year", "addresses", "api", "narrowed", "page_of"]
