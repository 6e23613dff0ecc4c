"""A plan is kept once; one that was changed where it stands is not taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from junheng.kernel.faults import Exit, JunhengError
from junheng.planning.keeping import PLAN, RUN, as_bytes, keep
from tests.unit.planning.made_plan import plan


def test_an_equal_plan_is_held_once_and_untouched(tmp_path: Path) -> None:
    first = keep(tmp_path, plan(), {"seconds": 1})
    assert keep(tmp_path, plan(), {"seconds": 2}) == first
    assert (first / PLAN).read_bytes() == as_bytes(plan()) and b'"seconds": 1' in (first / RUN).read_bytes()
    assert [each.name for each in first.parent.iterdir()] == [first.name]


def test_a_plan_that_was_changed_where_it_stands_is_refused(tmp_path: Path) -> None:
    kept = keep(tmp_path, plan(), {})
    (kept / PLAN).write_bytes(as_bytes(plan()).replace(b"2028", b"2029"))
    with pytest.raises(JunhengError, match="内容损坏或被改动") as refused:
        keep(tmp_path, plan(), {})
    assert refused.value.code is Exit.storage
