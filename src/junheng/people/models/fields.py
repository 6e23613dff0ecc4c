"""What the rows of every room say of their fields: one of a closed list, and who may see them."""

from __future__ import annotations

from typing import Any

from django.db import models

from junheng.kernel.codes import Code, Privacy

LONGEST = 32  # of an English code


def code_field(codes: type[Code], **more: Any) -> models.CharField:
    """The English code of one of `codes`; a form offers the Chinese words."""
    return models.CharField(max_length=LONGEST, choices=[(each.name, each.zh) for each in codes], **more)


def classed(**names: str) -> dict[str, Privacy]:
    """The class of each field of a row (DESIGN 9): `classed(public="id name", personal="password")`."""
    return {name: Privacy[privacy] for privacy, listed in names.items() for name in listed.split()}
