"""Runs what the docs show: the console and `python run` blocks of a page, in a folder of the page's own.

A page begins in an empty folder, or says `<!-- begins with: sample, city -->`. A block may say `exit=3`, and
`head=8` where only the first lines of an output are shown. A page that names JUNHENG_REFERENCE_DATA is run where that is set.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

CONSOLE = re.compile(r"^```console(?P<options>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)
PYTHON = re.compile(r"^```python run\n(?P<code>.*?)^```\n\n```text\n(?P<output>.*?)^```$", re.M | re.S)
BLOCK = re.compile(f"{CONSOLE.pattern}|{PYTHON.pattern}", re.M | re.S)
BEGINS = re.compile(r"<!-- begins with: ([^>]*?) -->")
OPTION = re.compile(r"(\w+)=(\w+)")
REFERENCE = "JUNHENG_REFERENCE_DATA"
DIGEST = re.compile(r"\b[0-9a-f]{12,64}\b")
DURATION = re.compile(r"\b\d+(\.\d+)? ?(秒|s\b)")

Asked = tuple[tuple[str, ...], tuple[str, ...], int]  # code of Python to run, or commands of a console and their exit code

PREPARED = {
    "sample": "junheng sample sample --size county --seed 7 --variant narrow",
    "sample-with-defects": "junheng sample sample-with-defects --size county --seed 7 --defects",
    "city": "junheng import sample --city city --year 2025 && junheng measure --city city --years 2023:2025",
}  # measured, so that a page's commands read the figures that are kept, as an officer's second look does


class Broken(AssertionError):
    """A block of a page does not do what the page says."""


def with_real_output(text: str) -> str:
    """The page with the output of each of its blocks replaced by what the block prints now."""
    parts, blocks = tuple(sorted(_begins_with(text))), tuple(map(_asked, BLOCK.finditer(text)))
    printed = iter(_printed(parts, blocks))
    return BLOCK.sub(lambda block: (_python if block["code"] else _console)(block, next(printed)), text)


def without_output(text: str) -> str:
    """The page with nothing but its commands and its code in blocks."""
    text = PYTHON.sub(lambda block: f"```python run\n{block['code']}```\n\n```text\n```", text)
    return CONSOLE.sub(lambda block: f"```console{block['options']}\n{''.join(_commands(block))}```", text)


def comparable(text: str) -> str:
    """The page without what differs from run to run: digests and durations."""
    return DURATION.sub("<time>", DIGEST.sub("<digest>", text))


def can_run(text: str) -> bool:
    """Whether what the page's blocks read is here: some read texts that are no part of the project."""
    return REFERENCE not in text or REFERENCE in os.environ


def has_blocks(text: str) -> bool:
    return BLOCK.search(text) is not None


def beginning(parts: tuple[str, ...]) -> Path:
    """A new folder that holds a copy of what the page begins with."""
    folder = Path(mkdtemp(prefix="page-"))
    for part in parts:
        shutil.copytree(_prepared() / part, folder / part)
    return folder


@cache
def _prepared() -> Path:
    folder = Path(mkdtemp(prefix="pages-"))
    for command in PREPARED.values():
        _run(command, folder, 0)
    return folder


def _begins_with(text: str) -> list[str]:
    found = BEGINS.search(text)
    return re.split(r",\s*", found[1]) if found else []


def _asked(block: re.Match[str]) -> Asked:
    """What a block runs: its code, or its commands and with what they end."""
    if block["code"]:
        return (sys.executable, "-c", block["code"]), (), 0
    ends = int(dict(OPTION.findall(block["options"])).get("exit", 0))
    return (), tuple(command[2:] for command in _commands(block)), ends


@cache
def _printed(parts: tuple[str, ...], blocks: tuple[Asked, ...]) -> tuple[tuple[str, ...], ...]:
    """What the blocks of a page print, run in order in one folder: once for all languages that show the same."""
    folder = beginning(parts)
    return tuple(
        (_output([*code], folder, 0),) if code else tuple(_run(command, folder, ends) for command in commands)
        for code, commands, ends in blocks
    )


def _console(block: re.Match[str], printed: tuple[str, ...]) -> str:
    head = dict(OPTION.findall(block["options"])).get("head")
    shown = "".join(command + _head(output, head) for command, output in zip(_commands(block), printed, strict=True))
    return f"```console{block['options']}\n{shown}```"


def _commands(block: re.Match[str]) -> list[str]:
    return [line for line in block["body"].splitlines(keepends=True) if line.startswith("$ ")]


def _head(output: str, lines: str | None) -> str:
    kept = output.splitlines(keepends=True)
    return output if lines is None or len(kept) <= int(lines) else "".join([*kept[:int(lines)], "...\n"])


def _python(block: re.Match[str], printed: tuple[str, ...]) -> str:
    return f"```python run\n{block['code']}```\n\n```text\n{printed[0]}```"


def _run(command: str, folder: Path, exit_code: int) -> str:
    return _output(["bash", "-c", command], folder, exit_code)


def _output(command: list[str], folder: Path, exit_code: int) -> str:
    """What the command prints: its results, or where it has none its message."""
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True)
    if done.returncode != exit_code:
        ends = f"ends with {done.returncode}, not {exit_code}"
        raise Broken(f"{command[-1].strip()}\n{ends}:\n{done.stdout}{done.stderr}")
    printed = done.stdout or done.stderr if exit_code else done.stdout
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def environment() -> dict[str, str]:
    """The same words and widths wherever the docs are built, and the key of the cities that pages begin with."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    data = {REFERENCE: str(Path(os.environ[REFERENCE]).resolve())} if REFERENCE in os.environ else {}
    return {**os.environ, **data, "PATH": path, "COLUMNS": "160", "NO_COLOR": "1", "TERM": "dumb",
            "JUNHENG_KEY_FILE": str(_key_file()), "PYTHONUTF8": "1"}


@cache
def _key_file() -> Path:
    """A key that is the same every time, so that the pseudonyms of the made-up people are."""
    key = Path(mkdtemp(prefix="key-")) / "city.key"
    key.write_text(f"{bytes(range(32)).hex()}\n", encoding="ascii")
    key.chmod(0o600)
    return key
