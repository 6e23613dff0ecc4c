from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from tiny_county import LI

from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding.city import City
from junheng.register.holding.inbox import drop_expired, keep, read_original
from junheng.register.holding.keys import Key
from junheng.register.submission import HandedIn

CONTENT = f"身份证号,姓名\n{LI},甲\n".encode()
TODAY = date(2025, 10, 8)
FIVE_YEARS = timedelta(days=1826)


@pytest.fixture
def key(city: City) -> Key:
    with city.locked():
        city.found()
    return city.key()


def handed(tmp_path: Path, content: bytes = CONTENT, *, identities: bool) -> HandedIn:
    path = tmp_path / "staff.csv"
    path.write_bytes(content)
    return HandedIn(path, "staff.csv", sha256(content).hexdigest(), identities)


def test_a_file_without_identities_is_kept_byte_for_byte(city: City, key: Key, tmp_path: Path) -> None:
    file = handed(tmp_path, b"\0\xff plain", identities=False)
    keep(city, [file], key, TODAY)
    assert (city.inbox / file.sha256).read_bytes() == b"\0\xff plain"


def test_a_file_with_identities_shows_nothing_of_them_and_opens_with_the_key(
        city: City, key: Key, tmp_path: Path) -> None:
    file = handed(tmp_path, identities=True)
    keep(city, [file], key, TODAY)
    sealed = (city.inbox / file.sha256).read_bytes()
    assert LI.encode() not in sealed and "甲".encode() not in sealed
    assert read_original(city, file.sha256, key) == CONTENT


def test_an_empty_file_with_identities_opens_too(city: City, key: Key, tmp_path: Path) -> None:
    file = handed(tmp_path, b"", identities=True)
    keep(city, [file], key, TODAY)
    assert read_original(city, file.sha256, key) == b""


def test_the_same_file_again_is_kept_once_and_left_alone(city: City, key: Key, tmp_path: Path) -> None:
    file = handed(tmp_path, identities=True)
    keep(city, [file, file], key, TODAY)
    before = (city.inbox / file.sha256).read_bytes()
    keep(city, [file], key, TODAY + timedelta(days=90))
    assert [path.read_bytes() for path in city.inbox.iterdir()] == [before]


def test_a_file_first_taken_for_harmless_is_sealed_later(city: City, key: Key, tmp_path: Path) -> None:
    keep(city, [handed(tmp_path, identities=False)], key, TODAY)
    file = handed(tmp_path, identities=True)
    keep(city, [file], key, TODAY)
    assert LI.encode() not in (city.inbox / file.sha256).read_bytes()
    assert read_original(city, file.sha256, key) == CONTENT


@pytest.mark.parametrize("place", [0, 20, 40, -1])
def test_a_sealed_file_that_was_changed_is_not_given_back(
        city: City, key: Key, tmp_path: Path, place: int) -> None:
    file = handed(tmp_path, identities=True)
    keep(city, [file], key, TODAY)
    kept = bytearray((city.inbox / file.sha256).read_bytes())
    kept[place] ^= 1
    (city.inbox / file.sha256).write_bytes(kept)
    with pytest.raises(JunhengError, match="已损坏") as caught:
        read_original(city, file.sha256, key)
    assert caught.value.code is Exit.storage


def test_a_plain_file_that_was_changed_is_not_given_back(city: City, key: Key, tmp_path: Path) -> None:
    file = handed(tmp_path, identities=False)
    keep(city, [file], key, TODAY)
    (city.inbox / file.sha256).write_bytes(CONTENT + b" ")
    with pytest.raises(JunhengError, match="已损坏"):
        read_original(city, file.sha256, key)


def test_a_sealed_file_under_another_files_name_is_not_given_back(
        city: City, key: Key, tmp_path: Path) -> None:
    one, other = handed(tmp_path, b"one", identities=True), "0" * 64
    keep(city, [one], key, TODAY)
    (city.inbox / one.sha256).rename(city.inbox / other)
    with pytest.raises(JunhengError, match="已损坏"):
        read_original(city, other, key)


def test_another_key_opens_nothing(city: City, key: Key, tmp_path: Path) -> None:
    file = handed(tmp_path, identities=True)
    keep(city, [file], key, TODAY)
    with pytest.raises(JunhengError, match="密钥不符"):
        read_original(city, file.sha256, Key(bytes(32)))


def test_an_original_that_is_not_there_is_said_in_words(city: City, key: Key) -> None:
    with pytest.raises(JunhengError, match="原件不在"):
        read_original(city, "0" * 64, key)


def test_a_file_changed_after_it_was_read_is_refused_and_nothing_is_kept(
        city: City, key: Key, tmp_path: Path) -> None:
    first, second = handed(tmp_path, b"first", identities=False), handed(tmp_path, b"second", identities=True)
    with pytest.raises(JunhengError, match="途中被改动") as caught:
        keep(city, [second, first], key, TODAY)
    assert caught.value.code is Exit.faults
    assert list(city.inbox.iterdir()) == []


def test_a_sealed_file_is_kept_through_its_last_day_and_not_longer(
        city: City, key: Key, tmp_path: Path) -> None:
    file = handed(tmp_path, identities=True)
    keep(city, [file], key, TODAY)
    assert drop_expired(city, TODAY + FIVE_YEARS) == []
    assert drop_expired(city, TODAY + FIVE_YEARS + timedelta(days=1)) == [file.sha256]
    assert list(city.inbox.iterdir()) == []


def test_a_file_without_identities_has_no_last_day(city: City, key: Key, tmp_path: Path) -> None:
    keep(city, [handed(tmp_path, identities=False)], key, TODAY)
    assert drop_expired(city, date.max) == []


def test_the_city_says_how_many_days_a_sealed_file_is_kept(city: City, key: Key, tmp_path: Path) -> None:
    card = json.loads((city.path / "city.json").read_text()) | {"retention_days": 10}
    (city.path / "city.json").write_text(json.dumps(card))
    keep(city, [handed(tmp_path, identities=True)], key, TODAY)
    assert drop_expired(city, TODAY + timedelta(days=10)) == []
    assert len(drop_expired(city, TODAY + timedelta(days=11))) == 1


def test_a_lengthened_last_day_breaks_the_seal(city: City, key: Key, tmp_path: Path) -> None:
    file = handed(tmp_path, identities=True)
    keep(city, [file], key, TODAY)
    kept = city.inbox / file.sha256
    kept.write_bytes(kept.read_bytes().replace(b"2030-", b"2060-"))
    with pytest.raises(JunhengError, match="已损坏"):
        read_original(city, file.sha256, key)


def test_an_inbox_that_is_not_there_holds_nothing_expired(city: City, key: Key) -> None:
    assert drop_expired(city, date.max) == []
