"""The only place that names an engine: in sums over declared tables, out integers and decimals with their unknown rows."""

from junheng.engines.counting import Source, Tally, columns_used, rows, totals
from junheng.engines.duck import Duck

__all__ = ["Duck", "Source", "Tally", "columns_used", "rows", "totals"]
