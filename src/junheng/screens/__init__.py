"""What the commands print on a terminal: plain words, and always what to do next."""

from junheng.screens import analyses, plans, values
from junheng.screens.changes import difference, history
from junheng.screens.documents import document, kept, next_step, promises
from junheng.screens.explanation import explanation, spreading
from junheng.screens.registers import faults, files, imported, refused
from junheng.screens.series import over_years, parts
from junheng.screens.verdicts import figures, verdicts

__all__ = ["analyses", "difference", "document", "explanation", "faults", "figures", "files", "history", "imported", "kept",
           "next_step", "over_years", "parts", "plans", "promises", "refused", "spreading", "values", "verdicts"]
