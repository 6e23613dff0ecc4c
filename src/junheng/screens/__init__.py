"""What the commands print on a terminal: plain words, and always what to do next."""

from junheng.screens.analyses import assessment, certain, curve, difference_of_plans, price_swings, rule_costs
from junheng.screens.changes import difference, history
from junheng.screens.documents import document, kept, next_step, promises
from junheng.screens.explanation import explanation, spreading
from junheng.screens.plans import plan
from junheng.screens.registers import faults, files, imported, refused
from junheng.screens.series import over_years, parts
from junheng.screens.values import value_in_force, values_in_force
from junheng.screens.verdicts import figures, verdicts

__all__ = ["assessment", "certain", "curve", "difference", "difference_of_plans", "document", "explanation", "faults",
           "figures", "files", "history", "imported", "kept", "next_step", "over_years", "parts", "plan", "price_swings",
           "promises", "refused", "rule_costs", "spreading", "value_in_force", "values_in_force", "verdicts"]
