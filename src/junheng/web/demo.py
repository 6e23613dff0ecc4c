"""The desk of a sample city made ready to be tried: people of every role, a work plan read, every page's rows there; then served.

`python -m junheng.web.demo CITY`; with JUNHENG_DEMO_SERVE=0 in the environment it stops before serving.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from junheng.paper.screen import progress, say
from junheng.people.codes import Role
from junheng.web.starting import serve, start

PASSWORD = "junheng-demo"  # of every log-in of the demo; a real desk's people get one each
# in which organisation each role works: its kind, in its tree; the others work in the city's bureau
PLACES = {
    Role.county_officer: "county_bureau",
    Role.principal: "school",
    Role.school_clerk: "school",
    Role.inspector: "inspector_area",
}


def main() -> None:
    city = Path(sys.argv[1])
    start(city)
    _pages(city)
    for username, role, organisation in _people():
        say(f"  {username}\t{role}（{organisation}）")
    say(f"以上每个用户名的密码都是 {PASSWORD}，只供演示")
    if os.environ.get("JUNHENG_DEMO_SERVE") != "0":
        _serve(city)


def _pages(city: Path) -> None:
    from junheng.indicators.indexing import index_all

    with progress() as on_progress:
        index_all(city, on_progress)


def _people() -> Iterator[tuple[str, str, str]]:
    """A person a role; who is there already stays."""
    from junheng.people.models import Appointment, Organisation, Person

    for role in Role:
        kind = PLACES.get(role, "city_bureau")
        organisation = _busiest(kind) if kind == "school" else Organisation.objects.filter(kind=kind).order_by("code")[0]
        person = Person.objects.filter(username=role.name).first() or Person.objects.create_user(
            role.name, PASSWORD, name=role.zh
        )
        Appointment.objects.get_or_create(
            person=person, organisation=organisation, role=role.name, tree=kind if kind == "inspector_area" else "administration"
        )
        yield role.name, role.zh, organisation.name


def _busiest(kind: str):  # type: ignore[no-untyped-def]
    """The school that misses most: there is most to see on its pages."""
    from junheng.people.models import Organisation
    from junheng.register.models import RegisterYear, School

    latest = RegisterYear.objects.order_by("-year")[0]
    worst = School.objects.filter(year=latest.year).order_by("-failing", "school_id")[0]
    return Organisation.objects.get(kind=kind, code=worst.school_id)


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
