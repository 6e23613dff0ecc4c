"""What stands in a Word file and is not in the text that is read, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from junheng.documents.opening.numbering import W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PICTURES = (f"{W}drawing", f"{W}pict")
_PAGE_NUMBER = re.compile(r"[\s\d第共页/\-—–·－]*")
_CHANGES = {"插入": (f"{W}ins", f"{W}moveTo"), "删除": (f"{W}del", f"{W}moveFrom")}
_SHOWN, _QUOTED = 4, 30  # texts, characters


def left_out(body: etree._Element, notes: Sequence[etree._Element], headers: Iterable[etree._Element]) -> Iterator[str]:
    """Headers and footers with their words; how many pictures, objects and comments; that changes were accepted."""
    if told := list(dict.fromkeys(filter(None, map(_words, headers)))):
        quoted = "、".join(f"“{each[:_QUOTED]}{'……' if each[_QUOTED:] else ''}”" for each in told[:_SHOWN])
        yield f"页眉页脚没有读：{quoted}{'等' if told[_SHOWN:] else ''}"
    if pictures := _count(each for each in body.iter(*PICTURES) if each.find(f".//{W}txbxContent") is None):
        yield f"有 {pictures} 张图片或图表，其中的文字没有读"
    if objects := _count(body.iter(f"{W}object", f"{W}altChunk")):
        yield f"有 {objects} 个嵌入的对象（如 Excel 表格），其中的内容没有读"
    if comments := _count(body.iter(f"{W}commentReference")):
        yield f"有 {comments} 条批注没有读"
    if changes := [what for what, tags in _CHANGES.items() if any(_count(part.iter(*tags)) for part in (body, *notes))]:
        yield f"文稿带有修订痕迹（{'、'.join(changes)}）：按接受全部修订读，插入的读，删去的不读"


def _count(found: Iterable[etree._Element]) -> int:
    """How many; what stands there a second time for an older Word does not count."""
    return sum(next(each.iterancestors(f"{MC}Fallback"), None) is None for each in found)


def _words(header: etree._Element) -> str:
    """What a header says, "" where that is only the number of the page."""
    text = " ".join("".join(_pieces(header)).split())
    return "" if _PAGE_NUMBER.fullmatch(text) else text


def _pieces(header: etree._Element) -> Iterator[str]:
    for each in header.iter(f"{W}p", f"{W}t", f"{W}tab"):
        if next(each.iterancestors(f"{MC}Fallback"), None) is None:
            yield (each.text or "") if each.tag == f"{W}t" else " "
