"""The forms of log-in and of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

REFUSED = _("用户名或密码不对；连续输错会暂时锁定 -> 核对后重试，忘记密码请联系管理员")


class LogIn(AuthenticationForm):
    """User name and password; wrong ones are refused alike."""

    error_messages = {"invalid_login": REFUSED, "inactive": REFUSED}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["username"].label = _("用户名")
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autofocus": True}
        self.fields["password"].label = _("密码")


class Code(forms.Form):
    """The six digits of the second factor."""

    code = forms.CharField(
        label=_("动态验证码"),
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )


class ChangePassword(PasswordChangeForm):
    """The old password, and the new one twice."""

    error_messages = {
        "password_incorrect": _("原密码不对 -> 重新输入"),
        "password_mismatch": _("两次输入的新密码不同 -> 重新输入"),
    }
