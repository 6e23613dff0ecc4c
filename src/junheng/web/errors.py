"""What a person sees when an address leads nowhere, is not his, or breaks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.people.doors import public


def in_two(sentence: str) -> dict[str, str]:
    """What is wrong, and what to do: the two halves of every refusal."""
    what, _, todo = sentence.partition(" -> ")
    return {"what": what, "todo": todo}


def _page(request: HttpRequest, code: int, sentence: str = "") -> HttpResponse:
    return render(request, "web/error.html", {"code": code, **(in_two(sentence) if sentence else {})}, status=code)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


@public
def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, f"{exception} -> 确有工作需要，请找系统管理员核对岗位和范围" if str(exception) else "")


@public
def wrong(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, "请求的内容不对，没有保存 -> 返回上一页重试")


@public
def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)


@public
def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, "页面已过期，或不是从本系统提交的，没有保存 -> 刷新页面后重新提交")
