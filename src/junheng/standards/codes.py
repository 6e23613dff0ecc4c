"""The room's closed lists."""

from __future__ import annotations

from junheng.kernel.codes import Code


class LocalState(Code):
    """How a local value stands that somebody entered on the desk."""

    draft = ("拟填",)
    in_force = ("已生效",)
    withdrawn = ("已撤回",)
    dropped = ("已放弃",)
