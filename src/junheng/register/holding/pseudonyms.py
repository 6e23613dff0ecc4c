"""Identity numbers go in, keyed pseudonyms come out: stable over tables and years of one city."""

from __future__ import annotations

import hmac
import unicodedata
from base64 import b32encode
from collections.abc import Mapping

import polars as pl

from junheng.register.holding.keys import Key
from junheng.register.tables import TABLES

LETTERS = 20  # of base 32: 100 bits, no two persons of a country share one by chance


def pseudonymise(frames: Mapping[str, pl.DataFrame], key: Key) -> dict[str, pl.DataFrame]:
    """The same tables with every identity column replaced; a missing identity stays missing."""
    secret = key.subkey("pseudonyms")
    names = {identity: _pseudonym(identity, secret) for identity in _identities(frames)}
    return {name: frame.with_columns(
        pl.col(column).replace_strict(names, default=None, return_dtype=pl.String)
        for column in _naming(name)) for name, frame in frames.items()}


def _naming(table: str) -> list[str]:
    return [column for column, spec in TABLES[table].columns.items() if spec.kind == "identity"]


def _identities(frames: Mapping[str, pl.DataFrame]) -> list[str]:
    held = [frame[column].unique() for name, frame in frames.items() for column in _naming(name)]
    return pl.concat(held).drop_nulls().unique().to_list() if held else []


def _pseudonym(identity: str, secret: bytes) -> str:
    """One person is one text: full-width digits, and `x` for `X`, are the same number."""
    number = "".join(unicodedata.normalize("NFKC", identity).split()).upper()
    return "p" + b32encode(hmac.digest(secret, number.encode(), "sha256"))[:LETTERS].decode().lower()
