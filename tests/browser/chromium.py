"""The system's own Chromium opens a page, acts in it and says what it holds, over the DevTools pipe."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import struct
import subprocess
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fcntl import F_DUPFD, fcntl
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage")
DRAWING = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")  # a map is drawn without a graphics card
COMPLAINTS = {"Runtime.exceptionThrown", "Log.entryAdded", "Network.requestWillBeSent"}
SECONDS = 60.0
SETTLED = "document.readyState === 'complete'"
KEYS = {"Enter": {"windowsVirtualKeyCode": 13, "text": "\r"}, "Escape": {"windowsVirtualKeyCode": 27},
        "Tab": {"windowsVirtualKeyCode": 9}}
HERE = ("file:", "data:", "blob:", "http://127.0.0.1:")


@dataclass
class Page:
    """An open page. `complaints` holds every error of its scripts and everything it asks of a network."""

    write: int
    read: int
    session: str = ""
    asked: int = 0
    held: bytes = b""
    complaints: list[str] = field(default_factory=list)

    def value(self, script: str) -> Any:
        """What a piece of JavaScript comes to in the page."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, f"{script}: {answer['exceptionDetails']}"
        return answer["result"].get("value")

    def screenshot(self, to: Path, width: int = 1280, height: int = 900) -> Path:
        """The top of the page as it looks in a window of that size."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        time.sleep(1.0)  # charts resize in an animation
        to.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))
        return to

    def until(self, script: str) -> Any:
        """What a piece of JavaScript comes to as soon as it is true of the page."""
        end = time.monotonic() + SECONDS
        while not (found := self.value(script)):
            assert time.monotonic() < end, f"never true: {script}"
            time.sleep(0.05)
        return found

    def press(self, *keys: str) -> None:
        """Real keys, one after the other; a letter or a sign is typed, a name such as `Enter` or `Escape` is pressed."""
        for key in keys:
            given = {"key": key} | ({"text": key} if len(key) == 1 else KEYS[key])
            self.ask("Input.dispatchKeyEvent", type="keyDown", **given)
            self.ask("Input.dispatchKeyEvent", type="keyUp", key=key)

    def ask(self, method: str, **given: Any) -> dict[str, Any]:
        self.asked += 1
        question: dict[str, Any] = {"id": self.asked, "method": method, "params": given}
        if self.session:
            question["sessionId"] = self.session
        os.write(self.write, json.dumps(question).encode() + b"\0")
        return next(told["result"] for told in self._told() if told.get("id") == self.asked)

    def _told(self) -> Iterator[dict[str, Any]]:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            message, ended, rest = self.held.partition(b"\0")
            if ended:
                self.held = rest
                yield self._noted(json.loads(message))
            elif select.select([self.read], [], [], 0.2)[0]:
                self.held += os.read(self.read, 1 << 16)
        raise TimeoutError("Chromium does not answer")

    def _noted(self, told: dict[str, Any]) -> dict[str, Any]:
        if told.get("method") in COMPLAINTS:
            self.complaints += complaint(told["params"])
        return told


def complaint(told: dict[str, Any]) -> list[str]:
    """What is wrong, of an event that may say so."""
    if "exceptionDetails" in told:
        return [str(told["exceptionDetails"].get("exception", told["exceptionDetails"]).get("description"))]
    if "entry" in told:
        return [told["entry"]["text"]] if told["entry"]["level"] in ("error", "warning") else []
    url = told["request"]["url"]
    return [] if url.startswith(HERE) else [f"asks the network for {url}"]


@contextmanager
def opened(page: Path | str, *flags: str) -> Iterator[Page]:
    """The page, a file or an address of this machine, in a Chromium of its own, after its scripts have run."""
    with TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile, _piped(profile, *flags) as made:
        target = made.ask("Target.createTarget", url="about:blank")["targetId"]
        made.session = made.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            made.ask(f"{domain}.enable")
        made.ask("Page.navigate", url=page if isinstance(page, str) else page.resolve().as_uri())
        while not made.value(SETTLED):
            time.sleep(0.05)
        yield made


@contextmanager
def _piped(profile: str, *flags: str) -> Iterator[Page]:
    program = next(found for name in NAMES if (found := shutil.which(name)))
    (to_read, write), (read, to_write) = _pipe(), _pipe()
    joined = f'exec "$@" 3<&{to_read} 4>&{to_write}'  # Chromium reads from 3 and writes to 4
    command = ["bash", "-c", joined, "bash", program, *QUIET, *flags, f"--user-data-dir={profile}", "--remote-debugging-pipe"]
    chromium = subprocess.Popen(command, pass_fds=(to_read, to_write), stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)
    os.close(to_read)
    os.close(to_write)
    try:
        yield Page(write, read)
    finally:
        os.close(write)
        chromium.terminate()
        chromium.wait(SECONDS)
        os.close(read)


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are none of the numbers that Chromium wants."""
    low = os.pipe()
    ends = (fcntl(low[0], F_DUPFD, 20), fcntl(low[1], F_DUPFD, 20))
    for end in low:
        os.close(end)
    return ends


def distinct_lines(png: Path) -> int:
    """How many of a picture's lines of pixels differ; a blank picture has one or two."""
    data, packed, at = png.read_bytes(), b"", 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        packed += data[at + 8:at + 8 + size] if kind == b"IDAT" else b""
        at += 12 + size
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    line = 1 + width * {2: 3, 6: 4}[colour] * depth // 8
    pixels = zlib.decompress(packed)
    return len({pixels[row * line:(row + 1) * line] for row in range(height)})
