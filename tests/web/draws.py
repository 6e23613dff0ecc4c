"""Addresses to be tried: every route of the resolver, filled with numbers and codes from everywhere, and links of pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.apps import apps
from django.http import QueryDict
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from junheng.kernel.codes import Privacy
from junheng.people.codes import OrganisationTree, Role
from junheng.register.tables import TABLES
from tests.web.addresses import Address, addresses
from tests.web.two_counties import PART, PUPILS, WHOLE

LINK = re.compile(r"""(?:href|action|hx-get|src|data-href|data-url)=["']([^"'#]+)""")
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
FIELD = re.compile(r"<(input|select|textarea|button)\b([^>]*)>")
ATTRIBUTE = re.compile(r"""\s(action|hx-post|id|name|form|type|value)=["']([^"']+)["']""")
OF_A_ROUTE = 60  # links of one route that are kept; of those each guide follows the first, and the first that nobody followed yet
A_COLUMN, LOOKED_AT = 60, 2000  # values of one column of one table, drawn from so many
ROOM = "junheng."


class Listening(QueryDict):
    """A query that notes which names a view asks it for."""

    asked: ClassVar[set[str]] = set()

    def __getitem__(self, name: str) -> object:
        Listening.asked.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: object = None) -> object:
        Listening.asked.add(name)
        return super().get(name, default)

    def getlist(self, name: str, default: object = None) -> list[object]:
        Listening.asked.add(name)
        return super().getlist(name, default)

    def __contains__(self, name: object) -> bool:
        Listening.asked.add(str(name))
        return super().__contains__(name)


