"""The desk as a WSGI application."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from junheng.web.starting import FIRST

DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of Linux

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
application = get_wsgi_application()


def of_a_server() -> Callable[..., Any]:
    """The application in a process of `junheng serve`, which ends when that is killed; else it would hold the port for ever.

    Behind a proxy on this machine it sees the addresses of those who ask, by which log-ins are locked, not that of the proxy.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_OF_PARENT, signal.SIGKILL)
        if os.environ.get(FIRST) != str(os.getppid()):  # killed before this line: nobody will be told
            os._exit(1)
    return wrap_wsgi_with_proxy_headers(application) if settings.HTTPS else application
