"""What became of schools over the years: events in, trees of any day and a year's register in a later year's tree out."""

from junheng.register.lineage.history import History, history
from junheng.register.lineage.restating import Restated, lineage_of, restate, restated_id
from junheng.register.lineage.tree import Lineage, Restatement, Succession

__all__ = ["History", "Lineage", "Restated", "Restatement", "Succession", "history", "lineage_of",
           "restate", "restated_id"]
