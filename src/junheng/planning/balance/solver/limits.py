"""When the search for a plan ends. One clock runs for all that is tried for a county."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from junheng.engines.highs import Stop
from junheng.planning.codes import Status


def gap(cost: Fraction | float, bound: float) -> float:
    """The share of its cost by which a plan may be dearer than the cheapest, which costs no less than the bound."""
    return max(0.0, (float(cost) - bound) / float(cost)) if cost else 0.0


@dataclass(frozen=True)
class Limits:
    """A relative gap; rounds of cuts, and iterations of the simplex method in them; seconds `since` the start; a wish."""

    gap: float = 1e-3
    rounds: int = 12
    work: int = 200_000
    seconds: float | None = None
    wished: Callable[[], bool] = field(default=lambda: False)
    since: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float | None:
        """Seconds left, None for any number."""
        return None if self.seconds is None else max(0.0, self.seconds - (time.monotonic() - self.since))

    @property
    def is_over(self) -> bool:
        return self.wished() or self.left == 0.0

    def stop(self, gap: float | None = None, nodes: int = 1_000_000) -> Stop:
        """How one run of the solver ends within what is left."""
        return Stop(self.gap if gap is None else gap, nodes, self.left, self.wished)

    def cut_off(self) -> Status:
        """Why a run ended before its gap was reached."""
        return Status.cancelled if self.wished() else Status.time_limit if self.is_over else Status.work_limit

    def share(self, parts: int) -> Limits:
        """The part of what is left that falls to one of so many."""
        return self if self.left is None else replace(self, seconds=self.left / parts, since=time.monotonic())
