"""The papers: `forms`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.options import CityFolder
from junheng.indicators.forms.papers import FORMS, form_context, known_form, new_folder, new_paper, write_all, write_form
from junheng.indicators.forms.papers.writing import Ending
from junheng.kernel.faults import JunhengError
from junheng.paper.screen import progress, say

ALL = "all"


def forms(
    city: CityFolder, county: Annotated[str, typer.Option(help="县区代码，如 990101。")],
    form: Annotated[str, typer.Option(help=f"报表名称：{'、'.join(FORMS)}；或 {ALL}，即全部。")],
    out: Annotated[Path, typer.Option(help="要写的 .xlsx 或 .docx 文件；全部报表则为文件夹。")],
    as_: Annotated[Ending | None, typer.Option("--as", help="全部报表写成 Excel 还是 Word；缺省为 xlsx。")] = None,
    year: Annotated[int | None, typer.Option(help="学年；缺省为最近一年。")] = None,
) -> None:
    """按惯用格式打印一份或全部报表，Word 或 Excel。"""
    if form == ALL:
        _all(city, county, out, as_ or "xlsx", year)
        return
    if as_:
        raise JunhengError(f"--as 只用于 --form {ALL}；一份报表看 --out 的结尾 -> 去掉 --as，文件名以 .xlsx 或 .docx 结尾")
    known_form(form)
    new_paper(out)
    with progress() as on_progress:
        write_form(form, form_context(city, county, year, on_progress), out)
    say(f"已写出 {out}（{FORMS[form].zh}） -> 打印前核对；本表依据现有数据测算")


def _all(city: Path, county: str, out: Path, ending: Ending, year: int | None) -> None:
    new_folder(out, ending)
    with progress() as on_progress:
        written = write_all(form_context(city, county, year, on_progress), out, ending)
    say("已写出：\n" + "\n".join(f"  {path}" for path in written))
    say(f"共 {len(written)} 份报表 -> 打印前核对；各表依据现有数据测算")
