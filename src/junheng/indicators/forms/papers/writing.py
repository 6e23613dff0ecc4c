"""The papers by name, and their writing to a Word or Excel file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from junheng.indicators.forms.classes import class_table, oversize_list
from junheng.indicators.forms.layout import CAVEAT, PARTS, sheet
from junheng.indicators.forms.papers.backbone import backbone
from junheng.indicators.forms.papers.basic_2012 import basic_2012
from junheng.indicators.forms.papers.bulletin import bulletin
from junheng.indicators.forms.papers.certificates import certificates
from junheng.indicators.forms.papers.children import disabled, migrant_left_behind
from junheng.indicators.forms.papers.consistency import consistency
from junheng.indicators.forms.papers.context import FormContext
from junheng.indicators.forms.papers.monitoring import monitoring
from junheng.indicators.forms.papers.quota_places import quota_places
from junheng.indicators.forms.papers.rotation import rotation
from junheng.indicators.forms.papers.special_rooms import special_rooms
from junheng.indicators.forms.papers.training import training_hours, training_money
from junheng.indicators.forms.papers.veto import veto
from junheng.indicators.forms.resources import school_prints
from junheng.indicators.forms.spreads import basic_spread_form, spread_form
from junheng.kernel.faults import JunhengError
from junheng.paper import docx, xlsx
from junheng.paper.sheets import Column, Paper, Sheet
from junheng.paper.whole_file import write_whole

Ending = Literal["xlsx", "docx"]
INTERNAL = "内部资料"
NOTHING = ("没有应列的内容。",)
WRITERS: dict[str, Callable[[Paper], bytes]] = {".xlsx": xlsx.paper_bytes, ".docx": docx.paper_bytes}


@dataclass(frozen=True)
class Form:
    """A paper that a bureau is asked for: `reads` are the tables it is made from beside the findings."""

    zh: str
    made: Callable[[FormContext], list[Sheet]]
    reads: tuple[str, ...] = ()
    internal: bool = False


def school_resources(context: FormContext) -> list[Sheet]:
    """Form 1: every school with its seven items, primary and junior apart, each in two prints."""
    return [made for stage in PARTS for made in school_prints(context.facts, stage)]


def variation(context: FormContext) -> list[Sheet]:
    """Form 2: mean, deviation and coefficient of variation, three years; the seven of 2017 and the eight of 2012."""
    return [made for made in (spread_form(context.facts), basic_spread_form(context.facts)) if made]


def class_sizes(context: FormContext) -> list[Sheet]:
    """Two sheets: classes by band; schools over the size limit."""
    return [made for made in (class_table(context.facts), oversize_list(context.facts)) if made]


FORMS: dict[str, Form] = {
    "school_resources": Form("校级资源配置达标情况表", school_resources),
    "variation": Form("县级差异系数表", variation),
    "consistency": Form("数据一致性核对表", consistency, (
        "school_stages", "pupils", "classes", "teachers", "recognitions", "sites", "assets", "field_checks"), internal=True),
    "class_sizes": Form("班额统计表与超规模学校", class_sizes),
    "special_rooms": Form("音乐美术教室逐间表", special_rooms, ("rooms",)),
    "rotation": Form("交流轮岗名册", rotation, ("teachers", "postings", "recognitions"), internal=True),
    "backbone": Form("骨干教师名册与认定文号", backbone, ("teachers", "recognitions"), internal=True),
    "training_hours": Form("教师五年360学时名册", training_hours, ("teachers", "training"), internal=True),
    "certificates": Form("无证或学段不符教师名单", certificates, ("teachers",), internal=True),
    "migrant_left_behind": Form(
        "随迁子女和留守儿童就读情况统计表", migrant_left_behind, ("school_stages", "county_years"), internal=True),
    "disabled": Form("残疾儿童少年安置情况统计表", disabled, ("disabled_children",), internal=True),
    "quota_places": Form("优质高中名额分配到校表", quota_places, ("quota_places", "school_stages")),
    "training_money": Form("教师培训经费占比表", training_money, ("money",)),
    "veto": Form("一票否决事项自查表", veto, ("evidence",), internal=True),
    "monitoring": Form("认定后年度监测表", monitoring),
    "bulletin": Form("测算情况通报", bulletin, internal=True),
    "basic_2012": Form("基本均衡（2012）表Ⅰ—Ⅶ", basic_2012, (
        "school_stages", "sites", "assets", "places", "population", "county_years")),
}


def known_form(name: str) -> str:
    """The name of a form. Errors: `JunhengError` when there is none of that name, with those there are."""
    if name not in FORMS:
        raise JunhengError(f"--form {name}：没有这种报表；可用：{'、'.join(FORMS)}，或 all（全部） -> 改正后重试")
    return name


def new_paper(file: Path) -> Path:
    """A file that can be written as a paper. Errors: `JunhengError` when it is there already or of another kind."""
    if file.suffix.lower() not in WRITERS:
        raise JunhengError(f"--out {file}：应为 .xlsx 或 .docx 文件 -> 改正文件名后重试")
    if file.exists():
        raise JunhengError(f"{file}：文件已存在，不覆盖 -> 换一个文件名")
    return file


def new_folder(folder: Path, ending: Ending) -> Path:
    """A folder in which every paper can be written. Errors: `JunhengError` when it is a file, or one of the papers is there."""
    if folder.suffix.lower() in WRITERS or folder.is_file():
        raise JunhengError(f"--out {folder}：全部报表应写到文件夹 -> 换一个文件夹名")
    if there := [file for name in FORMS if (file := _file(folder, name, ending)).exists()]:
        raise JunhengError(f"{there[0]}：文件已存在，不覆盖 -> 换一个文件夹")
    return folder


def _file(folder: Path, name: str, ending: Ending) -> Path:
    return folder / f"{FORMS[name].zh}.{ending}"


def paper(name: str, context: FormContext) -> Paper:
    """The paper of that name for one county; one that nothing can be listed on says so."""
    form = FORMS[known_form(name)]
    made = form.made(context) or [sheet(context.facts, form.zh, f"{context.facts.name}{form.zh}", (Column(("说明",)),), [])]
    sheets = tuple(each if each.rows or each.text else replace(each, text=NOTHING) for each in made)
    return Paper(f"{context.facts.name}{form.zh}", sheets, CAVEAT, INTERNAL if form.internal else "")


def write_form(name: str, context: FormContext, file: Path) -> None:
    """Write the paper `name` of one county to `file`, Word or Excel by its ending, whole or not at all.

    Errors: `JunhengError` for a name or an ending that is not known, a file that is there.
    """
    made = paper(name, context)
    write_whole(file, WRITERS[new_paper(file).suffix.lower()](made))


def write_all(context: FormContext, folder: Path, ending: Ending) -> list[Path]:
    """Write every paper of one county to `folder`, each under its Chinese name; all are made before the first is written.

    Errors: `JunhengError` as of `new_folder`, and when the disk refuses.
    """
    new_folder(folder, ending)
    made = {_file(folder, name, ending): WRITERS[f".{ending}"](paper(name, context)) for name in FORMS}
    for file, content in made.items():
        write_whole(file, content)
    return list(made)
