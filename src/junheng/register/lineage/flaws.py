"""What cannot be right about a list of events; the rules of the register and the lineage of several years ask here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby, pairwise

from junheng.register.census import Register
from junheng.register.lineage.events import PAIRED, Event, told_by


@dataclass(frozen=True)
class Flaw:
    """An event that cannot be right: `what` is its kind, `found` the words for people."""

    event: Event
    what: str
    found: str

    def sentence(self) -> str:
        return f"{self.event.school_id} {self.event.event_day} {self.event.zh}（{self.event.snapshot}）：{self.found}"


def flaws(events: Sequence[Event]) -> list[Flaw]:
    """All that is wrong with the events as such, in the order of their days."""
    found = [*_alone(events), *_after_the_end(events), *_in_a_circle(events)]
    return sorted(found, key=lambda flaw: (flaw.event.order, flaw.what))


def contradictions(registers: Iterable[Register]) -> list[Flaw]:
    """Events that two years tell differently; the flaw is laid to the later one."""
    told = [event for register in sorted(registers, key=lambda each: each.year) for event in told_by(register)]
    same = groupby(sorted(told, key=lambda event: event.order), key=lambda event: event.key)
    found = (_contradiction(*pair) for _, group in same for pair in pairwise(group))
    return [flaw for flaw in found if flaw]


def _contradiction(first: Event, second: Event) -> Flaw | None:
    """A blank contradicts nothing."""
    for name in (each.name for each in fields(Event) if each.name != "snapshot"):
        before, after = getattr(first, name), getattr(second, name)
        if before is not None and after is not None and before != after:
            return Flaw(second, "contradiction", f"{name} 写作 {after}，{first.snapshot} 写作 {before}")
    return None


def _alone(events: Iterable[Event]) -> Iterator[Flaw]:
    """What can be seen of one event."""
    for event in events:
        if event.kind in PAIRED and not event.other_school_id:
            yield Flaw(event, "other_school_missing", "没有写相关学校")
        if event.other_school_id == event.school_id:
            yield Flaw(event, "itself", "相关学校就是本校")


def _after_the_end(events: Sequence[Event]) -> Iterator[Flaw]:
    """What happens to a school, or is merged into it, when it is no more; and one that begins when it is there."""
    ended: dict[str, Event] = {}
    begun: dict[str, Event] = {}
    for event in events:
        for school in _acting(event):
            last = ended.get(school)
            if last and last.event_day < event.event_day:
                yield Flaw(event, "after_end", f"{school} 已于 {last.event_day} {last.zh}")
        if event.began in begun:
            yield Flaw(event, "begins_twice", f"已于 {begun[event.school_id].event_day} {begun[event.school_id].zh}")
        if event.ended:
            ended[event.ended] = event
            begun.pop(event.ended, None)
        if event.began:
            begun[event.began] = event
            ended.pop(event.began, None)


def _acting(event: Event) -> set[str]:
    """The schools that must be there for an event to happen."""
    here = {event.school_id} if event.began is None else set()
    return here | ({event.other_school_id} if event.other_school_id and event.kind in PAIRED else set())


def _in_a_circle(events: Iterable[Event]) -> Iterator[Flaw]:
    """Schools that end in one another on one day, so that none is left; other circles pass through an end."""
    for _, of_day in groupby(events, key=lambda event: event.event_day):
        heirs = {event.ended: event for event in of_day if event.ended and event.heir}
        for event in heirs.values():
            if event.ended in _onward(event, heirs):
                yield Flaw(event, "circle", "并入的学校同日又并回本校")


def _onward(event: Event, heirs: dict[str, Event]) -> set[str]:
    reached: set[str] = set()
    following: Event | None = event
    while following and following.heir and following.heir not in reached:
        reached.add(following.heir)
        following = heirs.get(following.heir)
    return reached
