"""What speeches, plans and reports say: `read`, `promises`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.options import AsJson, day_of, named, print_json
from junheng.documents.against import Against, against
from junheng.documents.as_json import Only, promises_as_json
from junheng.documents.as_json import as_json as answer_of
from junheng.documents.chat import ChatSuggester
from junheng.documents.deciding import ACCEPT, UNDO, numbers, read_as_decided
from junheng.documents.forms.decomposition import write_decomposition
from junheng.documents.forms.page import write_reading
from junheng.documents.forms.promised import write_promises
from junheng.documents.keeping import Before, Kept, before, founded, is_writable, keep
from junheng.documents.local import NATIONAL, law_of
from junheng.documents.opening import open_document
from junheng.documents.promises import promises as promises_between
from junheng.documents.shapes import Raw, Reading
from junheng.documents.suggest import with_suggestions
from junheng.kernel.faults import DataFaults, Exit, JunhengError
from junheng.paper.screen import progress, tell
from junheng.register.holding import City, Snapshot, open_snapshot
from junheng.screens import documents, registers

Workbook = Annotated[Path | None, typer.Option("--xlsx", help="把表格写到这个 .xlsx 文件。")]


def read(
    files: Annotated[list[Path], typer.Argument(
        metavar="FILE...", readable=False, help="讲话、计划、总结：txt、md、html、docx、pdf、doc 或 wps 文件。")],
    city: Annotated[Path | None, typer.Option(help="城市目录；原件和读出的内容存入其中，数字与其登记对照。")] = None,
    on: Annotated[str | None, typer.Option(help="文件的日期，如 2025-02-20；缺省从文中推断。")] = None,
    undo: Annotated[list[str] | None, typer.Option(UNDO, metavar="N", help="撤销这些序号的修复，如 5,8-10。")] = None,
    accept: Annotated[list[str] | None, typer.Option(ACCEPT, metavar="N", help="采用这些序号的修复建议，如 5,8-10。")] = None,
    as_json: AsJson = False, xlsx: Workbook = None,
    html: Annotated[Path | None, typer.Option(help="把对照原文的网页写到这个 .html 文件。")] = None,
    only: Annotated[Only | None, typer.Option(help="只列一样。")] = None,
    suggest: Annotated[str | None, typer.Option(help="给建议的语言模型的网址（原文句子会发往该地址）；缺省不用。")] = None,
) -> None:
    """读讲话、计划、总结：数字及其核对、目标、任务、待填之处，每条都指向原文。"""
    _check_options(files, xlsx, html, only, UNDO if undo else ACCEPT if accept else "")
    by = ChatSuggester(suggest) if suggest else None
    shelf = founded(city) if city else None
    opened = cache(partial(open_snapshot, city)) if city else None  # once: all its files are held against their digests
    decided = partial(read_as_decided, on=day_of(on, "--on") if on else None, undo=numbers(undo or (), UNDO),
                      accept=numbers(accept or (), ACCEPT), local=law_of(city, opened) if city else NATIONAL)
    sources = _opened(files)
    known = _known(shelf, sources)
    plain = [decided(source, before=each.decisions) for source, each in zip(sources, known, strict=True)]
    readings = [with_suggestions(each, by) for each in plain] if by else plain
    held = _against(readings, city, opened)
    kept = _kept(shelf, files, [replace(each, notes=own.notes) for each, own in zip(readings, plain, strict=True)], known)
    if xlsx:
        write_decomposition(xlsx, readings)
    if html:
        write_reading(html, readings[0], held[0] or ())
    _print(readings, held, only, as_json)
    if not as_json:
        _print_places(kept, [path for path in (xlsx, html) if path])
        if not (xlsx or html or only):
            documents.next_step(files, city)


def _known(shelf: City | None, sources: Sequence[Raw]) -> list[Before]:
    """What the city folder holds of each file."""
    return [before(shelf, each) if shelf else Before() for each in sources]


def _check_options(files: Sequence[Path], xlsx: Path | None, html: Path | None, only: Only | None, decides: str) -> None:
    named(xlsx, "--xlsx", ".xlsx")
    named(html, "--html", ".html")
    if html and html.resolve() in (each.resolve() for each in files):
        raise JunhengError(f"--html {html}：这是要读的原文，不能写在它上面 -> 换一个文件名")
    if html and len(files) > 1:
        raise JunhengError("--html 一次只写一个文件的网页 -> 分别运行")
    if decides and len(files) > 1:
        raise JunhengError(f"{decides} 的序号属于一个文件 -> 分别运行")
    if only and (xlsx or html):
        raise JunhengError("--only 只用于屏幕和 --json；--xlsx 和 --html 总是写全部 -> 去掉其中一个")


def _opened(files: Sequence[Path]) -> list[Raw]:
    """Every file, or what is wrong with all of them that cannot be read."""
    opened: list[Raw] = []
    refused: list[str] = []
    for path in files:
        try:
            opened.append(open_document(path))
        except DataFaults as wrong:
            refused.append(str(wrong))
    if refused:
        several = [f"{len(files)} 个文件中有 {len(refused)} 个读不了，没有写出任何内容"] if len(files) > 1 else []
        raise JunhengError("\n".join(refused + several), Exit.faults)
    return opened


def _against(readings: Sequence[Reading], city: Path | None,
             opened: Callable[[int], Snapshot] | None) -> list[tuple[Against, ...] | None]:
    if city is None:
        return [None for _ in readings]
    with progress() as on_progress:
        return [against(each.figures, city, on_progress, opened) for each in readings]


def _kept(shelf: City | None, files: Sequence[Path], readings: Sequence[Reading], known: Sequence[Before]) -> list[Kept]:
    """Where each reading stands in the city folder; in one that cannot be written nothing is kept, and that is said."""
    if shelf is None:
        return []
    if not is_writable(shelf):
        tell(f"{shelf.path}：没有写权限，读出的内容和对修复的选择都没有存入 -> 请有权限的人重新运行")
        return []
    kept: list[Kept] = []
    latest = {each.source.sha256: was for each, was in zip(readings, known, strict=True)}  # a file may be named twice
    for file, reading in zip(files, readings, strict=True):
        kept.append(keep(shelf, file, reading, latest[reading.source.sha256]))
        latest[reading.source.sha256] = Before(kept[-1].folder.name)
    return kept


def _print(readings: Sequence[Reading], held: Sequence[tuple[Against, ...] | None], only: Only | None, in_json: bool) -> None:
    for reading, own in zip(readings, held, strict=True):
        if in_json:  # a line a file
            print_json(answer_of(reading, only, own or ()))
        else:
            documents.document(reading, own, only)


def _print_places(kept: Sequence[Kept], written: Sequence[Path]) -> None:
    for each in kept:
        documents.kept(each.folder, new=each.new)
    registers.files(written)


def promises(
    plan: Annotated[Path, typer.Argument(metavar="PLAN_FILE", readable=False, help="去年的计划或讲话。")],
    report: Annotated[Path, typer.Argument(metavar="REPORT_FILE", readable=False, help="今年的总结或报告。")],
    city: Annotated[Path | None, typer.Option(help="城市目录；沿用其中记下的对修复的选择。")] = None,
    as_json: AsJson = False, xlsx: Workbook = None,
) -> None:
    """去年的承诺与今年的结果：逐条对照，已兑现、部分兑现、未兑现，或未见反映。"""
    named(xlsx, "--xlsx", ".xlsx")
    shelf = founded(city) if city else None
    sources = _opened([plan, report])
    promised, reported = (read_as_decided(each, before=was.decisions)
                          for each, was in zip(sources, _known(shelf, sources), strict=True))
    found = promises_between(promised, reported)
    if xlsx:
        write_promises(xlsx, promised, reported, found)
    if as_json:
        print_json(promises_as_json(promised, reported, found))
        return
    documents.promises(promised, reported, found)
    registers.files([xlsx] if xlsx else [])
