"""What the keyboard does on every page: the table under `?` and the manual print it, static/web/desk.js does it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KEYS = (
    ("/", _("到搜索框")),
    ("?", _("这张表")),
    ("j", _("下一行")),
    ("k", _("上一行")),
    ("Enter", _("打开这一行")),
    ("Esc", _("关闭对话框")),
)
