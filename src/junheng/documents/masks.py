"""Signs that stand for a hidden digit, and dates behind the number of a list: outline and figures read both alike."""

from __future__ import annotations

MASKS = "xXｘＸ×*＊○◯"
_YEAR = f"(?:19|20)(?:[0-9][0-9{MASKS}]|[{MASKS}]{{2}})"
# behind the 1. of a list these are no decimals: 1.2025年, 1.20xx年, 2.3月底前
DATED = f"(?:{_YEAR}(?:年|[-—–~～至][0-9{MASKS}]{{4}}|学年)|(?:1[0-2]|0?[1-9])月(?!度))"
