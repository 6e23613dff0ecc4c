"""What a person sees when an address leads nowhere, is not his, or breaks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from junheng.people.doors import public

API = "/api/"
TOLD = {  # what a program is told where the view has no words of its own; a page has longer ones
    404: gettext_noop("没有这个地址，或不在您的职责范围内 -> 核对地址和代码"),
    403: gettext_noop("您的职责范围不包括这一项 -> 确有工作需要，请找系统管理员核对岗位和范围"),
    500: gettext_noop("系统出错，没有办成 -> 稍后重试；仍然出错，请把时间和地址告诉系统管理员"),
}


def for_a_program(request: HttpRequest) -> bool:
    """Whether a program asks, which reads JSON and not pages."""
    return request.path.startswith(API)


def in_two(sentence: str) -> dict[str, str]:
    """What is wrong, and what to do: the two halves of every refusal."""
    what, _, todo = sentence.partition(" -> ")
    return {"what": what, "todo": todo}


def answer_in_words(request: HttpRequest, code: int, sentence: str = "", **more: object) -> HttpResponse:
    """A refusal in words: a page, or JSON {what, todo} for a program."""
    if for_a_program(request):
        told = in_two(sentence or _(TOLD.get(code, TOLD[500]))) | more
        return JsonResponse(told, status=code, json_dumps_params={"ensure_ascii": False})
    return render(request, "web/error.html", {"code": code, **(in_two(sentence) if sentence else {})}, status=code)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer_in_words(request, 404)


@public
def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    todo = _("确有工作需要，请找系统管理员核对岗位和范围")
    return answer_in_words(request, 403, f"{exception} -> {todo}" if str(exception) else "")


@public
def wrong(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer_in_words(request, 400, _("请求的内容不对，没有保存 -> 返回上一页重试"))


@public
def broken(request: HttpRequest) -> HttpResponse:
    return answer_in_words(request, 500)


@public
def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer_in_words(request, 403, _("页面已过期，或不是从本系统提交的，没有保存 -> 刷新页面后重新提交"))
