"""The only place that names an engine: in sums over declared tables, out integers and decimals with their unknown rows."""

from junheng.engines.counting import Source, Tally, rows, totals
from junheng.engines.duck import Duck

__all__ = ["Duck", "Source", "Tally", "rows", "totals"]
