"""A desk in the middle of its year: people of every role, and work in each of its states.

`python -m tests.web.browser.desk CITY`: the city has its register, its findings and two kept plans, and no rows yet.
What is there to see is what `at_work` says that people did.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.web.demo import index
from junheng.web.starting import start
from tests.web.at_work import begun

if TYPE_CHECKING:  # its rows can be imported only once Django is ready
    from junheng.people.models import Person

COOKIES = "cookies.json"  # of everybody's session, by role: each logs in once for all tests, one by the page


def main() -> None:
    city = Path(sys.argv[1])
    start(city)
    index(city, lambda share, sentence: None)
    people = begun(city)
    (city / COOKIES).write_text(json.dumps({role.name: _session(person) for role, person in people.items()}))


def _session(person: Person) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    main()
