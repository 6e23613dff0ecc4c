"""What a person may see, what an answer shows, and the difference of the two: found in any page, download or API answer."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile, is_zipfile

from django.http import HttpResponse

from junheng.indicators.models import FindingRow
from junheng.kernel.codes import Privacy
from junheng.people.models import ApiToken, Appointment, Person
from junheng.people.permissions import Action
from junheng.people.scope import Access, Reach
from junheng.register.holding import City, open_snapshot
from junheng.register.models import School
from junheng.register.tables import TABLES
from tests.web.two_counties import PART, PUPILS, WHOLE

IDENTITY = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])"
)
NUMBER = re.compile(r"(?<![0-9.])[678][0-9](?:,?[0-9]{3}){2}(?![0-9.])")
CODE = re.compile(r"(?<![0-9])[0-9]{6,12}(?![0-9])")
SECRETS = re.compile(r"[0-9a-f]{16,64}|[A-Za-z0-9_-]{20,64}")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Place:
    """Where something lies."""

    county: str = ""
    township: str = ""
    school: str = ""

    def inside(self, reach: Reach) -> bool:
        return reach.holds(county=self.county, township=self.township, school=self.school)


@dataclass
class World:
    """All that lies somewhere, by the words that give it away."""

    words: dict[str, set[Place]] = field(default_factory=lambda: defaultdict(set))  # names and codes
    figures: dict[int, Place] = field(default_factory=dict)
    pupils: dict[int, Place] = field(default_factory=dict)
    personal: set[str] = field(default_factory=set)

    @classmethod
    def of_desk(cls) -> World:
        world = cls()
        for each in School.objects.all():
            place = Place(each.county_code, each.township_code, each.school_id)
            world.pupils[each.pk] = place
            for word in (each.school_id, each.name):
                world.words[word].add(place)
            for word in (each.township_code, each.township):
                world.words[word].add(Place(each.county_code, each.township_code))
            for word in (each.county_code, each.county):
                world.words[word].add(Place(each.county_code))
        rows = FindingRow.objects.values_list("pk", "county_code", "township_code", "school_id")
        world.figures = {pk: Place(*where) for pk, *where in rows}
        world.personal = set(_personal())
        world.words.pop("", None)
        return world

    @cached_property
    def names(self) -> list[str]:
        return [word for word in self.words if not word.isdigit()]


def _personal() -> Iterator[str]:
    """Values of personal columns of snapshots that are long enough to name one person, and of personal fields of the desk."""
    from django.conf import settings

    for year in City(settings.CITY).current():
        snapshot = open_snapshot(settings.CITY, year)
        for name in snapshot.tables:
            identities = [each for each, column in TABLES[name].columns.items() if column.kind == "identity"]
            for column in identities:
                yield from snapshot.table(name)[column].drop_nulls().cast(str).to_list()
    for model in (Person, ApiToken):
        fields = [name for name, privacy in model.PRIVACY.items() if privacy is Privacy.personal]
        for row in model.objects.values_list(*fields):
            yield from (value for value in row if value)


@dataclass
class Sight:
    """What one person may see: his reach by any post, the names above it, his own people."""

    access: Access
    world: World

    @cached_property
    def reach(self) -> Reach:
        found = Reach()
        for action in Action:
            found |= self.access.reach(action)
        return found

    @cached_property
    def outside(self) -> set[str]:
        """Words of places neither inside nor above what is inside, nor of his own organisations."""
        if self.reach.everything:
            return set()
        inside = {place for places in self.world.words.values() for place in places if place.inside(self.reach)}
        above = {Place(each.county, each.township) for each in inside} | {Place(each.county) for each in inside}
        known = inside | above
        own = "".join(each.organisation.name + each.organisation.code for each in self.access.appointments)
        return {word for word, places in self.world.words.items() if not places & known and word not in own}

    @cached_property
    def inside_names(self) -> list[str]:
        names = [name for name in self.world.names if name not in self.outside]
        names += [each.organisation.name for each in self.access.appointments]
        return sorted(names, key=len, reverse=True)

    @cached_property
    def outside_names(self) -> list[str]:
        return [word for word in self.outside if not word.isdigit()]

    @cached_property
    def strangers(self) -> set[str]:
        """User names of those who work outside alone; who works above may well have checked something of his."""
        posts: dict[str, list[str]] = defaultdict(list)
        for username, code in Appointment.objects.values_list("person__username", "organisation__code"):
            posts[username].append(code.partition("-")[0])  # a section is where its bureau is
        return {username for username, codes in posts.items() if set(codes) <= self.outside}

    def leaks(self, text: str, asked: str = "", public: Set[str] = frozenset()) -> list[str]:
        """What stands in a text that this person may not see; not what stood in his own question, which a page may repeat.

        `public`: codes and names that everybody may know on this page
        """
        return [each for each in self._all(text, public) if each.split()[1] not in asked]

    def _all(self, text: str, public: Set[str]) -> list[str]:
        found = [f"code {code}" for code in set(CODE.findall(text)) & self.outside - public]
        found += [f"name {name}" for name in self._names(text, public)]
        found += [f"figure {number} of {place}" for number, place in self._figures(text) if not place.inside(self.reach)]
        found += [f"person {name}" for name in set(re.findall(r"person-[0-9]{3}x", text)) & self.strangers]
        if not self.access.may(Action.open_personal):
            found += [f"identity {each}" for each in IDENTITY.findall(text)]
            found += [f"pseudonym {each}" for each in set(SECRETS.findall(text)) & self.world.personal]
        if "argon2$" in text or "sealed-secret-" in text:
            found.append("secret of a log-in")
        return found

    def _names(self, text: str, public: Set[str]) -> list[str]:
        seen = [name for name in self.outside_names if name in text]
        if not seen:
            return []
        for name in (*sorted(public, key=len, reverse=True), *self.inside_names):  # such a name may contain one outside
            text = text.replace(name, "\0")
        return [name for name in seen if name in text]

    def _figures(self, text: str) -> Iterator[tuple[str, Place]]:
        for each in NUMBER.findall(text):
            number = int(each.replace(",", ""))
            for base, places in ((PART, self.world.figures), (WHOLE, self.world.figures), (PUPILS, self.world.pupils)):
                if number - base in places:
                    yield each, places[number - base]


def text_of(answer: HttpResponse) -> str:
    """Everything that an answer says, as its reader would see it: unescaped, unpacked, with its headers."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK" and is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist() if not name.endswith((".png", ".jpg")))
    text = content.decode("utf-8", "replace") + "\n".join(f"{name}: {value}" for name, value in answer.items())
    if "json" in answer.get("Content-Type", ""):
        text = json.dumps(json.loads(content or b"null"), ensure_ascii=False) + text
    if "\\u" in text:
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if "%E" in text:
        text = unquote(text)
    return unescape(text) if "&" in text else text
