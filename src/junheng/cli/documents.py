"""What speeches, plans and reports say: `read`, `promises`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from junheng import screens
from junheng.cli.options import AsJson, day_of, named, print_json
from junheng.documents.against import Against, against
from junheng.documents.as_json import Only, promises_as_json
from junheng.documents.as_json import as_json as answer_of
from junheng.documents.chat import ChatSuggester
from junheng.documents.forms.decomposition import write_decomposition
from junheng.documents.forms.page import write_reading
from junheng.documents.forms.promised import write_promises
from junheng.documents.opening import open_document
from junheng.documents.promises import promises as promises_between
from junheng.documents.reading import read as read_document
from junheng.documents.shapes import Raw, Reading
from junheng.documents.suggest import with_suggestions
from junheng.kernel.faults import DataFaults, JunhengError
from junheng.paper.screen import progress

Workbook = Annotated[Path | None, typer.Option("--xlsx", help="把表格写到这个 .xlsx 文件。")]


def read(
    files: Annotated[list[Path], typer.Argument(
        metavar="FILE...", help="讲话、计划、总结：txt、md、html、docx、pdf、doc 或 wps 文件。")],
    city: Annotated[Path | None, typer.Option(help="城市目录；文中数字与其登记对照。")] = None,
    on: Annotated[str | None, typer.Option(help="文件的日期，如 2025-02-20；缺省从文中推断。")] = None,
    as_json: AsJson = False, xlsx: Workbook = None,
    html: Annotated[Path | None, typer.Option(help="把对照原文的网页写到这个 .html 文件。")] = None,
    only: Annotated[Only | None, typer.Option(help="只列一样。")] = None,
    suggest: Annotated[str | None, typer.Option(help="给建议的语言模型的网址（原文句子会发往该地址）；缺省不用。")] = None,
) -> None:
    """读讲话、计划、总结：数字及其核对、目标、任务、待填之处，每条都指向原文。"""
    named(xlsx, "--xlsx", ".xlsx")
    named(html, "--html", ".html")
    if html and html.resolve() in (each.resolve() for each in files):
        raise JunhengError(f"--html {html}：这是要读的原文，不能写在它上面 -> 换一个文件名")
    if html and len(files) > 1:
        raise JunhengError("--html 一次只写一个文件的网页 -> 分别运行")
    if only and (xlsx or html):
        raise JunhengError("--only 只用于屏幕和 --json；--xlsx 和 --html 总是写全部 -> 去掉其中一个")
    by = ChatSuggester(suggest) if suggest else None
    day = day_of(on, "--on") if on else None
    readings = [read_document(each, on=day) for each in _opened(files)]
    if by:
        readings = [with_suggestions(each, by) for each in readings]
    held = _against(readings, city)
    if xlsx:
        write_decomposition(xlsx, readings)
    if html:
        write_reading(html, readings[0], held[0] or ())
    _print(readings, held, only, as_json)
    written = [path for path in (xlsx, html) if path]
    if not as_json:
        screens.files(written)
        if not written and not only:
            screens.next_step(readings[0].source.name)


def _opened(files: Sequence[Path]) -> list[Raw]:
    """Every file, or what is wrong with all of them that cannot be read."""
    opened: list[Raw] = []
    refused: list[DataFaults] = []
    for path in files:
        try:
            opened.append(open_document(path))
        except DataFaults as wrong:
            refused.append(wrong)
    if refused:
        raise DataFaults([fault for each in refused for fault in each.faults], "\n".join(map(str, refused)))
    return opened


def _against(readings: Sequence[Reading], city: Path | None) -> list[tuple[Against, ...] | None]:
    if city is None:
        return [None for _ in readings]
    with progress() as on_progress:
        return [against(each.figures, city, on_progress) for each in readings]


def _print(readings: Sequence[Reading], held: Sequence[tuple[Against, ...] | None], only: Only | None, in_json: bool) -> None:
    for reading, own in zip(readings, held, strict=True):
        if in_json:  # a line a file
            print_json(answer_of(reading, only, own or ()))
        else:
            screens.document(reading, own, only)


def promises(
    plan: Annotated[Path, typer.Argument(metavar="PLAN_FILE", help="去年的计划或讲话。")],
    report: Annotated[Path, typer.Argument(metavar="REPORT_FILE", help="今年的总结或报告。")],
    as_json: AsJson = False, xlsx: Workbook = None,
) -> None:
    """去年的承诺与今年的结果：逐条对照，已兑现、部分兑现、未兑现，或未见反映。"""
    named(xlsx, "--xlsx", ".xlsx")
    promised, reported = (read_document(each) for each in _opened([plan, report]))
    found = promises_between(promised, reported)
    if xlsx:
        write_promises(xlsx, promised, reported, found)
    if as_json:
        print_json(promises_as_json(promised, reported, found))
        return
    screens.promises(promised, reported, found)
    screens.files([xlsx] if xlsx else [])
