"""Coverage-guided fuzzing of the reading of documents: whatever bytes a file holds, it is read or refused in words.

Run: `make fuzz` (needs the extra `fuzz`: Linux, Python 3.11 to 3.13), or `python benchmarks/fuzz_documents.py SECONDS`.
Seeds are made here: a speech as text in three encodings, as a page and as a Word file. It ends with the input that broke it,
or with the number of inputs.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent))
with atheris.instrument_imports(include=["junheng.documents"]):
    from junheng.documents.as_json import as_json
    from junheng.documents.opening import open_document
    from junheng.documents.reading import read
from docx import Document

from junheng.kernel.faults import JunhengError

SPEECH = """在全县教育工作会议上的讲话
一、20xx年工作回顾
去年，全县义务教育在校生12000人，比上年增加500人，增长4.35%；其中小学8000人、初中4000人。
昨天是第29个教师节。建成覆盖县、乡（镇）、村的四级教研网络，新建校舍00平方米，投入1.29亿元。
二、今年工作安排
（一）抓好“五个优先”。到今年年底，巩固率达到96%以上，由县教育局牵头，县财政局配合，4月底前拨付经费300万元。
一是完成3-5所学校建设；二是职普比达到4:6。
"""
ENDINGS = (".txt", ".docx", ".html", ".pdf", ".md", ".rtf")  # the first byte of an input chooses one


def seeds(folder: Path) -> None:
    """An input of each kind, so that the fuzzer need not find the shape of a zip by itself."""
    word = io.BytesIO()
    document = Document()
    for line in SPEECH.splitlines():
        document.add_paragraph(line)
    document.save(word)
    page = f"<html><meta charset=utf-8><body><p>{SPEECH}</p><table><tr><td>学校<td>12</table>".encode()
    made = [(0, SPEECH.encode()), (0, SPEECH.encode("gb18030")), (0, SPEECH.encode("utf-16")), (1, word.getvalue()), (2, page),
            (3, b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>")]
    for number, (kind, content) in enumerate(made):
        (folder / str(number)).write_bytes(bytes([kind]) + content)


def read_bytes(data: bytes) -> None:
    """One input; anything but a refusal in words is a find."""
    if not data:
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"试{ENDINGS[data[0] % len(ENDINGS)]}"
        path.write_bytes(data[1:])
        try:
            reading = read(open_document(path))
        except JunhengError:
            return
    length = len(reading.source.text)
    for each in (*reading.figures, *reading.blanks, *reading.goals, *reading.tasks):
        start, end = reading.text.raw_span((each.start, each.end))
        assert 0 <= start <= end <= length
    as_json(reading)


def main(seconds: str) -> None:
    corpus = TemporaryDirectory()
    seeds(Path(corpus.name))
    limits = [f"-max_total_time={seconds}", "-max_len=20000", "-timeout=20", "-rss_limit_mb=2048"]
    atheris.Setup([sys.argv[0], corpus.name, *limits], read_bytes)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "300")
