"""Files as they come in, a `Submission` out: read safely, recognised, typed, stacked, every fault at its place."""

from junheng.register.intake.folders import find_inputs, guess_year, years_of
from junheng.register.intake.mapping import load_mapping
from junheng.register.intake.submitting import take_in

__all__ = ["find_inputs", "guess_year", "load_mapping", "take_in", "years_of"]
