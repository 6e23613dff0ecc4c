"""A policy before it is made: who is affected, what it opens or breaks, what it costs.

In: a snapshot and a rule in TOML: `heads_rotate`, `max_class`, `small_points`. Out: rows and sentences, no names of persons.
Nothing is decided here: each row says 建议研判.
"""

from junheng.planning.policy.assessing import assess
from junheng.planning.policy.shapes import Assessment

__all__ = ["Assessment", "assess"]
