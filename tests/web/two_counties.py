"""The county of the desk and a neighbour, people of every role in both, and a mark in every figure that tells whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from junheng.documents.models import Document, Item
from junheng.indicators.models import FindingRow, VerdictRow
from junheng.people import audit, tokens
from junheng.people.codes import DESK, OrganisationKind, OrganisationTree, Role
from junheng.people.models import Appointment, Branch, Case, Job, Organisation, Person
from junheng.people.scope import Access
from junheng.planning.models import PlanCounty, PlanMeasure, PlanRow, PlanStanding
from junheng.planning.transitions import APPROVAL
from junheng.register.holding import City
from junheng.register.models import RegisterYear, School
from junheng.register.submissions import deadlines

YEAR = 2025
OWN, NEIGHBOUR = "990101", "990201"
TOWNSHIPS = 3  # of the neighbour; enough to be one and outside one
SECTIONS = (Role.planning, Role.finance, Role.personnel, Role.admissions, Role.aid, Role.safety, Role.supervision, Role.office)
PART, WHOLE, PUPILS = 70_000_000, 80_000_000, 60_000_000  # a marked number is one of these plus the number of its row


def theirs(text: str) -> str:
    """A code or name of the county, as the neighbour has it; neither contains the other."""
    if text.isdigit():
        return text.replace("9901", "9902", 1)
    return f"{text[:2]}乙{text[2:]}"


def raise_neighbour() -> None:
    """A second county with a few townships: its schools, figures, verdicts and organisations, made from the first."""
    kept = sorted(set(School.objects.filter(year=YEAR).values_list("township_code", flat=True)))[:TOWNSHIPS]
    for row in _copies(
        School.objects.filter(year=YEAR, township_code__in=kept),
        ("school_id", "name", "county_code", "county", "township_code", "township"),
    ):
        row.save()
    places = ("group", "name", "county_code", "township_code", "school_id")
    of_kept = FindingRow.objects.filter(year=YEAR, township_code__in=kept) | FindingRow.objects.filter(year=YEAR, level="county")
    FindingRow.objects.bulk_create(_copies(of_kept, places), batch_size=2000)
    VerdictRow.objects.bulk_create(_copies(VerdictRow.objects.filter(year=YEAR), ("name", "county_code")))
    city = Organisation.objects.get(kind=OrganisationKind.city_bureau.name)
    bureau = _twin(Organisation.objects.get(kind=OrganisationKind.county_bureau.name), city)
    for centre in Organisation.objects.filter(kind=OrganisationKind.central_school.name, code__in=kept):
        under = _twin(centre, bureau)
        below = Branch.objects.filter(tree=OrganisationTree.administration.name, parent=centre).select_related("child")
        for branch in below:
            _twin(branch.child, under)


def _copies(rows: Iterable, columns: tuple[str, ...]) -> Iterator:
    for row in rows:
        row.pk = None
        row._state.adding = True
        for name in columns:
            setattr(row, name, theirs(getattr(row, name)) if getattr(row, name) else "")
        yield row


def _twin(of: Organisation, under: Organisation) -> Organisation:
    made = Organisation.objects.create(kind=of.kind, code=theirs(of.code), name=theirs(of.name))
    Branch.objects.create(tree=OrganisationTree.administration.name, parent=under, child=made)
    return made


def mark_figures() -> None:
    """Every count of the desk becomes one that no other row has, so a page that shows it tells which row it read."""
    for name, base in (("part", PART), ("whole", WHOLE)):
        FindingRow.objects.filter(**{f"{name}__isnull": False}).update(
            **{name: Concat(Value(""), Cast(F("id") + base, TextField()))}
        )
    School.objects.update(pupils=F("id") + PUPILS)


@dataclass(frozen=True)
class Post:
    """What somebody is where."""

    role: Role
    kind: str
    code: str
    tree: str = OrganisationTree.administration.name
    lines: tuple[str, ...] = ()
    until: date | None = None


def posts() -> list[tuple[Post, ...]]:
    """People of every role in several organisations; some hold two posts, one none, one a post that has ended."""
    city = Organisation.objects.get(kind=OrganisationKind.city_bureau.name).code
    schools = {
        county: list(
            School.objects.filter(year=YEAR, county_code=county).order_by("school_id").values_list("school_id", "township_code")
        )
        for county in (OWN, NEIGHBOUR)
    }
    areas = [
        (tree, code)
        for tree in ("inspector_area", "school_cluster", "district")
        for code in Organisation.objects.filter(kind=tree).order_by("code").values_list("code", flat=True)[:2]
    ]
    found = [(Post(role, "city_bureau", city),) for role in (Role.planning, Role.chief, Role.deputy, Role.auditor)]
    found += [(Post(Role.administrator, "section", DESK),), (Post(Role.other_department, "department", "finance-bureau"),)]
    for bureau in (city, OWN, NEIGHBOUR):
        found += [(Post(role, "section", f"{bureau}-{role.name}"),) for role in SECTIONS]
    for county, held in schools.items():
        found += [
            (Post(role, "county_bureau", county),) for role in (Role.chief, Role.county_officer, Role.auditor, Role.administrator)
        ]
        found += [(Post(Role.deputy, "county_bureau", county, lines=("safety",)),)]
        found += [
            (Post(role, "school", held[at][0]),)
            for at, role in ((0, Role.principal), (5, Role.school_clerk), (-1, Role.principal))
        ]
        found += [(Post(role, "central_school", held[0][1]),) for role in (Role.principal, Role.school_clerk, Role.inspector)]
        found += [(Post(Role.inspector, "school", held[3][0]), Post(Role.principal, "school", held[7][0]))]
    found += [(Post(Role.inspector, tree, code, tree=tree),) for tree, code in areas]
    found += [(Post(Role.county_officer, "county_bureau", OWN), Post(Role.inspector, "school", schools[NEIGHBOUR][2][0]))]
    found += [(), (Post(Role.chief, "city_bureau", city, until=date(2020, 1, 1)),)]
    return found


def raise_people() -> list[Person]:
    """The people of `posts`, the sections and the department they work in, and what each leaves on the desk."""
    made, hashed = [], make_password("lake-otter-47-stone")  # once for all: it takes its time
    for number, held in enumerate(posts()):
        person = Person.objects.create(username=f"person-{number:03d}x", name=f"甲{number:03d}人", password=hashed)
        person.second_factor = f"sealed-secret-{number:03d}"
        person.save()
        for post in held:
            Appointment.objects.create(
                person=person,
                organisation=_organisation(post),
                role=post.role.name,
                tree=post.tree,
                lines=list(post.lines),
                until=post.until,
            )
        tokens.issue(person, f"program {number}", 30)
        audit.record(person, "look", f"of person-{number:03d}x")
        made.append(person)
    _jobs(made)
    _plans_and_documents(made[0])
    planner = Access(made[0], timezone.localdate())
    deadlines.open_year(planner, YEAR, planner.day + timedelta(days=10))
    return made


def _organisation(post: Post) -> Organisation:
    held, new = Organisation.objects.get_or_create(kind=post.kind, code=post.code, defaults={"name": f"{post.kind} {post.code}"})
    if new and post.code != DESK:
        bureau = post.code.partition("-")[0]
        parent = Organisation.objects.filter(kind__in=("city_bureau", "county_bureau"), code=bureau).first()
        if parent:
            Branch.objects.create(tree=OrganisationTree.administration.name, parent=parent, child=held)
    return held


def _jobs(people: list[Person]) -> None:
    for county in (OWN, NEIGHBOUR):
        name = School.objects.filter(year=YEAR, county_code=county).values_list("county", flat=True)[0]
        for number, by in enumerate((None, people[1])):
            state = "failed" if by is None else "done"
            Job.objects.create(
                kind="test", title=f"{name} 测算", digest=f"{county}-{number}", by=by, county_code=county, state=state
            )
    Job.objects.create(kind="test", title="全市测算", digest="city", state="done")


def _kept(text: str) -> str:
    """A document's file as it came, where the desk looks for it; its digest."""
    digest = sha256(text.encode()).hexdigest()
    folder = City(settings.CITY).documents / digest
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "original").write_text(text, encoding="utf-8")
    return digest


