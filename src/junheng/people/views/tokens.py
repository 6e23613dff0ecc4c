"""One's own tokens for the API: made, shown once, revoked."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from junheng.people import tokens as kept
from junheng.people.doors import Asked, needs
from junheng.people.models import ApiToken
from junheng.people.permissions import Action

DAYS = (30, 90, 365)


class TokenForm(forms.Form):
    """What it is for, and until when."""

    name = forms.CharField(label=gettext_lazy("用途"), max_length=64, help_text=gettext_lazy("写明哪个程序用，便于日后撤销"))
    days = forms.TypedChoiceField(
        label=gettext_lazy("有效期"),
        coerce=int,
        choices=[(each, format_lazy("{} {}", each, gettext_lazy("天"))) for each in DAYS],
        initial=90,
    )


@needs(Action.use_api)
@require_http_methods(["GET", "POST"])
def tokens(request: Asked) -> HttpResponse:
    form, made = TokenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        made = kept.issue(request.user, form.cleaned_data["name"], form.cleaned_data["days"])
        form = TokenForm()
    own = request.user.tokens.order_by("-created")
    response = render(request, "people/tokens.html", {"form": form, "made": made, "tokens": own, "now": timezone.now()})
    response["Cache-Control"] = "no-store"
    return response


@needs(Action.use_api)
@require_POST
def revoke(request: Asked, number: int) -> HttpResponse:
    kept.revoke(request.user, get_object_or_404(ApiToken, pk=number, person=request.user))
    messages.success(request, _("令牌已撤销"))
    return redirect("tokens")