@dataclass
class Draws:
    """Routes with their links, the names they listen to, and values to fill them with."""

    routes: dict[str, Address] = field(default_factory=lambda: {each.route: each for each in addresses()})
    links: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    fixed: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))  # what forms say by themselves
    followed: set[str] = field(default_factory=set)
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by the name of a column
    numbers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @classmethod
    def of_desk(cls, guides: Sequence[Client], random: Random, first: Sequence[str] = ()) -> Draws:
        """`first`: pages that every guide follows, whatever others of their kind he does."""
        made = cls()
        made._columns(random)
        made._described(next(iter(guides)))
        for client in guides:
            made._crawl(client, first)
        return made

    def _columns(self, random: Random) -> None:
        """The values of every short column of every table of the rooms: its numbers, codes and names."""
        for model in apps.get_models():
            if not model.__module__.startswith(ROOM):
                continue
            for column in model._meta.concrete_fields:
                long = column.get_internal_type() in ("JSONField", "TextField", "DateTimeField", "FloatField", "BooleanField")
                if long or model.PRIVACY.get(column.name) is Privacy.personal:
                    continue
                held = list(model._default_manager.order_by("pk").values_list(column.attname, flat=True)[:LOOKED_AT])
                rows = random.sample(held, min(len(held), A_COLUMN))
                found = sorted({str(each) for each in rows if each not in (None, "")})
                for name in {column.name, column.attname, model._meta.model_name} if column.primary_key else {column.name}:
                    self.values[name] += found
                (self.numbers if all(each.isdigit() and len(each) < 9 for each in found) else self.words).extend(found)
        self.values["school"] = self.values["school_id"]
        self.values["county"], self.values["township"] = self.values["county_code"], self.values["township_code"]
        self.words += [*TABLES, *(each.name for each in Role), *(each.name for each in OrganisationTree)]
        self.numbers += [str(base + int(each)) for base in (PART, WHOLE, PUPILS) for each in random.sample(self.numbers, 5)]

    def _described(self, client: Client) -> None:
        """The names that the API says it listens to."""
        described = client.get(reverse("api-v1:openapi-json")).json()["paths"]
        for path, operations in described.items():
            told = [each["name"] for each in operations["get"]["parameters"] if each["in"] == "query"]
            self.names[path.replace("{", "<").replace("}", ">")] |= set(told)

    def _crawl(self, client: Client, first: Sequence[str]) -> None:
        """Follow the links of one person's pages until each route has enough."""
        waiting = ["/", *first, *(route for route, each in self.routes.items() if not each.converters)]
        seen: set[str] = set()
        followed: set[tuple[str, bool]] = set()  # the routes, and whether somebody followed the link before
        while waiting:
            address = waiting.pop(0)
            route = route_of(address)
            if address in seen or route is None:
                continue
            seen.add(address)
            self.keep(route, address)
            kind = route, address in self.followed
            if kind in followed and address not in first:
                continue
            followed.add(kind)
            self.followed.add(address)
            Listening.asked = set()
            answer = client.get(address)
            self.names[route] |= Listening.asked
            if answer.streaming or answer.status_code != 200:
                continue
            text = answer.content.decode("utf-8", "ignore")
            for action, fields in forms_of(text, address):
                self.names[action] |= {each["name"] for each in fields}
                self.fixed[action] += as_they_came(fields)
            waiting += [
                urljoin(address, unescape(link))
                for link in dict.fromkeys(LINK.findall(text))
                if not link.startswith(("http", "data:", "/static"))
            ]

    def keep(self, route: str, address: str) -> None:
        self.names[route] |= {name for name, _ in parse_qsl(urlsplit(address).query)}
        if len(self.links[route]) < OF_A_ROUTE:
            self.links[route].add(address)

    def address(self, route: str, random: Random) -> str:
        """A link of the route as it stood on a page, or the route with what is drawn in it; sometimes with a query drawn too."""
        links = sorted(self.links[route])
        each = self.routes[route]
        if links and random.random() < 0.5:
            address = random.choice(links)
        else:
            address = each.filled({name: self._value(name, converter, random) for name, converter in each.converters.items()})
        if self.names[route] and random.random() < 0.6:
            asked = random.sample(sorted(self.names[route]), random.randint(1, min(3, len(self.names[route]))))
            path, _, query = address.partition("?")
            address = f"{path}?{urlencode([*parse_qsl(query), *((name, self.word(name, random)) for name in asked)])}"
        return address

    def form(self, route: str, random: Random) -> dict[str, str]:
        return {name: self.word(name, random) for name in sorted(self.names[route]) if name != "csrfmiddlewaretoken"}

    def _value(self, name: str, converter: object, random: Random) -> object:
        if type(converter).__name__ == "IntConverter":
            own = [each for each in self.values.get(name, ()) if each.isdigit()]
            return int(random.choice(own if own and random.random() < 0.5 else self.numbers))
        word = self.word(name, random)
        return re.sub(r"[^-a-zA-Z0-9_]", "-", word) if type(converter).__name__ == "SlugConverter" else word.replace("/", "-")

    def word(self, name: str, random: Random) -> str:
        own = self.values.get(name)
        if own and random.random() < 0.7:
            return random.choice(own)
        return random.choice(random.choice((self.words, self.numbers)))


def forms_of(text: str, address: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The forms of a page: the route that each is sent to, and its fields, those that stand elsewhere too."""
    elsewhere = [each for each in _fields(text) if "form" in each]
    for opening, inside in FORM.findall(text):
        form = dict(ATTRIBUTE.findall(opening))
        fields = [*_fields(inside), *(each for each in elsewhere if each["form"] == form.get("id"))]
        route = route_of(urljoin(address, unescape(form.get("hx-post") or form.get("action") or address)))
        if route:
            yield route, [each for each in fields if "name" in each]


def _fields(text: str) -> list[dict[str, str]]:
    return [{"tag": tag, **dict(ATTRIBUTE.findall(told))} for tag, told in FIELD.findall(text)]


def as_they_came(fields: list[dict[str, str]]) -> list[dict[str, str]]:
    """What a person who fills in a form leaves as it is: what is hidden, with each of the buttons that he may press."""
    told = [(each["name"], unescape(each.get("value", "")), each) for each in fields if each["name"] != "csrfmiddlewaretoken"]
    hidden = {name: value for name, value, each in told if each.get("type") == "hidden"}
    buttons: list[dict[str, str]] = [{name: value} for name, value, each in told if each["tag"] == "button"]
    return [hidden | pressed for pressed in buttons or [{}]]


def route_of(address: str) -> str | None:
    """The route of an address; None where it leads out of the desk."""
    try:
        return "/" + resolve(urlsplit(address).path).route
    except Resolver404:
        return None
