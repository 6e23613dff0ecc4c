"""Opens the zip container of a workbook: inflated under limits, and packed again so that a reader need not inflate.

What is read later is only what was measured here, so a container that lies about itself gains nothing by it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from junheng.register.intake.sheets import Refused
from junheng.register.kinds import Kind

MOST_ENTRIES = 2_000
MOST_INFLATED = 400_000_000
MOST_RATIO = 150  # a sheet shrinks 10 to 40 times; deflate can do 1,000
RATIO_FREE = 20_000_000  # a bomb below this harms nobody

_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_NAMES = struct.Struct("<26x2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_MOST_COMMENT = 0xFFFF
_LONG_FORM = 0xFFFFFFFF  # the true size stands elsewhere: a container of more than 4 GB
_ENCRYPTED = 1
_STORED, _DEFLATED = 0, 8
_DAY = 33  # 1980-01-01, the first day a zip can name


class Entry(NamedTuple):
    """What the container's directory says of one file in it."""

    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int


class Part(NamedTuple):
    """One file of the container, inflated."""

    content: bytes
    checksum: int


def entries(data: bytes) -> list[Entry]:
    """What the container says it holds, once that is within all limits."""
    try:
        listed = list(_directory(data))
    except struct.error as error:
        raise damaged("压缩结构损坏") from error
    if any(entry.flags & _ENCRYPTED for entry in listed):
        raise locked()
    _within_limits(sum(entry.size for entry in listed), len(data))
    return listed


def inflate(data: bytes, wanted: Iterable[Entry]) -> dict[str, Part]:
    """The parts `wanted`, each inflated no further than its declared size."""
    whole = memoryview(data)
    return {entry.name: Part(_content(whole, entry), entry.checksum) for entry in wanted}


def pack(parts: Mapping[str, Part]) -> bytes:
    """The parts as a container without compression."""
    pieces: list[bytes] = []
    index: list[bytes] = []
    position = 0
    for name, part in parts.items():
        title, size = name.encode(), len(part.content)
        common = (part.checksum, size, size, len(title), 0)
        pieces += (_LOCAL.pack(b"PK\3\4", 20, 0x800, 0, 0, _DAY, *common), title, part.content)
        index += (_CENTRAL.pack(b"PK\1\2", 20, 20, 0x800, 0, 0, _DAY, *common, 0, 0, 0, 0, position), title)
        position += _LOCAL.size + len(title) + size
    listing = b"".join(index)
    count = len(parts)
    return b"".join([*pieces, listing, _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), position, 0)])


def damaged(how: str) -> Refused:
    return Refused(Kind.not_a_workbook, how, "能用 Excel 或 WPS 正常打开的 .xlsx、.xls、.csv 或 .parquet",
                   "用 Excel 或 WPS 打开，另存为 .xlsx 后重交")


def locked() -> Refused:
    return Refused(Kind.encrypted, "文件加了打开密码", "没有密码的文件", "在 Excel 或 WPS 中取消密码，保存后重交")


def bomb(found: str) -> Refused:
    return Refused(Kind.zip_bomb, found, f"展开后不超过 {MOST_INFLATED // 1_000_000} MB、压缩比不超过 {MOST_RATIO} 倍的文件",
                   "不要使用来历不明的文件；重新从原表另存为 .xlsx 后重交")


def _within_limits(inflated: int, packed: int) -> None:
    if inflated > MOST_INFLATED or (inflated > RATIO_FREE and inflated > MOST_RATIO * packed):
        raise bomb(f"{packed / 1e3:,.0f} KB 的文件展开后有 {inflated / 1e6:,.0f} MB")


def _directory(data: bytes) -> Iterator[Entry]:
    """The central directory, at the end of the container."""
    end = data.rfind(b"PK\5\6", -_MOST_COMMENT - _END.size)
    if end < 0:
        raise damaged("压缩结构不完整")
    _, _, _, _, count, _, position, _ = _END.unpack_from(data, end)
    if position == _LONG_FORM:
        raise damaged("压缩包用了 4 GB 以上的格式")
    if count > MOST_ENTRIES:
        raise bomb(f"压缩包内有 {count} 个文件")
    for _ in range(count):
        mark, _, _, flags, method, _, _, checksum, packed, inflated, name, extra, comment, _, _, _, offset = (
            _CENTRAL.unpack_from(data, position))
        start = position + _CENTRAL.size
        if mark != b"PK\1\2" or _LONG_FORM in (packed, inflated, offset):
            raise damaged("压缩目录损坏")
        yield Entry(data[start:start + name].decode("utf-8", "replace"), flags, method, checksum, packed, inflated, offset)
        position = start + name + extra + comment


def _content(whole: memoryview, entry: Entry) -> bytes:
    try:
        names = _LOCAL_NAMES.unpack_from(whole, entry.offset)
    except struct.error as error:
        raise damaged("压缩结构损坏") from error
    start = entry.offset + _LOCAL.size + sum(names)
    packed = whole[start:start + entry.packed]
    if entry.method == _DEFLATED:
        content = _inflated(packed, entry.size)
    elif entry.method == _STORED:
        content = bytes(packed)
    else:
        raise damaged("使用了不支持的压缩方法")
    if len(content) > entry.size:
        raise bomb("压缩包谎报了展开后的大小")
    if len(content) < entry.size:
        raise damaged("文件内容不完整")
    return content


def _inflated(packed: memoryview, size: int) -> bytes:
    """One byte more than was declared is enough to catch a lie."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
    except zlib.error as error:
        raise damaged("压缩内容损坏") from error
