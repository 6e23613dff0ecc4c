"""Money and documents."""

from __future__ import annotations

import pytest
from sound_register import Drawn, faults


def test_operating_funds_without_their_pupils_are_noted() -> None:
    [fault] = faults(Drawn().change("money", 0, pupils_funded=None), "operating_funds_name_their_pupils")
    assert (fault.kind, fault.severity.name, fault.column) == ("pupils_funded_missing", "note", "pupils_funded")
    assert not faults(Drawn(), "operating_funds_name_their_pupils")


def test_other_money_needs_no_pupils() -> None:
    assert not faults(Drawn().change("money", 0, item="training", pupils_funded=None),
                      "operating_funds_name_their_pupils")


@pytest.mark.parametrize("item", ["2.1", "yz", "yz.", "yz2.1", "yz.2.1 满意度", "YZ.2.1"])
def test_a_document_on_no_item_is_found(item: str) -> None:
    [fault] = faults(Drawn().change("evidence", 0, item=item), "evidence_names_an_item")
    assert (fault.kind, fault.column) == ("evidence_item", "item")


@pytest.mark.parametrize("item", ["yz.0", "yz.2.15", "yz.V", "jb.gate"])
def test_a_document_on_an_item_of_a_standard_is_fine(item: str) -> None:
    assert not faults(Drawn().change("evidence", 0, item=item), "evidence_names_an_item")
