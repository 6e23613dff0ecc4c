"""The server as it runs: processes that count together, tell nothing of persons, end in order and leave the port."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from time import monotonic, sleep
from urllib.parse import quote, urlencode

import pytest

from tests.structure.places import ROOT
from tests.unit.web.conftest import ADMINISTRATOR, PASSWORD, Desk

NAMES = ("张小明", "379901201001010010")  # as somebody might type them where they do not belong
START_S, END_S = 240, 60


class Serving:
    """A server of its own, behind a proxy as it believes."""

    def __init__(self, desk: Desk, log: Path) -> None:
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.desk, self.log = desk, log
        environment = desk.environment | {"JUNHENG_HTTPS": "1", "TMPDIR": str(log.parent)}
        self.process = subprocess.Popen(self.command(), env=environment, stderr=log.open("w", encoding="utf-8"))
        until = monotonic() + START_S
        while not self.answers():
            assert self.process.poll() is None and monotonic() < until, log.read_text(encoding="utf-8")
            sleep(0.2)

    def command(self) -> list[str | Path]:
        return self.desk.command("serve", "--port", str(self.port), "--processes", "2")

    def answers(self) -> bool:
        try:
            return self.ask("/healthz")[0] == 200
        except OSError:
            return False

    def ask(self, path: str, body: str | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
        """As the proxy asks; a connection each, so that either process may get it."""
        way = HTTPConnection("127.0.0.1", self.port, timeout=60)
        proxy = {"Host": "localhost", "X-Forwarded-Proto": "https", "Referer": "https://localhost/login/"}
        told = {"Content-Type": "application/x-www-form-urlencoded"} | proxy | headers
        way.request("GET" if body is None else "POST", path, body, told)
        answer = way.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()

    def lines(self) -> list[str]:
        return [line for line in self.log.read_text(encoding="utf-8").splitlines() if not line.startswith("工作台 ")]

    def children(self) -> list[int]:
        told = subprocess.run(["ps", "--ppid", str(self.process.pid), "-o", "pid="], capture_output=True, text=True)
        return [int(each) for each in told.stdout.split()]


@pytest.fixture(scope="module")
def serving(first_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    made = Serving(first_desk, tmp_path_factory.mktemp("serving") / "log")
    yield made
    made.process.kill()
    made.process.wait()


def token(serving: Serving) -> str:
    return re.search(r"csrftoken=(\w+)", serving.ask("/login/")[1]["set-cookie"])[1]  # type: ignore[index]


def test_a_module_is_served_as_a_script(serving: Serving) -> None:
    module = next((ROOT / "src/junheng/web/static/vendor").glob("*/*.mjs"))
    status, headers, _ = serving.ask(f"/static/vendor/{module.parent.name}/{module.name}")
    assert status == 200
    assert headers["content-type"].startswith("text/javascript")


def test_every_process_tells_the_sum_of_all(serving: Serving) -> None:
    for _ in range(12):
        serving.ask("/login/")
    told = {re.search(r'route="login/",status="200"} (\d+)', serving.ask("/metrics")[2])[1] for _ in range(6)}  # type: ignore[index]
    assert len(told) == 1
    assert int(told.pop()) >= 12
    assert 'junheng_jobs{state="' in serving.ask("/metrics")[2]


def test_no_log_line_holds_what_a_user_typed(serving: Serving) -> None:
    for name in NAMES:
        typed = quote(name)
        serving.ask(f"/{typed}/?q={typed}")
        serving.ask(f"/schools/{typed}/?q={typed}", Cookie=f"sessionid={typed}")
        serving.ask("/login/", urlencode({"username": name, "password": name}))
        serving.ask("/login/", urlencode({"username": name, "password": name, "csrfmiddlewaretoken": token(serving)}))
        serving.ask("/", Host=f"{typed}.example")
    lines = serving.lines()
    told = [json.loads(line) for line in lines]
    assert len(told) > 5
    assert all(each.keys() >= {"at", "level", "logger", "message"} for each in told)
    assert not [line for line in lines for name in NAMES if name in line or quote(name) in line]


def test_whoever_asks_through_the_proxy_is_locked_out_by_his_own_address(serving: Serving) -> None:
    def log_in(address: str, password: str) -> int:
        given = token(serving)
        form = {"username": ADMINISTRATOR, "password": password, "csrfmiddlewaretoken": given}
        return serving.ask("/login/", urlencode(form), **{"Cookie": f"csrftoken={given}", "X-Forwarded-For": address})[0]

    assert [log_in("203.0.113.7", "wrong") for _ in range(6)][-1] == 429
    assert log_in("203.0.113.7", PASSWORD) == 429
    assert log_in("203.0.113.8", PASSWORD) == 302


def test_whoever_comes_without_encryption_is_sent_to_it(serving: Serving) -> None:
    status, headers, _ = serving.ask("/login/", **{"X-Forwarded-Proto": "http"})
    assert (status, headers["location"]) == (301, "https://localhost/login/")
    assert serving.ask("/healthz", **{"X-Forwarded-Proto": "http"})[0] == 200, "asked on the machine itself"
    assert "max-age=31536000" in serving.ask("/login/")[1]["strict-transport-security"]


def test_a_second_server_on_the_port_is_refused_in_words(serving: Serving) -> None:
    second = subprocess.run(serving.command(), env=serving.desk.environment, capture_output=True, text=True)
    assert second.returncode == 2
    assert f"127.0.0.1:{serving.port}：不能监听" in second.stderr


def test_a_process_that_dies_is_replaced_and_all_end_with_the_first(first_desk: Desk, tmp_path: Path) -> None:
    serving = Serving(first_desk, tmp_path / "log")
    before = serving.children()
    os.kill(before[0], signal.SIGKILL)
    until = monotonic() + END_S
    while len(set(serving.children()) - set(before)) < 1:
        assert monotonic() < until
        sleep(0.2)
    there = serving.children()  # the new one has hardly begun
    serving.process.kill()
    serving.process.wait()
    while serving.answers() or any(Path(f"/proc/{each}").exists() for each in there):
        assert monotonic() < until
        sleep(0.2)


def test_told_to_stop_it_finishes_what_it_answers(first_desk: Desk, tmp_path: Path) -> None:
    serving = Serving(first_desk, tmp_path / "log")
    form = urlencode({"username": "nobody", "password": "x", "csrfmiddlewaretoken": "x" * 32})
    way = HTTPConnection("127.0.0.1", serving.port, timeout=60)
    way.putrequest("POST", "/login/")
    way.putheader("X-Forwarded-Proto", "https")
    way.putheader("Content-Length", str(len(form)))
    way.endheaders()
    way.send(form[:10].encode())
    sleep(1)  # the server is in the middle of it
    serving.process.send_signal(signal.SIGTERM)
    sleep(0.5)
    way.send(form[10:].encode())
    assert way.getresponse().status == 403, "answered, though it is a forged form"
    way.close()
    assert serving.process.wait(END_S) == 0
