"""A desk goes into one file and comes out of it whole: `junheng backup` and `junheng restore`.

In: the city folder and the desk's rows, while server, worker and imports go on. Out: a `.tar` with a manifest of digests.
Never in it: the city's key, the desk's secret, what can be computed again.
"""

from junheng.web.keeping.archive import Manifest
from junheng.web.keeping.backup import back_up
from junheng.web.keeping.restore import restore

__all__ = ["Manifest", "back_up", "restore"]
