"""The desk from the command line: `serve`, `worker`, `backup`, `restore`, `admin create`, `people import`, `audit verify`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.options import named
from junheng.kernel.faults import Exit, JunhengError
from junheng.paper.screen import progress, say, tell
from junheng.web.keeping import Manifest, back_up
from junheng.web.keeping import restore as restore_desk
from junheng.web.starting import serve as serve_desk
from junheng.web.starting import start, work

DeskCity = Annotated[Path | None, typer.Option("--city", help="城市目录；缺省看环境变量 JUNHENG_CITY。")]
PORT = 8000

admin = typer.Typer(name="admin", no_args_is_help=True, help="工作台：管理员。")
people = typer.Typer(name="people", no_args_is_help=True, help="工作台：人员。")
audit = typer.Typer(name="audit", no_args_is_help=True, help="工作台：操作记录。")


def city_of(city: Path | None) -> Path:
    """The city folder that was named. Errors: JunhengError where none was."""
    named = city or (Path(os.environ["JUNHENG_CITY"]) if os.environ.get("JUNHENG_CITY") else None)
    if named is None:
        raise JunhengError("没有写城市目录 -> 加 --city 目录，或设置环境变量 JUNHENG_CITY")
    return named


def serve(
    city: DeskCity = None,
    port: Annotated[int | None, typer.Option(help="端口；缺省看 JUNHENG_PORT，再缺省为 8000。")] = None,
    host: Annotated[str, typer.Option(help="监听的地址；缺省只供本机。")] = "127.0.0.1",
    processes: Annotated[int, typer.Option(min=1, max=64, help="服务进程数；每个进程 8 个线程，各占一个数据库连接。")] = 1,
) -> None:
    """启动工作台，在浏览器里办理；后台任务由 junheng worker 办理。"""
    asked = port or int(os.environ.get("JUNHENG_PORT") or PORT)
    serve_desk(city_of(city), host, asked, lambda address: tell(f"工作台 {address}"), processes)


def worker(city: DeskCity = None) -> None:
    """办理后台任务：测算、编制方案、生成快照。"""
    work(city_of(city), lambda: tell("后台任务办理中，按 Ctrl+C 结束"))


def backup(file: Annotated[Path, typer.Argument(help="备份文件 .tar，须是新文件。")], city: DeskCity = None) -> None:
    """备份城市目录和工作台数据，不用停机；密钥不在其中，须另行保存。"""
    named(file, "FILE", ".tar")
    with progress() as on_progress:
        made = back_up(city_of(city), file, on_progress)
    tell(_story(made))
    say(f"已备份 {file}：{len(made.members)} 个文件，逐个读回核对无误；密钥不在其中，请另行保存")


def restore(file: Annotated[Path, typer.Argument(help="备份文件 .tar。")], city: DeskCity = None) -> None:
    """把备份恢复到空文件夹，核对每个文件、快照和操作记录。"""
    folder = city_of(city)
    with progress() as on_progress:
        made = restore_desk(file, folder, on_progress)
    tell(_story(made))
    say(f"已恢复 {folder}：{len(made.members)} 个文件，摘要、快照、操作记录核对无误")
    say(f"下一步：junheng serve --city {folder}，junheng worker --city {folder}")


def _story(made: Manifest) -> str:
    return f"备份于 {made.made}，{made.size_bytes / 1_000_000:,.1f} MB，程序版本 {made.software}"


@admin.command("create")
def create(
    username: Annotated[str, typer.Argument(help="用户名。")],
    city: DeskCity = None,
    name: Annotated[str, typer.Option(help="姓名。")] = "管理员",
    password: Annotated[str | None, typer.Option(envvar="JUNHENG_PASSWORD", help="密码；缺省生成一个，首次登录须修改。")] = None,
) -> None:
    """建立系统管理员；已有的用户名不会被改动。"""
    start(city_of(city))
    from junheng.people.actions import create_administrator

    given = password or secrets.token_urlsafe(12)
    create_administrator(username, name, given, must_change=password is None)
    say(f"已建立管理员 {username}" + ("" if password else f"，初始密码 {given}（首次登录须修改）"))


@people.command("import")
def people_import(file: Annotated[Path, typer.Argument(help="人员名单 .csv。")], city: DeskCity = None) -> None:
    """导入人员名单；有一处不对则全部不导入，一次列出所有问题。"""
    start(city_of(city))
    from junheng.people.actions import import_people

    for username, password in import_people(file).items():
        say(f"{username}\t{password}")


@audit.command("verify")
def audit_verify(city: DeskCity = None) -> None:
    """核对操作记录：每一条都接着前一条，没有缺少，没有改动。"""
    start(city_of(city))
    from junheng.people.audit import verify
    from junheng.people.models import AuditEntry

    if broken := verify():
        raise JunhengError(f"操作记录第 {broken.number} 条：{broken.why} -> 停用并保全数据库，查明改动的人", Exit.breach)
    say(f"操作记录完整：{AuditEntry.objects.count()} 条，逐条相接")
