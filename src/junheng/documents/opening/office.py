"""Old Word and WPS files: turned into .docx by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from junheng.documents.codes import Unreadable
from junheng.documents.opening.refusing import Refusal, damaged

_PROGRAMS = ("soffice", "libreoffice")
_LIMIT_SECONDS = 120


def converted(data: bytes, suffix: str) -> bytes:
    """The file as .docx."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Refusal(Unreadable.no_converter, f"{suffix} 是旧格式，本机没有 LibreOffice 可以转换", ".docx 文稿",
                      "用 Word 或 WPS 打开，另存为 .docx 后重交；或请管理员安装 LibreOffice")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        _run([program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore",
              "--convert-to", "docx", "--outdir", str(Path(folder, "out")), str(source)])
        made = Path(folder, "out", "document.docx")
        if not made.is_file():
            raise damaged("旧格式的文稿转换不了（文件损坏，或加了密码）")
        return made.read_bytes()


def _run(command: list[str]) -> None:
    """Let it run to its end or to the limit; it starts a child of its own, so its whole group ends with it."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                          start_new_session=True) as process:
        try:
            process.wait(_LIMIT_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise damaged(f"旧格式的文稿 {_LIMIT_SECONDS} 秒还没有转换完") from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
