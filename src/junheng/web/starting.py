"""How the desk of a city is started: by the server, by the worker, by a command that works on its rows."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from junheng.kernel.faults import JunhengError

SETTINGS = "junheng.web.settings"
MIGRATION_WAIT_S = 120.0  # for another process that is bringing the database up to date
LOOK_S = 10.0  # how often the worker looks for jobs that fell silent
ASK_S = 0.5  # how often the worker asks for work
THREADS = 8  # of each process; each holds a connection to the database
FREE_S = 3.0  # for the processes of a server that was killed to end
STOP_S = 30  # that answers under way may take when the server is told to stop
FIRST = "JUNHENG_FIRST_PROCESS"  # of the server, to those that answer for it
COUNTED_IN = "PROMETHEUS_MULTIPROC_DIR"  # its library's name for the folder


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


def serve(city: Path, host: str, port: int, on_start: Callable[[str], None], processes: int = 1) -> None:
    """Answer browsers until told to stop; what is being answered then is finished. A process that dies is replaced."""
    _refuse_taken(host, port)
    with _counted_together(processes):
        start(city)
        _look_for_news()
        from granian import Granian
        from granian.constants import Interfaces
        on_start(f"http://{host}:{port}/")
        from django.db import connections
        connections.close_all()  # the processes that answer are forks of this one
        os.environ[FIRST] = str(os.getpid())
        Granian("junheng.web.wsgi:of_a_server", factory=True, address=host, port=port, interface=Interfaces.WSGI,
                workers=processes, blocking_threads=THREADS, respawn_failed_workers=True, workers_kill_timeout=STOP_S,
                log_enabled=False).serve()


def _refuse_taken(host: str, port: int) -> None:
    """The server would share the port with another that listens there already, and each would answer some."""
    until = monotonic() + FREE_S
    while refused := _refusal(host, port):
        if monotonic() >= until:
            raise JunhengError(f"{host}:{port}：不能监听（{refused}）；应为没有别的程序在用的地址和端口 -> 用 --port 换一个")
        sleep(ASK_S)


def _refusal(host: str, port: int) -> str | None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections of a server that was stopped do not count
        try:
            trial.bind((host, port))
        except OSError as refused:
            return refused.strerror or str(refused)
    return None


@contextmanager
def _counted_together(processes: int) -> Iterator[None]:
    """Several processes add up what /metrics tells in a folder of their own; it is named before any of them counts."""
    if processes == 1:
        yield
        return
    with TemporaryDirectory(prefix="junheng-metrics-") as folder:
        os.environ[COUNTED_IN] = folder
        yield


def work(city: Path, on_start: Callable[[], None]) -> None:
    """Do jobs until told to stop, the one under way to its end; those whose worker died are taken up again."""
    start(city)
    _look_for_news()
    on_start()
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
    from junheng.web.standards.confirming import write_confirmed
    if City(settings.CITY).current():
        write_confirmed()
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
