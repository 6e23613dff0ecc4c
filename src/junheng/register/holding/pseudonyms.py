"""Identity numbers go in, keyed pseudonyms come out: stable over tables and years of one city."""

from __future__ import annotations

import hmac
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from junheng.kernel.faults import Fault
from junheng.register.holding.keys import Key
from junheng.register.intake.identity import is_pseudonym
from junheng.register.kinds import Kind, fault
from junheng.register.submission import ORIGIN, Submission
from junheng.register.tables import TABLES

LETTERS = 20  # of base 32: 100 bits, no two persons of a country share one by chance


def pseudonymise(frames: Mapping[str, pl.DataFrame], key: Key) -> dict[str, pl.DataFrame]:
    """The same tables with every identity column replaced; a missing identity stays missing."""
    secret = key.subkey("pseudonyms")
    names = {identity: _pseudonym(identity, secret) for identity in _identities(frames)}
    return {name: frame.with_columns(
        pl.col(column).replace_strict(names, default=None, return_dtype=pl.String)
        for column in naming(name)) for name, frame in frames.items()}


def strangers(handed: Submission, known: Iterable[Mapping[str, pl.DataFrame]]) -> list[Fault]:
    """Pseudonyms handed in that no table of `known` holds: only what was filled in from the register may come back.

    `known` is looked into only where there is a pseudonym.
    """
    given = list(_pseudonyms_in(handed))
    held = {name for frames in known for name in _identities(frames)} if given else set()
    return [_stranger(handed, *place) for text, place in given if text not in held]


def _pseudonyms_in(handed: Submission) -> Iterator[tuple[str, tuple[str, str, int, str, int]]]:
    for table, rows in handed.frames.items():
        for column in naming(table):
            given = rows.filter(pl.col(column).str.starts_with("p"))  # no identity number does
            for text, file, sheet, row in given.select(column, *ORIGIN).iter_rows():
                yield text, (table, column, file, sheet, row)


def _stranger(handed: Submission, table: str, column: str, file: int, sheet: str, row: int) -> Fault:
    return fault(Kind.bad_identity, handed.files[file].name, sheet, row, column,
                 found=f"{TABLES[table].columns[column].zh}：假名不在已入库的数据里",
                 wanted="18位身份证号，或预填模板里原有的假名", do="对照证件填写身份证号")


def naming(table: str) -> list[str]:
    """The columns of a table that say who a person is."""
    return [column for column, spec in TABLES[table].columns.items() if spec.kind == "identity"]


def _identities(frames: Mapping[str, pl.DataFrame]) -> list[str]:
    held = [frame[column].unique() for name, frame in frames.items() for column in naming(name)]
    return pl.concat(held).drop_nulls().unique().to_list() if held else []


def _pseudonym(identity: str, secret: bytes) -> str:
    """One person is one text: full-width digits, and `x` for `X`, are the same number; a pseudonym stays as it is."""
    if is_pseudonym(identity):
        return identity
    number = "".join(unicodedata.normalize("NFKC", identity).split()).upper()
    return "p" + b32encode(hmac.digest(secret, number.encode(), "sha256"))[:LETTERS].decode().lower()
