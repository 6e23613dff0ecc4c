"""The forms of the pages: what an officer fills in beside a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.register.models import Deadline


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OpenYear(forms.Form):
    """Until when which school year is handed in."""

    year = forms.IntegerField(label=_("学年（起始年份）"), min_value=2000, max_value=2100)
    due = _day(label=_("报送截止日"))
    note = forms.CharField(label=_("说明"), max_length=300, required=False, help_text=_("学校在报送页上看到，如“按秋季统计口径”"))

    def clean_due(self) -> object:
        if (due := self.cleaned_data["due"]) < timezone.localdate():
            raise forms.ValidationError(_("截止日已经过去 -> 填今天或以后的日期"))
        return due

    @classmethod
    def of(cls, held: Deadline | None, year: int) -> OpenYear:
        return cls(
            initial={"year": held.year if held else year, "due": held.due if held else None, "note": held.note if held else ""}
        )


class Return(forms.Form):
    """Why a submission goes back to the school, and until when it may come again."""

    note = forms.CharField(label=_("退回意见"), max_length=1000, widget=_text(), help_text=_("写明哪张表、哪里不对、怎么改"))
    until = _day(label=_("重报截止日"), required=False, help_text=_("不填则按原期限；原期限已过的应填写"))


class Unlock(forms.Form):
    """Until when one school may hand in after the deadline, and why."""

    until = _day(label=_("解锁至"))
    reason = forms.CharField(label=_("解锁原因"), max_length=500, widget=_text(2))


class Remark(forms.Form):
    """Why something that was taken in is to be changed."""

    note = forms.CharField(label=_("原因"), max_length=1000, widget=_text(2))


class NewVersion(forms.Form):
    """Why there is a new version."""

    reason = forms.CharField(
        label=_("更新原因"), max_length=300, widget=forms.TextInput(attrs={"placeholder": _("写入快照，如“秋季报送第一批”")})
    )
