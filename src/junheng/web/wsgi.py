"""The desk as a WSGI application."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of Linux

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
application = get_wsgi_application()


def of_a_server() -> WSGIHandler:
    """The application in a process of `junheng serve`, which ends when that is killed; else it would hold the port for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_OF_PARENT, signal.SIGKILL)
    return application
