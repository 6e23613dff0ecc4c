"""What is asked of a password beyond what Django asks."""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's, which says a short one's fault in English to everybody: its Chinese lacks the sentence."""

    def get_error_message(self) -> str:
        return _("密码太短：应至少 %(min_length)d 个字符。") % {"min_length": self.min_length}
