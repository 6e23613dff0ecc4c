"""Every way a command can end, turned into its exit code, in words."""

from __future__ import annotations

import errno
import re
import sys
import traceback
from typing import Any

import typer

from junheng.cli.commands import app
from junheng.kernel.faults import DataFaults, Exit, JunhengError
from junheng.paper.screen import tell
from junheng.screens import registers

INTERRUPTED = 130  # what the parser makes of an interrupt, without a word
KINDS = {int: "整数", float: "数字"}  # of what an option takes, where it is not text
MEANT = {  # what the parser says where it has no exception of its own
    r"No such command '(.*?)'": "没有命令 {0}", r"Got unexpected extra arguments? ?(?:\(s\))? ?\((.*)\)": "多出了 {0}",
    r"Missing command": "没有写命令"}


def main() -> None:
    """Run a command and turn every way it can end into its exit code, in words."""
    sys.exit(_run())


def _run() -> int:
    try:
        code = app(prog_name="junheng", standalone_mode=False)
        if code == INTERRUPTED:
            raise typer.Abort
        return int(code or 0)
    except typer.Abort:
        tell("已中断，什么也没有改变")
        return Exit.usage
    except typer.TyperException as wrong:
        tell(usage(wrong))
        return Exit.usage
    except DataFaults as refused:
        registers.refused(refused)
        return refused.code
    except JunhengError as refused:
        tell(str(refused))
        return refused.code
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.fine
    except OSError as refused:
        tell(_storage(refused))
        return Exit.storage
    except Exception as bug:  # the last door: never a user's data in the message
        tell(f"程序出错（{type(bug).__name__}），数据没有改变 -> 请把以下位置报告给维护者")
        frames = traceback.extract_tb(bug.__traceback__)[-5:]
        tell("\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames))
        return Exit.bug


def _storage(refused: OSError) -> str:
    full = refused.errno in (errno.ENOSPC, errno.EDQUOT)
    what, do = ("空间不足", "腾出空间") if full else (refused.strerror or "读写失败", "检查路径与权限")
    return f"{refused.filename or '磁盘'}：{what} -> {do}后重试"


def usage(wrong: typer.TyperException) -> str:
    """What the parser refuses, in words: what is wrong, what is wanted, what to do. It says so by the names of its exceptions."""
    said = {"NoSuchOption": _no_such_option, "MissingParameter": _missing, "BadParameter": _bad, "BadOptionUsage": _no_value,
            "NoArgsIsHelpError": typer.TyperException.format_message}
    kind = type(wrong).__name__
    return said[kind](wrong) if kind in said else f"{_meant(wrong)} -> {_see(wrong)}"


def _see(wrong: Any) -> str:
    context = getattr(wrong, "ctx", None)
    return f"用 {context.command_path if context else 'junheng'} --help 查看用法"


def _meant(wrong: typer.TyperException) -> str:
    message = wrong.format_message()
    found = ((words, re.search(pattern, message)) for pattern, words in MEANT.items())
    said = (words.format(*match.groups()) for words, match in found if match)
    return next(said, f"命令的写法不对（{message}）") + _wanted(wrong)


def _wanted(wrong: Any) -> str:
    """The commands or options there are, where one of them was expected."""
    context = getattr(wrong, "ctx", None)
    if context is None:
        return ""
    commands = getattr(context.command, "commands", None)
    there = list(commands or (each.opts[0] for each in context.command.params if each.param_type_name == "option"))
    return f"；可用：{'、'.join(there)}"


def _no_such_option(wrong: Any) -> str:
    close = f"；是不是 {' 或 '.join(wrong.possibilities)}" if wrong.possibilities else _wanted(wrong)
    return f"没有选项 {wrong.option_name}{close} -> 改正后重试，或{_see(wrong)}"


def _missing(wrong: Any) -> str:
    return f"没有写 {_called(wrong.param)}；应为{_asked(wrong.param)} -> 补上后重试，或{_see(wrong)}"


def _bad(wrong: Any) -> str:
    return f"{_called(wrong.param)} {_given(wrong)}".rstrip() + f"：应为{_asked(wrong.param)} -> 改正后重试，或{_see(wrong)}"


def _no_value(wrong: Any) -> str:
    what, do = ("不带内容", "去掉 = 及其后的内容") if "not take" in wrong.format_message() else ("后面没有写内容", "补上")
    return f"{wrong.option_name} {what} -> {do}后重试，或{_see(wrong)}"


def _called(param: Any) -> str:
    return str(param.opts[0]) if param.param_type_name == "option" else param.name.upper()


def _asked(param: Any) -> str:
    """What an option takes: one of its words, a number, or what its help says."""
    described = param.type_descriptor
    words = "、".join(map(str, described.choices)) if described.is_choice else KINDS.get(described.annotation, "")
    said = (param.help or "").rstrip("。")
    return f" {words}（{said}）" if words else said


def _given(wrong: Any) -> str:
    """What was written, where the parser kept it."""
    errors: Any = getattr(wrong.__cause__, "errors", list)()
    return str(errors[0]["input"]) if errors else ""
