"""The form in which a local value is entered with its paper."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.register.conditions import WHERE, value_word
from junheng.standards import Limit
from junheng.standards.law import DIVISORS
from junheng.standards.models import VALUE
from junheng.standards.writing import written_value
from junheng.web.standards.places import Place

EARLIEST = date(1986, 7, 1)  # the first Compulsory Education Law
ANY = [("", _("不限"))]
NUMBERS = {  # conditions with a bound, and what they are called
    "built_year_until": _("建校年份不晚于"),
    "pupils_from": _("学生数不少于"),
    "pupils_below": _("学生数少于"),
    "migrant_share_above": _("随迁子女占比高于（如 0.5）"),
}


CONDITIONS = ("stage", "kind", "area", *NUMBERS)


def _words(fact: str) -> list[tuple[str, str]]:
    """What a fact may be, in the language of the page."""
    return [(code, value_word(fact, code)) for code in WHERE[fact]]


def _several(label: Any, fact: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=lambda: _words(fact), widget=forms.CheckboxSelectMultiple
    )


class LocalValueForm(forms.Form):
    """Where, since when, how much, by which paper, for which schools."""

    jurisdiction = forms.ChoiceField(label=_("适用地"))
    value = forms.CharField(label=_("值"), max_length=VALUE)
    day = forms.DateField(label=_("施行日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    paper = forms.CharField(label=_("依据文件"), max_length=200, help_text=_("文件名或文号，写到条款"))
    seen = forms.BooleanField(label=_("已对照文件原文"), required=False)
    stage = forms.ChoiceField(label=_("学段"), required=False, choices=lambda: [*ANY, *_words("stage")])
    kind = _several(_("办学类型"), "kind")
    area = _several(_("城乡"), "area")
    built_year_until = forms.IntegerField(label=NUMBERS["built_year_until"], required=False, min_value=1850, max_value=2100)
    pupils_from = forms.IntegerField(label=NUMBERS["pupils_from"], required=False, min_value=0, max_value=100_000)
    pupils_below = forms.IntegerField(label=NUMBERS["pupils_below"], required=False, min_value=1, max_value=100_000)
    migrant_share_above = forms.DecimalField(
        label=NUMBERS["migrant_share_above"], required=False, min_value=0, max_value=1, max_digits=6
    )
    note = forms.CharField(label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, limit: Limit, places: list[Place], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.limit, self.places = limit, places
        self.fields["jurisdiction"].choices = [(each.code, each.name) for each in places]  # type: ignore[attr-defined]

    def clean_value(self) -> str:
        text = unicodedata.normalize("NFKC", self.cleaned_data["value"]).strip()
        try:
            found = written_value(text, self.limit)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if self.limit.name in DIVISORS and found == 0:
            raise forms.ValidationError(_("应大于0：要按它折算"))
        return str(found)

    def clean_paper(self) -> str:
        return _printable(self.cleaned_data["paper"])

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < EARLIEST:
            raise forms.ValidationError(_("日期太早，请核对"))
        return day

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in CONDITIONS]

    @property
    def conditions(self) -> list[forms.BoundField]:
        return [self[name] for name in CONDITIONS]

    @property
    def where(self) -> dict[str, Any]:
        """The conditions that were filled in; bounds as text, exact."""
        told = self.cleaned_data
        lists = {name: told[name] for name in ("kind", "area") if told[name]}
        bounds = {name: str(told[name]) for name in NUMBERS if told[name] is not None}
        return ({"stage": told["stage"]} if told["stage"] else {}) | lists | bounds

    @property
    def place(self) -> str:
        return next(each.name for each in self.places if each.code == self.cleaned_data["jurisdiction"])


def _printable(text: str) -> str:
    """A text that a file can hold: no control characters, no half of a character."""
    if any(unicodedata.category(each) in ("Cc", "Cs") for each in text):
        raise forms.ValidationError(_("含有看不见的控制字符，请重新输入"))
    return text
