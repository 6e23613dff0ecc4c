"""`junheng` as an officer types it: in this process for what is refused at once, in one of its own for what must be."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess, run
from typing import Any

import pytest

from junheng.cli import main
from junheng.kernel.faults import Exit


@dataclass
class Typed:
    """One command of `plan` in a city: how it ended, what it said, what it left."""

    city: Path
    out: Path
    code: int
    said: str

    @property
    def wrote_nothing(self) -> bool:
        return not self.out.exists() and not (self.city / "plans").exists()

    @property
    def plan(self) -> dict[str, Any]:
        return dict(json.loads(self.out.read_text(encoding="utf-8")))


def is_refused(told: Typed, code: Exit, *words: str) -> None:
    """In words, with what to do, without a trace of the program; nothing is written."""
    assert (told.code, [each for each in (*words, "->") if each not in told.said]) == (code, [])
    assert "Traceback" not in told.said and told.wrote_nothing


class Officer:
    """Types commands into one city; files of TOML and CSV lie beside it."""

    def __init__(self, city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.city, self.out = city, city / "out.json"
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def file(self, name: str, text: str) -> str:
        path = self.city / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def plans(self, *more: str, out: Path | None = None) -> Typed:
        target = out or self.out
        return self.types("plan", "balance", "--city", str(self.city), "--out", str(target), *more, out=target)

    def types(self, *words: str, out: Path | None = None) -> Typed:
        self._monkeypatch.setattr(sys, "argv", ["junheng", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = self._capsys.readouterr()
        return Typed(self.city, out or self.out, int(ended.value.code or 0), told.out + told.err)


def program() -> str:
    return str(Path(sys.executable).parent / "junheng")


def alone(*words: str, seed: str = "0") -> CompletedProcess[str]:
    """The command in a process of its own, whose sets come in an order of their own."""
    return run([program(), *words], capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed})
