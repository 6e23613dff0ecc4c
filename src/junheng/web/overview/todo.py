"""Everything that waits, page by page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from junheng.people.doors import Asked, needs
from junheng.people.pages import paged
from junheng.people.permissions import Action
from junheng.people.transitions import KINDS
from junheng.web.overview.dues import Due, waiting_for, waiting_for_others


@needs(Action.see_overview)
def todo(request: Asked) -> HttpResponse:
    """What waits for the person; with `of=others` what he waits for; with `late=1` only what is past its day."""
    of_others = request.GET.get("of") == "others"
    cases = waiting_for_others(request.access) if of_others else waiting_for(request.access)
    if is_late := request.GET.get("late") == "1":
        cases = cases.filter(due__lt=request.access.day)
    page = paged(request, cases)
    dues = [Due(each, KINDS[each.kind], request.access) for each in page.object_list]
    asked = [name for name, on in (("of=others", of_others), ("late=1", is_late)) if on]
    return render(request, "web/overview/todo.html",
                  {"page": page, "dues": dues, "of_others": of_others, "is_late": is_late, "query": "&".join(asked)})
