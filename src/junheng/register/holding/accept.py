"""The action behind `junheng import`: submissions in, snapshots in force out; all of them or none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter

import polars as pl

from junheng.kernel.codes import Severity
from junheng.kernel.faults import DataFaults, Exit, Fault, JunhengError, OnProgress
from junheng.register.checks import check
from junheng.register.holding import inbox
from junheng.register.holding.city import City
from junheng.register.holding.emptying import Emptied, emptied_by, in_words, warnings_of
from junheng.register.holding.keys import Key
from junheng.register.holding.merging import in_file_order, merge, same_facts, settled
from junheng.register.holding.pseudonyms import naming, pseudonymise, strangers
from junheng.register.holding.runs import run_story
from junheng.register.holding.snapshots import Snapshot, snapshot_in_force, write_snapshot
from junheng.register.intake import take_in
from junheng.register.intake.mapping import Mapping as ListMapping
from junheng.register.submission import NATIONAL, CodeSystem, Submission
from junheng.register.tables import TABLES

Frames = Mapping[str, pl.LazyFrame]
Check = Callable[[Submission, Frames | None], list[Fault]]  # of the year before: its tables, where it is known
Withdrawals = Mapping[int, Sequence[str]]  # of each school year, what is withdrawn: see `withdrawing`

READ, CHECKED = 0.7, 0.85  # shares of the whole that are done by then
# What can be asked only while the identity number is there.
OF_THE_NUMBER = frozenset({"birth_year_mismatch", "sex_mismatch"})


@dataclass(frozen=True)
class ImportResult:
    """What an import did to one year. Not `new`: these facts were in force already, nothing was written.

    `removed_originals` are the digests of the originals past their day; the first year's result names them.
    """

    snapshot: Snapshot
    faults: list[Fault]
    new: bool
    removed_originals: list[str]
    before: Snapshot | None = None
    emptied: Sequence[Emptied] = ()

    def difference(self) -> str:
        """What a correction changed, in words: schools that came or went, tables not the same, known values emptied."""
        if self.before is None:
            return "首次导入"
        was, now = (set(each.table("schools")["school_id"]) if each.has("schools") else set()
                    for each in (self.before, self.snapshot))
        changed = [TABLES[name].zh for name in self.snapshot.tables
                   if self.before.manifest["tables"].get(name) != self.snapshot.manifest["tables"][name]]
        tables = f"新增学校 {len(now - was)} 所，减少 {len(was - now)} 所；有改动的表：{'、'.join(changed) or '无'}"
        return "\n  ".join(filter(None, (tables, in_words(self.emptied))))


@dataclass(frozen=True)
class _Prepared:
    """A submission held against what is in force, nothing written yet. `facts` is what would be in force."""

    handed: Submission
    withdrawn: Sequence[str]
    facts: Submission
    before: Snapshot | None
    faults: list[Fault]
    same: bool
    emptied: Sequence[Emptied]
    seconds: float

    @property
    def year(self) -> int:
        return self.handed.year


def silent(share: float, sentence: str) -> None:
    """Progress that nobody looks at."""


def all_checks(submission: Submission, earlier: Frames | None) -> list[Fault]:
    """Every rule of the register, with what it asks about the year before."""
    return check(submission, earlier=earlier)


def import_year(paths: Sequence[Path], city_path: Path, year: int, mapping: ListMapping | Path | None = None,
                reason: str | None = None, on_progress: OnProgress = silent) -> ImportResult:
    """Take the files of one school year into the city folder."""
    return import_all({year: list(paths)}, city_path, mapping, reason, on_progress)[0]


def import_all(years: dict[int, list[Path]], city_path: Path, mapping: ListMapping | Path | None = None,
               reason: str | None = None, on_progress: OnProgress = silent,
               withdraw: Withdrawals | None = None) -> list[ImportResult]:
    """Take the files of several school years in, older first; none comes into force unless all do.

    A year may have no files when something of it is withdrawn.
    Errors: `DataFaults` with every fault of every file; exit 5 when the city folder or the disk refuses.
    """
    city = City(city_path)
    city.ready()
    handed = []
    for done, year in enumerate(sorted(years)):
        reading = _part(on_progress, READ * done / len(years), READ * (done + 1) / len(years))
        only_withdraws = not years[year] and bool((withdraw or {}).get(year))
        handed.append(_nothing(city, year) if only_withdraws else
                      take_in(years[year], year=year, mapping=mapping, on_progress=reading))
    return accept_all(handed, city, reason=reason, on_progress=on_progress, withdraw=withdraw)


def _nothing(city: City, year: int) -> Submission:
    """What is handed in by a correction that only withdraws."""
    before = snapshot_in_force(city, year)
    codes = CodeSystem(str(before.manifest["code_system"])) if before else NATIONAL
    return Submission(year, code_system=codes)


def _part(on_progress: OnProgress, start: float, end: float) -> OnProgress:
    """Progress of a part of the work, as progress of the whole."""
    return lambda share, sentence: on_progress(start + (end - start) * share, sentence)


def accept(submission: Submission, city: City, *, reason: str | None = None,
           on_progress: OnProgress = silent, check: Check = all_checks) -> Snapshot:
    """Put one submission in force: the first of its year, or a correction, which needs a reason."""
    return accept_all([submission], city, reason=reason, on_progress=on_progress, check=check)[0].snapshot


def accept_all(submissions: Sequence[Submission], city: City, *, reason: str | None = None,
               on_progress: OnProgress = silent, check: Check = all_checks,
               withdraw: Withdrawals | None = None) -> list[ImportResult]:
    """Check every submission, then put all of them in force in one step.

    The checks run without the lock; should another import come in between, they run again under it.
    """
    city.ready()
    reason = (reason or "").strip() or None
    on_progress(READ, "核对各表之间的关系")
    standing = city.current()
    prepared = _prepare_all(submissions, city, reason, check, withdraw or {})
    with city.locked():
        if city.current() != standing:
            prepared = _prepare_all(submissions, city, reason, check, withdraw or {})
        on_progress(CHECKED, "写入快照")
        return _write(prepared, city, reason, on_progress)


def faults_of(submissions: Sequence[Submission], city: City) -> list[Fault]:
    """The faults that an import of these submissions, older first, would meet: with what is in force, and the year before."""
    return sorted(fault for each in _checked(submissions, city, all_checks, {}) for fault in each.faults)


def laid_over(submission: Submission, city: City) -> tuple[list[Fault], Submission]:
    """The faults that an import of this would meet, and the facts that would be in force. Nothing is written."""
    made = _checked([submission], city, all_checks, {})[0]
    return made.faults, made.facts


def _prepare_all(submissions: Sequence[Submission], city: City, reason: str | None, check: Check,
                 withdraw: Withdrawals) -> list[_Prepared]:
    prepared = _checked(submissions, city, check, withdraw)
    _refuse_faults(prepared, reason)
    for each in prepared:
        _refuse_silent_correction(each, reason)
    return prepared


def _checked(submissions: Sequence[Submission], city: City, check: Check, withdraw: Withdrawals) -> list[_Prepared]:
    prepared: list[_Prepared] = []
    for submission in submissions:
        earlier = _tables(submission.year - 1, prepared, city)
        prepared.append(_prepare(submission, city, check, withdraw.get(submission.year, ()), earlier))
    return prepared


def _tables(year: int, prepared: Sequence[_Prepared], city: City) -> Frames | None:
    """The tables of a year: as they are being taken in, or else as they are in force."""
    here = next((each.facts for each in prepared if each.year == year), None)
    if here:
        return {name: rows.lazy() for name, rows in here.frames.items()}
    held = snapshot_in_force(city, year)
    return {name: held.table(name).lazy() for name in held.tables} if held else None


def _prepare(submission: Submission, city: City, check: Check, withdrawn: Sequence[str], earlier: Frames | None) -> _Prepared:
    started = perf_counter()
    handed = in_file_order(_only_handed_in(submission))
    before = snapshot_in_force(city, handed.year)
    if withdrawn and not before:
        raise JunhengError(f"{handed.year}学年：还没有快照，没有可撤回的内容 -> 去掉 --withdraw，或核对 --year", Exit.faults)
    found, facts = check(handed, earlier), settled(handed)
    if before:
        facts = settled(merge(_without_identities(handed, city.key()), before, city, withdrawn))
        found = [fault for fault in found if fault.kind in OF_THE_NUMBER] + check(facts, earlier)
    same = before is not None and same_facts(facts, before)
    emptied = emptied_by(facts, before) if before and not same else []
    unknown = strangers(handed, _known_persons(before, earlier))
    faults = sorted({*handed.faults, *unknown, *found, *warnings_of(emptied, handed.faults)})
    return _Prepared(handed, withdrawn, facts, before, faults, same, emptied, perf_counter() - started)


def _known_persons(before: Snapshot | None, earlier: Frames | None) -> Iterator[dict[str, pl.DataFrame]]:
    """The tables in which the pseudonyms of a workbook filled in advance must stand."""
    yield {name: before.table(name) for name in before.tables if naming(name)} if before else {}
    yield {name: rows.collect() for name, rows in (earlier or {}).items() if naming(name)}


def _only_handed_in(submission: Submission) -> Submission:
    sheets = set(submission.handed_in["table"])
    return replace(submission, frames={name: rows for name, rows in submission.frames.items()
                                       if rows.height or name in sheets})


def _without_identities(submission: Submission, key: Key) -> Submission:
    return replace(submission, frames=pseudonymise(submission.frames, key))


def _refuse_faults(prepared: list[_Prepared], reason: str | None) -> None:
    faults = sorted(fault for each in prepared for fault in each.faults)
    new = [fault for each in prepared if not each.same for fault in each.faults]
    errors = sum(fault.severity is Severity.error for fault in faults)
    warnings = sum(fault.severity is Severity.warning for fault in new)
    if errors:
        raise DataFaults(faults, f"{errors} 处错误，没有写入任何内容 -> 逐条改正后重新导入")
    if warnings and not reason:
        raise DataFaults(faults, f"{warnings} 处警告，没有写入任何内容 -> 改正；确认属实的，"
                         "用 --reason 写明原因后重新导入")


def _refuse_silent_correction(each: _Prepared, reason: str | None) -> None:
    if each.before and not each.same and not reason:
        raise JunhengError(f"{each.year}学年：已有快照 {each.before.id}，本次内容与它不同；应为带原因的更正"
                           " -> 用 --reason 写明更正原因后重新导入", Exit.faults)


def _write(prepared: list[_Prepared], city: City, reason: str | None,
           on_progress: OnProgress) -> list[ImportResult]:
    city.found()
    key, removed = city.key(), inbox.drop_expired(city, date.today())
    if removed:
        on_progress(CHECKED, f"已删除 {len(removed)} 份超过保存期限、含身份信息的原件")
    with _all_or_nothing(city):
        held = [_held(each, city, key, reason) for each in prepared]
        if not all(each.same for each in prepared):
            city.put_in_force({snapshot.year: snapshot.id for snapshot in held})
    on_progress(1.0, "没有变化，沿用在用快照" if all(each.same for each in prepared) else "已生效")
    return [ImportResult(snapshot, each.faults, not each.same, [] if number else removed, each.before,
                         each.emptied)
            for number, (snapshot, each) in enumerate(zip(held, prepared, strict=True))]


@contextmanager
def _all_or_nothing(city: City) -> Iterator[None]:
    """Should it end badly inside, what was written in vain goes; once CURRENT has moved, it stays."""
    standing, there = city.current(), _kept(city)
    try:
        yield
    except BaseException:
        if city.current() == standing:
            for path in _kept(city) - there:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def _kept(city: City) -> set[Path]:
    return {*city.inbox.glob("*"), *city.snapshots.glob("*")}


def _held(each: _Prepared, city: City, key: Key, reason: str | None) -> Snapshot:
    """The snapshot that holds the facts of `each`: the one in force if they are the same, else a new one."""
    if each.before and each.same:
        return each.before
    inbox.keep(city, each.handed.files, key, date.today())
    facts = each.facts if each.before else _without_identities(each.facts, key)
    return write_snapshot(city, facts, each.before, reason, _run(each), each.withdrawn)


def _run(each: _Prepared) -> dict[str, object]:
    return run_story({"polars": pl.__version__}, seconds={"checks": round(each.seconds, 3)})
