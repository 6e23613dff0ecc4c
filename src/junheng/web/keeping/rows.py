"""The desk's rows as one file, as they stand at one moment while others go on writing: SQLite's online backup, or pg_dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding import disk
from junheng.web.databases import FILE, WAIT_S, database

SQLITE, POSTGRESQL = "sqlite", "postgresql"
MEMBER = {SQLITE: f"rows/{FILE}", POSTGRESQL: "rows/desk.pgdump"}
URL = "JUNHENG_DATABASE_URL"
OURS = "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = 'public'"


def engine_of(city: Path) -> str:
    """Where the rows of this city's desk are; nothing where it has no desk yet."""
    if os.environ.get(URL):
        return POSTGRESQL
    return SQLITE if (city / FILE).exists() else ""


def dump(city: Path, engine: str, out: Path) -> None:
    """Write the rows to a new file. Errors: JunhengError where the database is damaged or cannot be asked."""
    if engine == SQLITE:
        _copy(city / FILE, out)
    else:
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={out}"])


def load(file: Path, engine: str, city: Path) -> None:
    """Put the rows back: of SQLite into the city folder, of PostgreSQL into the empty database that is named."""
    if engine == SQLITE:
        file.rename(city / FILE)
    else:
        _run("pg_restore", ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(file)])


def refuse_other_place(engine: str) -> None:
    """Before anything is written: rows of one engine do not go into the other, nor into a database that holds something."""
    named = bool(os.environ.get(URL))
    if engine == SQLITE and named:
        raise JunhengError(f"备份里的工作台数据是 SQLite 的，却设了 {URL}；应为同一种数据库 -> 去掉这个环境变量后重试")
    if engine != POSTGRESQL:
        return
    if not named:
        raise JunhengError(f"备份里的工作台数据是 PostgreSQL 的，却没有设 {URL}；应为一个空的数据库 -> 建好后设此环境变量重试")
    import psycopg

    try:
        with psycopg.connect(_address(with_password=True)) as connection:
            held = connection.execute(OURS).fetchone()
    except psycopg.OperationalError as refused:
        raise JunhengError(f"{URL}：连不上数据库；应为可以连接的空数据库 -> 检查地址和权限后重试", Exit.storage) from refused
    if held and held[0]:
        raise JunhengError(f"{URL}：数据库里已有 {held[0]} 张表；应为空的数据库 -> 换一个库，或先移走其中的内容", Exit.storage)


def _copy(source: Path, out: Path) -> None:
    try:
        with closing(sqlite3.connect(source, timeout=WAIT_S)) as desk, closing(sqlite3.connect(out)) as copy:
            desk.backup(copy)
            found = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as wrong:
        raise disk.storage_error(source, f"读不出（{wrong}）", "完好的数据库", "检查磁盘，或用上一份备份恢复") from wrong
    if found != "ok":
        raise disk.storage_error(source, "数据库损坏", "完好的数据库", "停用，用上一份备份恢复")


def _address(*, with_password: bool) -> str:
    """What libpq is told; the password goes by the environment of a program, where no list of processes shows it."""
    from psycopg.conninfo import make_conninfo

    told: dict[str, Any] = database(Path(), os.environ[URL])
    parts = {"dbname": told["NAME"], "host": told["HOST"], "port": told["PORT"], "user": told["USER"], **told["OPTIONS"]}
    if with_password:
        parts["password"] = told["PASSWORD"]
    return make_conninfo(**{name: value for name, value in parts.items() if value})


def _run(program: str, options: list[str]) -> None:
    if shutil.which(program) is None:
        wanted = "应为与数据库同版本或更新的客户端"
        raise JunhengError(f"本机没有 {program}；{wanted} -> 安装 postgresql-client 后重试", Exit.storage)
    password = database(Path(), os.environ[URL])["PASSWORD"]
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run([program, "--dbname", _address(with_password=False), *options], env=environment, capture_output=True)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or [str(done.returncode)]
        raise JunhengError(f"{program} 没有成功（{said[-1]}）；应为可以读写的数据库 -> 检查后重试", Exit.storage)
