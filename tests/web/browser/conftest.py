"""The desk that is looked at, served by a process of its own, and one Chromium for all who look."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from junheng.planning.keeping import keep, run
from junheng.planning.plan import Plan
from tests.browser.chromium import DRAWING, NAMES, QUIET
from tests.browser.ports import free_port, listening
from tests.structure.places import ROOT
from tests.web.browser.desk import COOKIES
from tests.web.browser.looking import Desk


@pytest.fixture(scope="session")
def desk(county: Path, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A copy of the county, in which people have worked (`desk.py` says what they did)."""
    city = Path(shutil.copytree(county, tmp_path_factory.mktemp("served") / "city"))
    for made in (plan, replace(plan, measures=plan.measures[1:], cost=plan.cost - plan.measures[0].cost)):
        keep(city, made, run(1.0))
    environment = os.environ | {"JUNHENG_CITY": str(city)}
    subprocess.run([sys.executable, "-m", "tests.web.browser.desk", str(city)], cwd=ROOT, env=environment, check=True)
    port = free_port()
    command = [str(Path(sys.executable).with_name("junheng")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # what it says is shown where a test fails
    try:
        listening(port)
        yield Desk(f"http://127.0.0.1:{port}", json.loads((city / COOKIES).read_text()))
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Not for longer than a module: while Playwright runs there is an event loop, and Django asks its database in none."""
    expect.set_options(timeout=30_000)  # a machine may be busy with much else
    program = next(found for name in NAMES if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET[1:], *DRAWING])
        yield browser
        browser.close()
