"""Pastes what `make demo` prints between the marks of the readmes: `python -m docs.readme`."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
SHOWN = re.compile(r"(?<=<!-- demo -->\n).*?(?=<!-- /demo -->)", re.S)


def demo(*settings: str) -> str:
    """What `make demo` prints in an environment that is set up; progress goes to stderr and is left out."""
    environment = {**os.environ, "COLUMNS": "160", "NO_COLOR": "1", "TERM": "dumb", "JUNHENG_DEMO_SERVE": "0"}
    done = subprocess.run(["make", "--no-print-directory", "demo", *settings], cwd=ROOT, env=environment,
                          capture_output=True, text=True, check=True)
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def shown(readme: Path) -> str:
    """The output that a readme shows."""
    found = SHOWN.search(readme.read_text(encoding="utf-8"))
    assert found, f"{readme.name} has no place for the demo"
    return found[0].removeprefix("```console\n$ make demo\n").removesuffix("```\n")


def paste(output: str) -> None:
    for readme in READMES:
        text = readme.read_text(encoding="utf-8")
        readme.write_text(SHOWN.sub(lambda _: f"```console\n$ make demo\n{output}```\n", text), encoding="utf-8")


if __name__ == "__main__":
    paste(demo())
