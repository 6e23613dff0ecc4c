"""A local value as the file that is laid over the national ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from junheng.kernel.codes import Evidence
from junheng.people.language import joined
from junheng.standards.law import WORDS, Limit, Overlay, Value, read_overlay

MOST = Decimal(10) ** 9


def written_value(text: str, limit: Limit) -> Value:
    """What a person typed as a value of `limit`. Errors: ValueError, in words, for what cannot be one."""
    words = sorted({each.value for each in limit.entries if isinstance(each.value, str)})
    if words:
        if text not in words:
            raise ValueError(_("应为 %(known)s 之一") % {"known": joined(word for word in WORDS if word in words)})
        return text
    try:
        number = Decimal(text)
    except InvalidOperation as wrong:
        raise ValueError(_("应为数，如 45 或 4.2")) from wrong
    if not number.is_finite() or not 0 <= number <= MOST:
        raise ValueError(_("应为 0 到十亿之间的数"))
    return exact(text)


def exact(text: str) -> int | Decimal:
    """A number as the law holds it: whole numbers as such."""
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number


def overlay_text(name: str, place: str, zh: str, row: Mapping[str, Any]) -> str:
    """The file of one dated value: `row` holds day, value, paper, evidence, and where it applies."""
    told = {key: row[key] for key in ("day", "where", "value", "paper", "evidence") if row.get(key) not in (None, {})}
    return f"jurisdiction = {_toml(place)}\nzh = {_toml(zh)}\n\n[{name}]\nsince = [{_toml(told)}]\n"


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, Evidence):
        return _toml(value.name)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def as_overlay(text: str, name: str = "desk.toml") -> Overlay:
    """The text read as the city folder's files are. Errors: JunhengError as of `read_overlay`."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, encoding="utf-8")
        return read_overlay(file)
