"""The reference page of the JSON API: its addresses, parameters and fields; made from what the calls themselves describe."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator, Mapping
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import django
from django.apps import apps

from docs.markdown import page
from junheng.paper.markdown import grid
from junheng.people.codes import Role
from junheng.people.permissions import Action, permitted

if TYPE_CHECKING:  # it asks for Django's settings as it is read
    from ninja import NinjaAPI

API_OPENING = """
# The JSON API of the desk

Programs read the desk under `/api/v1/`; what a program reads is what the person whose token it holds sees on the pages, and
nothing else. How to get a token, and a program that runs: [read the desk by a program](../how-to/read-by-program.md). The same
description for machines is at `/api/v1/openapi.json`, open to everybody. Codes are the [closed lists](contract.md#closed-lists),
numbers as in the [contract](contract.md#numbers).

```python run
from pathlib import Path

from junheng.web.starting import start

start(Path("city"))  # as `junheng serve` does
from junheng.web.api.urls import api

print(*sorted(api.get_openapi_schema()["paths"]), sep="\\n")
```

```text
```
"""
REFUSALS_OPENING = """## Refusals

A refusal is `{"what": ..., "todo": ...}`, in Chinese, or in English where `Accept-Language` asks for it;
of wrong parameters also `faults`, each with `where` and `what`."""
REFUSALS = (
    (401, "no token and no session, or a token that is wrong, past its day or revoked", "make one on the page of tokens"),
    (403, "the person's role may not do this at all, or he has not yet changed his first password", "ask with a role that may"),
    (404, "nothing there, or nothing within the person's scope: the two are told alike", "look at the codes, or at another year"),
    (405, "another method than GET", "the API only reads"),
    (409, "the city folder cannot say it now, for the reason told", "do what is told"),
    (422, "a parameter that is wrong or unknown", "mend it"),
)


def api_page() -> str:
    api = _api()
    described, doors = api.get_openapi_schema(), _doors(api)
    shapes = described["components"]["schemas"]
    calls = [_call(path, told["get"], doors[path]) for path, told in sorted(described["paths"].items())]
    answers = [_shape(name, told) for name, told in sorted(shapes.items()) if _is_answer(name)]
    return page(API_OPENING, _who(), "## Addresses", *calls, "## Fields", *answers, REFUSALS_OPENING,
                grid(("status", "when", "what to do"), REFUSALS))


def _api() -> NinjaAPI:
    """The calls as the desk has them; its settings want a city folder, and get an empty one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
    if not apps.ready:
        folder = TemporaryDirectory(prefix="docs-")
        atexit.register(folder.cleanup)
        os.environ["JUNHENG_CITY"] = folder.name
        django.setup()
    from django.urls import get_resolver

    from junheng.web.api.frame import api

    _ = get_resolver().url_patterns  # each call is declared as its module is read
    return api


def _who() -> str:
    may = "、".join(role.zh for role in Role if permitted(role, Action.use_api))
    return f"Roles that may ({Action.use_api.zh}, `use_api`): {may}."


def _doors(api: NinjaAPI) -> dict[str, str]:
    """What one must be allowed for each call, as the code at its door says."""
    declared = {f"/api/v1{path}": view.operations[0].view_func for path, view in api.default_router.path_operations.items()}
    return {path: " and ".join(" or ".join(f"`{each.name}`" for each in door) for door in view.doors)
            for path, view in declared.items()}


def _call(path: str, told: Mapping[str, Any], door: str) -> str:
    rows = [(f"`{each['name']}`", _kind(each["schema"], asked=True), "yes" if each["required"] else "")
            for each in told["parameters"]]
    parameters = grid(("parameter", "holds", "required"), rows) if rows else "It takes no parameter."
    says = " ".join(told.get("description", "").split())
    answer = _kind(told["responses"][200]["content"]["application/json"]["schema"])
    return f"### `{path}` {told['summary']}\n\n{says} Answers with {answer}; needs {door}.\n\n{parameters}"


def _is_answer(name: str) -> bool:
    """What is answered, not what is asked; a page of rows is told at its address."""
    return not name.startswith(("Asked", "Page_", "Paging", "Refusal"))


def _shape(name: str, told: Mapping[str, Any]) -> str:
    rows = [(f"`{field}`", _kind(kind)) for field, kind in told["properties"].items()]
    return f"### {name}\n\n{' '.join(told.get('description', '').split())}\n\n{grid(('field', 'holds'), rows)}"


def _kind(schema: Mapping[str, Any], asked: bool = False) -> str:
    """In words: what a parameter or field may hold. `asked`: what is not asked for is left out, and never null."""
    return " or ".join(each for each in dict.fromkeys(_kinds(schema)) if not (asked and each == "null"))


def _kinds(schema: Mapping[str, Any]) -> Iterator[str]:
    if "anyOf" in schema:
        for each in schema["anyOf"]:
            yield from _kinds(each)
    elif "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield f"a page of {name[len('Page_'):-1]}" if name.startswith("Page_") else name
    elif "enum" in schema:
        yield ", ".join(f"`{each}`" for each in schema["enum"])
    elif schema.get("type") == "array":
        yield f"a list of {_kind(schema['items'])}"
    elif "additionalProperties" in schema:
        yield f"by name: {_kind(schema['additionalProperties'])}"
    elif schema.get("format"):
        yield schema["format"]
    else:
        yield schema.get("type", "anything")