def _plans_and_documents(by: Person) -> None:
    """A plan and a document of each county and of both, with a measure at each of some schools."""
    for number, counties in enumerate(((OWN,), (NEIGHBOUR,), (OWN, NEIGHBOUR))):
        schools = School.objects.filter(year=YEAR, county_code__in=counties).order_by("?")[:12]
        whose = "、".join(sorted({each.county for each in School.objects.filter(year=YEAR, county_code__in=counties)}))
        case = Case.objects.create(kind=APPROVAL.kind, subject=f"plan-{number}", title=f"{whose}方案", state=APPROVAL.first)
        plan = PlanRow.objects.create(
            digest=f"{number}" * 12,
            title=f"{whose}方案",
            case=case,
            standard="quality_balance_2017",
            snapshot=RegisterYear.objects.get(year=YEAR).snapshot,
            year=YEAR,
            years=3,
            target_year=YEAR + 3,
            margin=0.03,
            cost=1,
            bound=1,
            gap=0,
            status="optimal",
            seed=0,
            by=by,
        )
        for county in counties:
            PlanCounty.objects.create(plan=plan, county_code=county, name=whose, status="optimal")
        for place, each in enumerate(schools):
            where = {"county_code": each.county_code, "township_code": each.township_code, "school_id": each.school_id}
            told = {"name": each.name, "stage": "primary", "place": place}
            PlanStanding.objects.create(plan=plan, **where, **told, now="met", pupils=each.pupils)
            PlanMeasure.objects.create(
                plan=plan,
                **where,
                **told,
                year=YEAR + 1,
                kind="build",
                kind_zh="新建",
                amount=1,
                unit="间",
                cost=1,
                channels="",
                counted=1,
                sentence=f"{each.name}新建1间",
            )
        if len(counties) == 1:
            document = Document.objects.create(
                sha256=_kept(f"{whose}计划"),
                name=f"{whose}计划.txt",
                title=f"{whose}工作计划",
                county_code=counties[0],
                county=whose,
                uploaded_by=by,
            )
            Item.objects.create(
                document=document, kind="figures", number=1, start=0, end=9, text=f"{whose}计划", title=f"{whose}计划"
            )
