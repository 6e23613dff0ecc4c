"""Bytes of a text file in, its text out, whatever encoding it is in; and whether that text can be read at all."""

from __future__ import annotations

from junheng.documents.codes import Unreadable
from junheng.documents.opening.refusing import Refusal, not_a_document
from junheng.register.intake.flat_files import decoded
from junheng.register.intake.sheets import Refused
from junheng.register.kinds import Kind

_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_LONGEST_CHARACTER = 4  # bytes
_SAMPLE = 20_000  # characters looked at
_FEWEST = 20
_COMMON = 0.4  # of the Chinese characters of real prose more than nine tenths are of the 3,755 common ones
_LOST = 0.005
_TRACES = ("锟斤拷", "烫烫烫", "屯屯屯")


def read_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text with the notes on it."""
    text, notes = _decoded(data)
    if "\0" in text:
        raise not_a_document("文件里是二进制内容，不是文字")
    return text, notes


def refuse_mojibake(text: str) -> None:
    """Raise where what was decoded is no language: saved once in a wrong encoding, it cannot be told what it said."""
    sample = text[:_SAMPLE]
    if _is_mojibake(sample):
        raise Refusal(Unreadable.mojibake, f"文字是乱码，开头是“{' '.join(sample.split())[:12]}”", "能看懂的中文文稿",
                      "找原来的文件，用 Word、WPS 或记事本打开，确认文字正常后另存为 .docx 或 UTF-8 的 .txt 重交")


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    encoding = _UTF16.get(data[:2])
    if encoding:
        text = data[2:].decode(encoding, "replace")
        return text, ()
    try:
        return decoded(data), ()
    except Refused as refused:
        if refused.kind is not Kind.mixed_encoding and (cut := _without_half_a_character(data)):
            return cut, ("文件末尾缺半个字，已略去",)
        raise Refusal(Unreadable.mixed_encoding, refused.found, "全文一种编码（UTF-8 或 GB18030）的文字",
                      "用记事本打开，核对该处，另存为 UTF-8 文本后重交") from refused


def _without_half_a_character(data: bytes) -> str:
    """The text of a file that was cut by its length in bytes, "" where it was not."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start > len(data) - _LONGEST_CHARACTER:
                return data[:error.start].decode(encoding)
    return ""


def _is_mojibake(sample: str) -> bool:
    if any(trace in sample for trace in _TRACES) or sample.count("\ufffd") > max(2, _LOST * len(sample)):
        return True
    chinese = [character for character in sample if "\u4e00" <= character <= "\u9fff"]
    if len(chinese) >= _FEWEST:
        return sum(map(_is_common, chinese)) < _COMMON * len(chinese)
    western = sum("\x80" <= character <= "\u017f" or character in "‚„†‡ˆ‰‹›œŒžŸ˜™" for character in sample)
    return western >= _FEWEST and 3 * western > len(sample.replace(" ", ""))


def _is_common(character: str) -> bool:
    """Of the first level of GB 2312."""
    code = character.encode("gb18030")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1
