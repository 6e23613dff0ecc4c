"""A folder is there whole or not at all, and a file that was changed is known by its digest."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from junheng.register.holding import disk


def test_a_folder_takes_its_name_when_all_is_written(tmp_path: Path) -> None:
    def fill(draft: Path) -> str:
        disk.write_synced(draft / "a", b"1")
        assert [each.name.startswith(disk.UNFINISHED) for each in tmp_path.iterdir()] == [True]
        return "named"
    assert disk.whole_folder(tmp_path, fill) == tmp_path / "named"
    assert (tmp_path / "named" / "a").read_bytes() == b"1" and len(list(tmp_path.iterdir())) == 1


def test_of_a_folder_that_could_not_be_filled_nothing_is_left(tmp_path: Path) -> None:
    def fill(draft: Path) -> str:
        disk.write_synced(draft / "a", b"1")
        raise OSError
    with pytest.raises(OSError):
        disk.whole_folder(tmp_path, fill)
    assert list(tmp_path.iterdir()) == []


def test_a_changed_file_is_not_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    digest = sha256(b"1").hexdigest()
    assert disk.is_whole(tmp_path / "a", digest)
    (tmp_path / "a").write_bytes(b"2")
    assert not disk.is_whole(tmp_path / "a", digest)
