"""A sample city's desk made ready to be tried: people of every role, plans listed, a document, an open year; then served.

`python -m junheng.web.demo CITY DOCUMENT`; with JUNHENG_DEMO_SERVE=0 in the environment it stops before serving.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.paper.screen import progress, say
from junheng.people.codes import Role
from junheng.web.starting import serve, start

if TYPE_CHECKING:  # its rows can be imported only once Django is ready
    from junheng.people.models import Organisation, Person

PASSWORD = "junheng-demo"  # of every log-in of the demo; a real desk's people get one each
DAYS = 14  # that the schools have to hand in
# in which organisation each role works; those not named here work in the city's bureau
PLACES = {
    Role.county_officer: "county_bureau",
    Role.principal: "school",
    Role.school_clerk: "school",
    Role.inspector: "inspector_area",
}


def main() -> None:
    city, document = (Path(each) for each in sys.argv[1:3])
    start(city)
    with progress() as on_progress:
        index(city, on_progress)
    people = {role: person_of(role) for role in Role}
    begin_work(people, document)
    for role, person in people.items():
        say(f"  {role.name}\t{role.zh}（{person.appointments.get().organisation}）")
    say(f"以上每个用户名的密码都是 {PASSWORD}，只供演示")
    if os.environ.get("JUNHENG_DEMO_SERVE") != "0":
        _serve(city)


def index(city: Path, on_progress):  # type: ignore[no-untyped-def]
    """The rows of all pages: findings, schools, and the plan that the command line made."""
    from junheng.indicators.indexing import index_all
    from junheng.planning import indexing as plans

    index_all(city, on_progress)
    for digest in plans.not_indexed(city):
        plans.index(city, digest)


def person_of(role: Role) -> Person:
    """One who works in this role; who is there already stays."""
    from junheng.people.models import Appointment, Person

    there = Person.objects.filter(username=role.name).first()
    if there is None:
        organisation = _organisation(PLACES.get(role, "city_bureau"))
        there = Person.objects.create_user(role.name, PASSWORD, name=role.zh)
        tree = organisation.kind if organisation.kind == "inspector_area" else "administration"
        Appointment.objects.create(person=there, organisation=organisation, role=role.name, tree=tree)
    return there


def _organisation(kind: str) -> Organisation:
    """The first of its kind; of schools the one that misses most: there is most to see on its pages."""
    from junheng.people.models import Organisation
    from junheng.register.models import School

    found = Organisation.objects.filter(kind=kind).order_by("code")
    worst = School.objects.order_by("-year", "-failing", "school_id")[0]
    return found.get(code=worst.school_id) if kind == "school" else found[0]


def begin_work(people: dict[Role, Person], document: Path) -> None:
    """What there is to do on the first day: a year that the schools hand in, a work plan that is read."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from junheng.documents.actions import upload
    from junheng.people.scope import Access
    from junheng.register.models import RegisterYear
    from junheng.register.submissions.deadlines import open_year

    today = timezone.localdate()
    open_year(Access(people[Role.planning], today), RegisterYear.objects.order_by("-year")[0].year, today + timedelta(days=DAYS))
    upload(people[Role.office], SimpleUploadedFile(document.name, document.read_bytes()), "", "")


def _serve(city: Path) -> None:
    port = int(os.environ.get("JUNHENG_PORT") or 8000)
    worker = subprocess.Popen([sys.executable, "-c", "from junheng.cli import main; main()", "worker", "--city", str(city)])
    try:
        serve(city, "127.0.0.1", port, lambda address: say(f"工作台已启动：{address}（按 Ctrl+C 结束）"))
    finally:
        worker.terminate()
        worker.wait()


if __name__ == "__main__":
    main()
