"""Where a person may do something: subtree AND line (DESIGN 9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from junheng.people.codes import DESK, OWN_LINE, Line, OrganisationKind, OrganisationTree, Role
from junheng.people.models import Appointment, Branch, Organisation, Person
from junheng.people.models.organisations import below, in_force
from junheng.people.permissions import Action, permitted

Rows = TypeVar("Rows", bound=Model)

# an organisation of these kinds is all there is below it: its code stands in a column of every row of its subtree
COLUMN = {
    OrganisationKind.county_bureau.name: "counties",
    OrganisationKind.central_school.name: "townships",
    OrganisationKind.school.name: "schools",
}


@dataclass(frozen=True)
class Reach:
    """A part of the city: everything, or counties, townships and schools by code."""

    everything: bool = False
    counties: frozenset[str] = frozenset()
    townships: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()

    def __or__(self, other: Reach) -> Reach:
        return Reach(
            self.everything or other.everything,
            self.counties | other.counties,
            self.townships | other.townships,
            self.schools | other.schools,
        )

    def __bool__(self) -> bool:
        return bool(self.everything or self.counties or self.townships or self.schools)

    def holds(self, *, county: str = "", township: str = "", school: str = "") -> bool:
        """Whether something that lies there is inside; an empty code lies nowhere."""
        return bool(
            self.everything
            or (county and county in self.counties)
            or (township and township in self.townships)
            or (school and school in self.schools)
        )

    def rows(self, county: str = "county_code", township: str = "township_code", school: str = "school_id") -> Q:
        """The rows inside, by the columns that say where a row lies."""
        if self.everything:
            return Q(pk__isnull=False)  # an empty Q would be lost in `own | reach.rows()`
        found = Q(pk__in=[])
        for column, codes in ((county, self.counties), (township, self.townships), (school, self.schools)):
            if codes and column:
                found |= Q(**{f"{column}__in": sorted(codes)})
        return found

    def narrow(self, rows: QuerySet[Rows]) -> QuerySet[Rows]:
        return rows.filter(self.rows())


NOWHERE = Reach()


def reach_of(organisation: Organisation, tree: str, day: date) -> Reach:
    """What lies under an organisation in a tree on a day. A section works in all of its bureau; its line narrows what it does."""
    if organisation.kind in COLUMN:
        return Reach(**{COLUMN[organisation.kind]: frozenset({organisation.code})})
    if organisation.kind == OrganisationKind.section.name and organisation.code == DESK:
        return Reach(everything=True)
    if organisation.kind == OrganisationKind.section.name:
        return _of_bureau(organisation, day)
    if organisation.kind == OrganisationKind.city_bureau.name:
        return Reach(everything=True)
    children = Branch.objects.filter(in_force(day), tree=tree, parent=organisation).select_related("child")
    return _all(reach_of(each.child, tree, day) for each in children)


def _of_bureau(section: Organisation, day: date) -> Reach:
    return _all(reach_of(each.parent, each.tree, day) for each in _branches_above(section, day))


def _branches_above(section: Organisation, day: date) -> QuerySet[Branch]:
    tree = OrganisationTree.administration.name
    return Branch.objects.filter(in_force(day), tree=tree, child=section).select_related("parent")


def _all(parts: Iterable[Reach]) -> Reach:
    found = NOWHERE
    for each in parts:
        found |= each
    return found


@dataclass
class Access:
    """What a person may do on a day, and where. Made once a request."""

    person: Person | None
    day: date
    _appointments: list[Appointment] | None = None
    _reaches: dict[int, Reach] = field(default_factory=dict)

    @property
    def appointments(self) -> list[Appointment]:
        """Those in force on the day, of an organisation that is there."""
        if self._appointments is None:
            self._appointments = (
                []
                if self.person is None or not self.person.is_active
                else list(
                    self.person.appointments.filter(in_force(self.day), in_force(self.day, "organisation__"))
                    .select_related("organisation")
                    .order_by("pk")
                )
            )
        return self._appointments

    @property
    def roles(self) -> list[Role]:
        return list(dict.fromkeys(each.role_code for each in self.appointments))

    def may(self, action: Action) -> bool:
        """Whether it may be done anywhere; `reach` says where."""
        return any(self._allows(each, action) for each in self.appointments)

    def reach(self, action: Action, line: Line | None = None) -> Reach:
        """Where it may be done; empty where it may not be done at all. `line`: by who works in that line as well."""
        return _all(self._reach(each) for each in self.appointments if self._allows(each, action) and each.works_in(line))

    def may_at(self, action: Action, *, county: str = "", township: str = "", school: str = "") -> bool:
        return self.reach(action).holds(county=county, township=township, school=school)

    def organisations(self, action: Action) -> set[int] | None:
        """Where it may be done, as organisations: those he works for and all below them; None: in all there are."""
        if self.reach(action).everything:
            return None
        roots = [(one, each.tree) for each in self.appointments if self._allows(each, action) for one in self._roots(each)]
        return {found.pk for root, tree in roots for found in below(root, tree, self.day)}

    def people(self, action: Action) -> QuerySet[Person]:
        """Who works, or has worked, where it may be done."""
        inside = self.organisations(action)
        everybody = Person.objects.order_by("username")
        return everybody if inside is None else everybody.filter(appointments__organisation__in=inside).distinct()

    def _roots(self, appointment: Appointment) -> list[Organisation]:
        """The organisation; of a section its bureau."""
        if appointment.organisation.kind != OrganisationKind.section.name:
            return [appointment.organisation]
        return [each.parent for each in _branches_above(appointment.organisation, self.day)]

    def _allows(self, appointment: Appointment, action: Action) -> bool:
        """The matrix says what a section officer does in other lines; a chief's or county officer's `lines` narrow it."""
        role = appointment.role_code
        return permitted(role, action) and (role in OWN_LINE or appointment.works_in(action.line))

    def _reach(self, appointment: Appointment) -> Reach:
        if appointment.pk not in self._reaches:
            self._reaches[appointment.pk] = reach_of(appointment.organisation, appointment.tree, self.day)
        return self._reaches[appointment.pk]
