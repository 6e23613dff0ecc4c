"""What changes the register's rows on the desk: a snapshot comes into force, organisations follow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.db import transaction

from junheng.people import audit
from junheng.people.codes import OrganisationKind, OrganisationTree
from junheng.people.models import Branch, Organisation
from junheng.people.words import ACTS
from junheng.register.census import census_day
from junheng.register.codes import Tree
from junheng.register.holding import Snapshot

CITY_DIGITS, COUNTY_DIGITS, TOWNSHIP_DIGITS = 4, 6, 9
ACTS["register.import"] = "由命令导入"
BUREAU, CENTRAL = "教育局", "中心学校"
Pair = tuple[Organisation, Organisation]


@transaction.atomic
def raise_organisations(snapshot: Snapshot, places: Mapping[str, str], schools: Iterable[Mapping[str, Any]]) -> int:
    """The organisations of a snapshot, as of its census day: bureaus, schools, groups of the other trees; how many are new.

    `places` names divisions by code; a school is {school_id, name, county_code, township_code}. What stands no more under a
    parent ends on the census day; nothing is removed, so the tree of every earlier day stays as it was.
    """
    before, day = Organisation.objects.count(), census_day(snapshot.year)
    tops = _named(
        OrganisationKind.city_bureau, ((code, f"{name}{BUREAU}") for code, name in places.items() if len(code) == CITY_DIGITS)
    )
    bureaus = _named(
        OrganisationKind.county_bureau, ((code, f"{name}{BUREAU}") for code, name in places.items() if len(code) == COUNTY_DIGITS)
    )
    centres = _named(
        OrganisationKind.central_school,
        ((code, f"{name}{CENTRAL}") for code, name in places.items() if len(code) == TOWNSHIP_DIGITS),
    )
    held = list(schools)
    own = _named(OrganisationKind.school, ((each["school_id"], each["name"]) for each in held))
    pairs = [(tops[code[:CITY_DIGITS]], each) for code, each in bureaus.items() if code[:CITY_DIGITS] in tops]
    pairs += [(bureaus[code[:COUNTY_DIGITS]], each) for code, each in centres.items() if code[:COUNTY_DIGITS] in bureaus]
    for each in held:
        parent = centres.get(each["township_code"]) or bureaus.get(each["county_code"])
        if parent:
            pairs.append((parent, own[each["school_id"]]))
    _stand(OrganisationTree.administration, pairs, day)
    _groups(snapshot, own, day)
    made = Organisation.objects.count() - before
    audit.record(None, "organisations.follow", snapshot.id, detail={"new": made})
    return made


def _named(kind: OrganisationKind, named: Iterable[tuple[str, str]]) -> dict[str, Organisation]:
    """The organisations of a kind by code; new ones are made, a new name is taken over."""
    wanted = dict(named)
    there = {each.code: each for each in Organisation.objects.filter(kind=kind.name)}
    Organisation.objects.bulk_create(
        Organisation(kind=kind.name, code=code, name=name) for code, name in wanted.items() if code not in there
    )
    renamed = [each for code, each in there.items() if code in wanted and each.name != wanted[code]]
    for each in renamed:
        each.name = wanted[each.code]
    Organisation.objects.bulk_update(renamed, ["name"])
    return {each.code: each for each in Organisation.objects.filter(kind=kind.name) if each.code in wanted}


def _stand(tree: OrganisationTree, pairs: Iterable[Pair], day: date) -> None:
    """Each child under its parent from `day` on; a branch that is no more ends with the day before."""
    wanted = {(parent.pk, child.pk) for parent, child in pairs}
    standing = {
        (each.parent_id, each.child_id): each
        for each in Branch.objects.filter(tree=tree.name, until=None).exclude(child__kind=OrganisationKind.section.name)
    }
    gone = [each.pk for pair, each in standing.items() if pair not in wanted and (each.since is None or each.since < day)]
    Branch.objects.filter(pk__in=gone).update(until=day)
    first = not standing
    Branch.objects.bulk_create(
        Branch(tree=tree.name, parent_id=parent, child_id=child, since=None if first else day)
        for parent, child in sorted(wanted - set(standing))
    )


def _groups(snapshot: Snapshot, schools: Mapping[str, Organisation], day: date) -> None:
    """Clusters, groups and inspector areas with the days each school belongs to them."""
    if not snapshot.has("memberships"):
        return
    for tree in Tree:
        rows = snapshot.table("memberships").filter(pl.col("tree") == tree.name)
        heads = _named(OrganisationKind[tree.name], rows.select("group_id", "group_name").unique().iter_rows())
        Branch.objects.filter(tree=tree.name, parent__in=heads.values()).delete()
        Branch.objects.bulk_create(
            Branch(
                tree=tree.name,
                parent=heads[row["group_id"]],
                child=schools[row["school_id"]],
                since=row["from_day"],
                until=row["to_day"] + timedelta(days=1) if row["to_day"] else None,
                paper=row["paper"] or "",
            )
            for row in rows.iter_rows(named=True)
            if row["school_id"] in schools
        )
