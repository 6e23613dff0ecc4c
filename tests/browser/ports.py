"""A port of this machine for a server of a test, and the wait until it answers there."""

from __future__ import annotations

import socket
import time

SECONDS = 300  # a machine may be busy with much else


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def listening(port: int) -> None:
    until = time.monotonic() + SECONDS
    while _closed(port):
        assert time.monotonic() < until, f"nothing is served at port {port}"
        time.sleep(0.1)


def _closed(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0
