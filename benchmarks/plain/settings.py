"""The desk's own settings, with the hand-written views beside its pages: one server, one process, the same middleware."""

from pathlib import Path

from junheng.web.settings import *  # noqa: F403
from junheng.web.settings import TEMPLATES

ROOT_URLCONF = "benchmarks.plain.urls"
TEMPLATES[0] |= {"DIRS": [Path(__file__).parent / "templates"]}
