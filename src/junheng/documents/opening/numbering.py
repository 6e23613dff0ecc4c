"""The numbers a word processor puts before headings and points: they stand in no paragraph, so they are counted here again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from junheng.documents.opening.counting import written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACE = re.compile("%([1-9])")
_NEEDS_NO_BLANK = "、）)．：:"
_MOST_STEPS = 20  # of styles based on styles
_MOST_START = 9_999


class Level(NamedTuple):
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None  # the level (from 1) that begins this one anew; 0 none; None any above
    legal: bool = False  # all numbers in it as digits
    style: str = ""


class Place(NamedTuple):
    """Where a paragraph stands: which list, which level from 0."""

    number: str
    level: int


@dataclass
class Numbering:
    """The lists of a document, and how far each has been counted."""

    lists: dict[str, dict[int, Level]]       # abstract list -> its levels
    instances: dict[str, str]                # list instance -> abstract list
    overrides: dict[str, dict[int, Level]]   # list instance -> levels of its own
    restarts: dict[tuple[str, int], int]     # list instance, level -> the number it begins anew with
    styles: dict[str, etree._Element]        # paragraph style -> its definition
    default_style: str = ""
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def prefix(self, properties: etree._Element | None) -> str:
        """What is shown before the paragraph with these properties (w:pPr); counts it."""
        place = self._place(properties)
        if place is None or place.number not in self.instances:
            return ""
        level = self._level(place.number, place.level)
        if level is None:
            return ""
        counts = self._counted(place, level)
        if level.form == "bullet":
            return "• "
        shown = _PLACE.sub(lambda found: self._shown(place.number, int(found[1]) - 1, counts, level), level.text)
        no_blank = not shown or level.suffix == "nothing" or shown[-1] in _NEEDS_NO_BLANK
        return shown if no_blank else f"{shown} "

    def style_name(self, properties: etree._Element | None) -> str:
        """What the paragraph's style is called."""
        named = properties.find(f"{W}pStyle") if properties is not None else None
        definition = self.styles.get(_value(named))
        return _value(definition.find(f"{W}name")) if definition is not None else ""

    def _place(self, properties: etree._Element | None) -> Place | None:
        """By the paragraph itself, else by its style."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        named = properties.find(f"{W}pStyle") if properties is not None else None
        style = _value(named) or self.default_style
        number, level = (_value(own.find(f"{W}numId")), _value(own.find(f"{W}ilvl"))) if own is not None else ("", "")
        if number:
            return None if number == "0" else Place(number, _whole(level, 0) if level else self._level_of(number, style))
        return self._place_of_style(style, level)

    def _place_of_style(self, style: str, level: str) -> Place | None:
        named = style
        for _ in range(_MOST_STEPS):
            definition = self.styles.get(named)
            if definition is None:
                return None
            of = definition.find(f"{W}pPr/{W}numPr")
            if of is not None and (number := _value(of.find(f"{W}numId"))):
                printed = level or _value(of.find(f"{W}ilvl"))
                return None if number == "0" else Place(number, _whole(printed, 0) if printed else self._level_of(number, style))
            named = _value(definition.find(f"{W}basedOn"))
        return None

    def _level_of(self, number: str, style: str) -> int:
        """The level that is tied to the style."""
        levels = self.lists.get(self.instances.get(number, ""), {})
        return next((place for place, level in levels.items() if level.style and level.style == style), 0)

    def _level(self, number: str, level: int) -> Level | None:
        return self.overrides.get(number, {}).get(level) or self.lists.get(self.instances[number], {}).get(level)

    def _counted(self, place: Place, level: Level) -> list[int | None]:
        """The counts of the list after this paragraph. Instances of one list go on counting, but for one that begins anew."""
        counts = self.counts.setdefault(self.instances[place.number], [None] * _LEVELS)
        anew = self.restarts.pop((place.number, place.level), None)
        so_far = counts[place.level]
        counts[place.level] = anew if anew is not None else level.start if so_far is None else so_far + 1
        for above in range(place.level):
            if counts[above] is None:
                counts[above] = (self._level(place.number, above) or Level()).start
        for below in range(place.level + 1, _LEVELS):
            restart = (self._level(place.number, below) or Level()).restart
            if restart is None or place.level < restart:
                counts[below] = None
        return counts

    def _shown(self, number: str, level: int, counts: list[int | None], of: Level) -> str:
        form = "decimal" if of.legal else (self._level(number, level) or Level()).form
        return written(counts[level] or 0, form) if counts[level] is not None else ""


def read_numbering(numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists that numbering.xml (w:numbering) and styles.xml (w:styles) declare; either may be missing."""
    declared = styles.iterfind(f"{W}style") if styles is not None else ()
    named = [style for style in declared if style.get(f"{W}type") == "paragraph"]
    read = Numbering({}, {}, {}, {}, {style.get(f"{W}styleId", ""): style for style in named},
                     next((style.get(f"{W}styleId", "") for style in named if style.get(f"{W}default") in ("1", "true")), ""))
    if numbering is None:
        return read
    linked: dict[str, str] = {}
    for abstract in numbering.iterfind(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId", "")
        read.lists[name] = dict(_levels(abstract))
        linked |= {_value(abstract.find(f"{W}styleLink")): name} if abstract.find(f"{W}styleLink") is not None else {}
    by_style = {abstract.get(f"{W}abstractNumId", ""): _value(abstract.find(f"{W}numStyleLink"))
                for abstract in numbering.iterfind(f"{W}abstractNum")}
    for instance in numbering.iterfind(f"{W}num"):
        number, name = instance.get(f"{W}numId", ""), _value(instance.find(f"{W}abstractNumId"))
        read.instances[number] = linked.get(by_style.get(name, ""), name)
        for override in instance.iterfind(f"{W}lvlOverride"):
            level = _whole(override.get(f"{W}ilvl", ""), 0)
            if (anew := _value(override.find(f"{W}startOverride"))) != "":
                read.restarts[number, level] = _whole(anew, 1)
            if override.find(f"{W}lvl") is not None:
                read.overrides.setdefault(number, {}).update(_levels(override))
    return read


def _levels(of: etree._Element) -> list[tuple[int, Level]]:
    return [(_whole(each.get(f"{W}ilvl", ""), 0), _read_level(each)) for each in of.iterfind(f"{W}lvl")]


def _read_level(each: etree._Element) -> Level:
    def value(name: str) -> str:
        return _value(each.find(f"{W}{name}"))

    restart = value("lvlRestart")
    legal = each.find(f"{W}isLgl")
    return Level(_whole(value("start"), 1), value("numFmt") or "decimal", value("lvlText"), value("suff") or "tab",
                 _whole(restart, 0) if restart else None,
                 legal is not None and _value(legal) not in ("0", "false"), value("pStyle"))


def _value(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _whole(text: str, otherwise: int) -> int:
    """A small whole number; a level counts from 0 to 8."""
    return min(int(text), _MOST_START) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
