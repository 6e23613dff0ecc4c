"""A workbook that goes out filled from the register comes back: its pseudonyms are persons, what is typed on the desk counts."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from tiny_county import NORTH, WANG, hand_in, no_faults, school, whole_county

from junheng.kernel.faults import DataFaults
from junheng.register.holding.accept import accept
from junheng.register.holding.city import City
from junheng.register.intake import take_in
from junheng.register.template import write_template
from junheng.register.transitions import SUBMISSION, TAKEN

STRANGER = "p" + "a" * 20


def test_a_pseudonym_that_comes_back_is_the_person_it_was(city: City, tmp_path: Path) -> None:
    first = accept(whole_county(tmp_path / "first"), city, check=no_faults)
    (known,) = first.table("teachers").filter(school_id=NORTH)["teacher_id"]
    second = hand_in(tmp_path / "second", {"north.xlsx": school(NORTH, 301, [known])})
    again = accept(second, city, reason="更正", check=no_faults)
    assert again.table("teachers").filter(school_id=NORTH)["teacher_id"].to_list() == [known]


def test_a_pseudonym_of_nobody_in_the_register_is_refused(city: City, tmp_path: Path) -> None:
    accept(whole_county(tmp_path / "first"), city, check=no_faults)
    second = hand_in(tmp_path / "second", {"north.xlsx": school(NORTH, 301, [STRANGER, WANG])})
    with pytest.raises(DataFaults) as refused:
        accept(second, city, reason="更正", check=no_faults)
    assert {(each.kind, each.row) for each in refused.value.faults} == {("bad_identity", 2)}
    assert STRANGER not in str([each.sentence() for each in refused.value.faults])


def test_what_is_typed_on_the_desk_stands_over_the_cell_of_that_file_alone(tmp_path: Path) -> None:
    rows = {"school_stages": [{"school_id": NORTH, "stage": "primary", "pupils": 300, "classes": 6, "full_time_teachers": 20}]}
    file = tmp_path / "north.xlsx"
    write_template(file, rows=rows, plain=True)
    digest = sha256(file.read_bytes()).hexdigest()
    typed = {("学段", 3, "pupils"): "301", ("学段", 99, "pupils"): "7", ("学段", 3, "nothing"): "7"}
    assert take_in([file], year=2025, corrections={digest: typed}).frames["school_stages"]["pupils"].to_list() == [301]
    assert take_in([file], year=2025, corrections={"0" * 64: typed}).frames["school_stages"]["pupils"].to_list() == [300]


def test_every_state_of_a_submission_leads_to_the_register() -> None:
    ends = {TAKEN}
    while more := {before for step in SUBMISSION.steps if step.after in ends for before in step.before} - ends:
        ends |= more
    assert ends == set(SUBMISSION.states)
