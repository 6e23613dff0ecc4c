"""Every address of the desk, as its resolver has them: a page that is added is in all tests that go through them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Address:
    """`route` is as it is declared; `converters` what stands in it by name."""

    route: str
    view: Any
    converters: Mapping[str, Any]

    def filled(self, values: Mapping[str, object]) -> str:
        made = self.route
        for name, converter in self.converters.items():
            for spelt in (f"<{name}>", *(f"<{kind}:{name}>" for kind in ("int", "str", "slug", "path", "uuid"))):
                made = made.replace(spelt, converter.to_url(values[name]))
        return made


def addresses(resolver: Any = None, before: str = "/") -> Iterator[Address]:
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Address(route, each.callback, each.pattern.converters)
        else:
            yield from addresses(each, route)
