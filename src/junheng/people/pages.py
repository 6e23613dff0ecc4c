"""What the pages of every room have in common: rows a page at a time, the rest of the query, a day, a file to take away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def paged(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], a_page: int = A_PAGE) -> Page:
    """The page of rows that is asked for; the nearest one there is."""
    return Paginator(rows, a_page).get_page(request.GET.get("page"))


def rest_of_query(request: HttpRequest) -> str:
    """The query string without the page, for the links of the pager."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def day_of(text: str) -> date | None:
    """The day that a query names; None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def download(content: bytes, name: str, kind: str = XLSX) -> HttpResponse:
    """A file to take away, under its own name, kept by no cache."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
