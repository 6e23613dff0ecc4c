"""Whether a plan is right: every figure and every side condition recomputed from the snapshot, by code that the solver does not
share.

In: a plan, the city folder. Out: `check(plan, city) -> Checked`, breaches with where, found, wanted, do.
"""

from junheng.planning.check.breaches import Breach, Checked, Condition
from junheng.planning.check.checking import check

__all__ = ["Breach", "Checked", "Condition", "check"]
