"""Loaded before Django's settings: the desk of the tests works on a folder of its own, and its city has a key of its own."""

from __future__ import annotations

import atexit
import os
import shutil
from tempfile import mkdtemp

FOLDER = mkdtemp(prefix="junheng-desk-")
os.environ["JUNHENG_CITY"] = f"{FOLDER}/city"
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
