"""The only place that names an engine: in sums over declared tables, out integers and decimals with their unknown rows."""

from junheng.engines.counting import Source, Tallies, Tally, columns_used, rows, totals
from junheng.engines.duck import Duck
from junheng.engines.opening import ENGINES, open_source
from junheng.engines.spark import Spark

__all__ = ["ENGINES", "Duck", "Source", "Spark", "Tallies", "Tally", "columns_used", "open_source", "rows", "totals"]
