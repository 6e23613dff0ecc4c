"""Plans kept in the city folder: `plans/<digest>/plan.json`, and beside it when, where and how long it was made."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import junheng
from junheng.kernel.codes import Severity
from junheng.kernel.faults import DataFaults, Exit, Fault, JunhengError
from junheng.paper.whole_file import write_whole
from junheng.planning.plan import Plan
from junheng.register.holding import disk

PLANS, PLAN, RUN = "plans", "plan.json", "run.json"
DIGITS = 12


def as_bytes(plan: Plan) -> bytes:
    """The plan as it is kept; equal plans give equal bytes."""
    return disk.as_json(plan.as_json())


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:DIGITS]


def keep(city: Path, plan: Plan, run: Mapping[str, Any]) -> Path:
    """The plan's folder; one that is there already stays as it is.

    Errors: JunhengError where the disk refuses, or what is there is not the plan any more.
    """
    content = as_bytes(plan)
    folder = city / PLANS / digest(content)

    def fill(draft: Path) -> str:
        disk.write_synced(draft / PLAN, content)
        disk.write_synced(draft / RUN, disk.as_json(run))
        return folder.name

    with disk.in_words(folder):
        folder.parent.mkdir(exist_ok=True)
        if not folder.is_dir():
            return disk.whole_folder(folder.parent, fill)
    if not disk.is_whole(folder / PLAN, sha256(content).hexdigest()):
        raise disk.storage_error(folder / PLAN, "内容损坏或被改动", "测算时写下的方案",
                                 "从备份恢复该方案的文件夹；没有备份的，移走后再算")
    return folder


def copy_out(plan: Plan, out: Path) -> None:
    """The same bytes under the name the user gave."""
    write_whole(out, as_bytes(plan))


def read_plan(path: Path) -> Plan:
    """A plan from its file. Errors: JunhengError for one that is not there, DataFaults for one that is no plan."""
    if not path.is_file():
        raise JunhengError(f"{path}：没有这个方案文件 -> 检查路径，或先运行 junheng plan balance", Exit.usage)
    try:
        return Plan.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as wrong:
        fault = Fault(
            path.name,
            "",
            0,
            "",
            "不是方案文件，或已被改动",
            "junheng plan balance 写出的 plan.json",
            "重新生成方案",
            "unknown_file",
            Severity.error,
        )
        raise DataFaults([fault], f"{path.name}：读不成方案 -> 重新运行 junheng plan balance --out {path.name}") from wrong


def kept(city: Path) -> list[str]:
    """The digests of the plans of a city folder; nothing of them is read."""
    folder = city / PLANS
    return sorted(each.name for each in folder.iterdir() if (each / PLAN).is_file()) if folder.is_dir() else []


def read_kept(city: Path, name: str) -> Plan:
    """A kept plan by its digest. Errors: JunhengError where its bytes are no longer those it was kept with."""
    path = city / PLANS / name / PLAN
    made = read_plan(path)
    if digest(path.read_bytes()) != name:
        raise JunhengError(f"方案 {name}：文件内容与编号不符，已被改动 -> 从备份恢复，或重新编制", Exit.breach)
    return made


def run_of(city: Path, name: str) -> dict[str, Any]:
    """When, where and how long a kept plan was made; empty where nobody can tell."""
    try:
        return dict(json.loads((city / PLANS / name / RUN).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def run(seconds: float) -> dict[str, object]:
    """What a run leaves beside its plan: nothing of it decides the plan."""
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "host": platform.node(),
        "junheng": junheng.__version__,
        "python": platform.python_version(),
    }
