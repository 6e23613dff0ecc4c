"""整改台账 (FORMS 5) and 一校一策: a plan's measures as the problems they mend, one a school and item."""

from junheng.planning.forms.ledger.form5 import TITLE, ledger
from junheng.planning.forms.ledger.school_papers import school_papers

__all__ = ["TITLE", "ledger", "school_papers"]
