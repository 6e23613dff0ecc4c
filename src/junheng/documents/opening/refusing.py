"""What a document is refused for, in words that say what to do."""

from __future__ import annotations

from junheng.documents.codes import Unreadable
from junheng.kernel.codes import Severity
from junheng.kernel.faults import DataFaults, Fault

READABLE = ".docx、.doc、.wps、.pdf、.txt、.md 或 .html 文稿"
TABLE = "这是电子表格，不是文稿（表格用 import 导入）"
SLIDES = "这是演示文稿，不是文稿"


class Refusal(Exception):
    """Which fault it is, what was found, what was wanted, and what to do."""

    def __init__(self, kind: Unreadable, found: str, wanted: str, do: str) -> None:
        super().__init__(found)
        self.kind, self.found, self.wanted, self.do = kind, found, wanted, do

    def of(self, file: str) -> DataFaults:
        """The fault of this file, as the command line and the pages show it."""
        fault = Fault(file, "", 0, "", self.found, self.wanted, self.do, self.kind.name, Severity.error)
        return DataFaults([fault], fault.sentence())


def damaged(how: str) -> Refusal:
    return Refusal(Unreadable.damaged, how, "能正常打开的文稿", "用 Word 或 WPS 打开，另存为 .docx 后重交")


def encrypted() -> Refusal:
    return Refusal(Unreadable.encrypted, "文件加了打开密码", "没有密码的文稿", "打开文件，取消密码后保存，再交一次")


def too_large(found: str, wanted: str) -> Refusal:
    return Refusal(Unreadable.too_large, found, wanted, "删去图片和附件，或分成几个文件后重交")


def not_a_document(found: str) -> Refusal:
    return Refusal(Unreadable.not_a_document, found, READABLE, "核对交来的文件，换成文稿本身后重交")


def empty() -> Refusal:
    return Refusal(Unreadable.empty_file, "文件里没有文字", "有文字内容的文稿", "核对交来的文件，补交正确的一份")


def scanned(found: str) -> Refusal:
    return Refusal(Unreadable.scanned, found, "有文字层的 PDF，或 Word 文稿",
                   "找文稿的 Word 原件；没有原件的，先用文字识别软件转成 .docx，校对后再交")
