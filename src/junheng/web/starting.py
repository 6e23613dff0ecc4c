"""How the desk of a city is started: by the server, by the worker, by a command that works on its rows."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

SETTINGS = "junheng.web.settings"
MIGRATION_WAIT_S = 120.0  # for another process that is bringing the database up to date
LOOK_S = 10.0  # how often the worker looks for jobs that fell silent
ASK_S = 0.5  # how often the worker asks for work


def ready(city: Path) -> None:
    """Make Django ready for the desk of a city. Before this nothing of Django's rows can be imported."""
    os.environ["JUNHENG_CITY"] = str(city.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    django.setup()


def start(city: Path) -> None:
    """Make Django ready, and the database of the desk up to date."""
    ready(city)
    from django.core.management import call_command

    from junheng.register.holding import City
    with City(city).locked(MIGRATION_WAIT_S):
        call_command("migrate", interactive=False, verbosity=0)


def serve(city: Path, host: str, port: int, on_start: Callable[[str], None]) -> None:
    """Answer browsers until told to stop."""
    start(city)
    _look_for_news()
    from granian import Granian
    from granian.constants import Interfaces
    on_start(f"http://{host}:{port}/")
    Granian("junheng.web.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=1, blocking_threads=8,
            log_enabled=False).serve()


def work(city: Path) -> None:
    """Do jobs until told to stop; those whose worker died are taken up again."""
    start(city)
    _look_for_news()
    from django_tasks_db.management.commands.db_worker import Worker

    stopped = threading.Event()
    watch = threading.Thread(target=_every, args=(LOOK_S, stopped, _look_round), daemon=True)
    watch.start()
    worker = Worker(queue_names=["*"], interval=ASK_S, batch=False, backend_name="default", startup_delay=False, max_tasks=None,
                    worker_id=f"{os.getpid()}", excluded_queue_names=[])
    worker.configure_signals()
    try:
        worker.run()
    finally:
        stopped.set()


def _look_for_news() -> None:
    """What came in by command line while no desk ran is asked to be indexed; a job done already is not done again."""
    from django.conf import settings

    from junheng.indicators.tasks import ask_for_index
    from junheng.register.holding import City
    if City(settings.CITY).current():
        ask_for_index(None)


def _look_round() -> None:
    """Jobs whose worker died are taken up again; plans that the command line made meanwhile are listed."""
    from junheng.people.jobs import take_up_again
    from junheng.planning.tasks import ask_for_scan
    take_up_again()
    ask_for_scan()


def _every(seconds: float, stopped: threading.Event, do: Callable[[], object]) -> None:
    import logging

    from django.db import close_old_connections
    while not stopped.wait(seconds):
        try:
            do()
        except Exception:  # a busy database; the next round tries again
            logging.getLogger("junheng.jobs").warning("a round was lost", exc_info=True)
        close_old_connections()
