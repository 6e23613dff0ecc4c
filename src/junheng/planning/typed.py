"""What a JSON file holds, as what it is declared to be.

A declaration is a plain type, a dataclass, a list of one declaration for any number, or names with a declaration each, `EACH` for
any name. Whole numbers stand for numbers; exact ones are written as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from fractions import Fraction
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

EACH = "*"


def typed(kind: Any, value: Any, name: str) -> Any:
    """A value as it is declared. Errors: KeyError, TypeError or ValueError where it is something else, or has a field too
    many.
    """
    if isinstance(kind, Mapping):
        return _named(kind, _held(Mapping, value, name), name)
    if isinstance(kind, list) or get_origin(kind) is tuple:
        own = kind[0] if isinstance(kind, list) else get_args(kind)[0]
        return tuple(typed(own, each, name) for each in _held((list, tuple), value, name))
    if get_origin(kind) in (Union, UnionType):
        own = next(each for each in get_args(kind) if each is not type(None))
        return None if value is None else typed(own, value, name)
    if is_dataclass(kind):
        hints, make = get_type_hints(kind), cast(Any, kind)
        return make(**{each: typed(hints[each], own, f"{name}.{each}") for each, own in _held(Mapping, value, name).items()})
    if kind is Fraction:
        return Fraction(_held(str, value, name))
    return _held((int, float) if kind is float else get_origin(kind) or kind, value, name, boolean=kind is bool)


def _named(kinds: Mapping[str, Any], value: Mapping[str, Any], name: str) -> dict[str, Any]:
    names = value if EACH in kinds else kinds
    return {each: typed(kinds.get(each, kinds.get(EACH)), value[each], f"{name}.{each}") for each in names}


def _held(kind: Any, value: Any, name: str, *, boolean: bool = False) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool) != boolean:
        raise TypeError(f"{name}: {value!r}")
    return value
