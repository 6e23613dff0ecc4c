"""Where the desk keeps its rows: SQLite in the city folder, or PostgreSQL by `JUNHENG_DATABASE_URL`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FILE = "desk.sqlite3"
WAIT_S = 20  # for another writer
# every promise is on the disk when it is given: FULL, for a WAL of NORMAL may lose the last ones with the power
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"


def database(city: Path, url: str | None) -> dict[str, Any]:
    """The settings of the database. Errors: ValueError for an address that is not PostgreSQL's."""
    return (
        _postgresql(url)
        if url
        else {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": city / FILE,
            "CONN_MAX_AGE": 600,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": WAIT_S, "init_command": PRAGMAS},
        }
    )


def _postgresql(url: str) -> dict[str, Any]:
    """`?host=/run/postgresql` names the folder of a socket; what else stands there, such as `sslmode`, is libpq's."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ValueError("JUNHENG_DATABASE_URL：应如 postgresql://用户:密码@主机:5432/库名 -> 改正后重新启动")
    more = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": more.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": more,
    }
