from __future__ import annotations

import hmac
import re
from base64 import b32encode
from time import process_time

import polars as pl
from tiny_county import LI, NORTH, SOUTH, WANG, frame

from junheng.register.holding.keys import Key
from junheng.register.holding.pseudonyms import pseudonymise

KEY = Key(bytes(range(32)))


def staff(*persons: str | None) -> pl.DataFrame:
    return frame("teachers", [{"school_id": NORTH, "teacher_id": person} for person in persons])


def names(frames: dict[str, pl.DataFrame], table: str = "teachers", key: Key = KEY) -> list[str | None]:
    return pseudonymise(frames, key)[table]["teacher_id"].to_list()


def test_a_person_has_one_pseudonym_in_every_table() -> None:
    hours = frame("training", [{"school_id": SOUTH, "teacher_id": LI}])
    hidden = pseudonymise({"teachers": staff(WANG, LI), "training": hours}, KEY)
    assert hidden["training"]["teacher_id"][0] == hidden["teachers"]["teacher_id"][1]


def test_a_person_has_the_same_pseudonym_in_the_next_import() -> None:
    assert names({"teachers": staff(LI)}) == names({"teachers": staff(WANG, LI)})[1:]


def test_two_persons_have_two_pseudonyms() -> None:
    assert len(set(names({"teachers": staff(LI, WANG)}))) == 2


def test_a_pseudonym_is_p_and_twenty_letters_of_base_32() -> None:
    assert all(re.fullmatch("p[a-z2-7]{20}", name) for name in names({"teachers": staff(LI, WANG)}) if name)


def test_a_pseudonym_is_the_hmac_under_a_subkey_and_not_under_the_key() -> None:
    """Worked out again with the standard library: HKDF (RFC 5869), then HMAC."""
    extracted = hmac.digest(bytes(32), KEY.secret, "sha256")
    subkey = hmac.digest(extracted, b"junheng pseudonyms\x01", "sha256")
    digest = hmac.digest(subkey, LI.encode(), "sha256")
    assert names({"teachers": staff(LI)}) == ["p" + b32encode(digest).decode().lower()[:20]]


def test_another_key_gives_other_pseudonyms() -> None:
    frames = {"teachers": staff(LI)}
    assert names(frames) != names(frames, key=Key(bytes(32)))


def test_a_small_x_and_a_full_width_digit_do_not_make_another_person() -> None:
    first, small, wide = names({"teachers": staff(WANG, WANG.lower(), "\uff13" + WANG[1:])})
    assert first == small == wide


def test_a_missing_identity_stays_missing() -> None:
    assert names({"teachers": staff(None, LI)})[0] is None
    assert names({"teachers": staff(None)}) == [None]


def test_everything_but_the_identity_is_as_it_was() -> None:
    before = staff(LI, WANG)
    after = pseudonymise({"teachers": before}, KEY)["teachers"]
    assert after.drop("teacher_id").equals(before.drop("teacher_id"))
    assert after.schema == before.schema


def test_what_is_told_of_a_child_is_as_it_was() -> None:
    child = {"school_id": NORTH, "pupil_id": LI, "birth_year": 2015, "birth_month": 3, "disability": "hearing", "migrant": True}
    before = frame("pupils", [child])
    after = pseudonymise({"pupils": before}, KEY)["pupils"]
    assert after.drop("pupil_id").equals(before.drop("pupil_id")) and after["pupil_id"][0] != LI


def test_a_table_without_persons_is_left_alone() -> None:
    stages = frame("school_stages", [{"school_id": NORTH, "stage": "primary", "pupils": 9}])
    assert pseudonymise({"school_stages": stages}, KEY)["school_stages"].equals(stages)


def test_the_key_is_not_printed() -> None:
    assert KEY.secret.hex() not in repr(KEY) and str(KEY.secret) not in repr(KEY)


def test_twenty_thousand_persons_with_five_years_of_training_take_well_under_a_second() -> None:
    persons = [f"3799011980{number:08d}" for number in range(20_000)]
    teachers = pl.DataFrame({"teacher_id": persons})
    frames = {"teachers": teachers, "training": pl.concat([teachers] * 5)}
    started = process_time()
    hidden = pseudonymise(frames, KEY)
    assert process_time() - started < 1
    assert hidden["training"]["teacher_id"].n_unique() == 20_000
