"""An import by command into a folder that has a desk (DESIGN 3): it is audited there, and the pages follow it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from junheng.register.holding import ImportResult, disk
from junheng.register.holding.runs import user
from junheng.web import databases, secret
from junheng.web.starting import start

URL = "JUNHENG_DATABASE_URL"


def open_desk(city: Path) -> bool:
    """Whether the folder has a desk, made ready to be written to before anything is imported.

    Errors: exit 5 where its rows are in a database that is not named: they would never hear of the import.
    """
    if not (city / secret.FILE).exists():
        return False
    if not os.environ.get(URL) and not (city / databases.FILE).exists():
        raise disk.storage_error(city, "有工作台，却找不到它的数据", "工作台所用的数据库",
                                 f"让环境变量 {URL} 指向工作台的数据库后重新导入；没有写入任何内容")
    start(city)
    return True


def follow(imported: Sequence[ImportResult], reason: str | None) -> bool:
    """Write each new version into the audit log and have the pages brought up to it; whether there was one."""
    from junheng.people import audit
    from junheng.register.models import SchoolSubmission
    from junheng.register.submissions.versions import came_into_force

    new = [each for each in imported if each.new]
    for each in new:
        detail = {"year": each.snapshot.year, "before": each.before.id if each.before else "", "files": len(each.snapshot.files)}
        audit.record(f"命令行 {user()}".strip(), "register.import", each.snapshot.id, reason=reason or "", detail=detail)
    if new:
        came_into_force.send(sender=SchoolSubmission, by=None)
    return bool(new)
