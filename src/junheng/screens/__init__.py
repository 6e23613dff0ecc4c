"""What the commands print on a terminal: plain words, and always what to do next."""

from junheng.screens.changes import difference, history
from junheng.screens.explanation import explanation, spreading
from junheng.screens.registers import faults, files, imported, refused
from junheng.screens.series import over_years, parts
from junheng.screens.values import value_in_force, values_in_force
from junheng.screens.verdicts import figures, verdicts

__all__ = ["difference", "explanation", "faults", "figures", "files", "history", "imported", "over_years", "parts", "refused",
           "spreading", "value_in_force", "values_in_force", "verdicts"]
