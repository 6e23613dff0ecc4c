"""What the county's offices hand in: money and documents."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said

_ITEM = r"^[a-z]{2}(\.[0-9A-Za-z]+)+$"


@rule(kind="pupils_funded_missing", zh="公用经费填写拨款学生数", tables=("money",))
def operating_funds_name_their_pupils(given: Given) -> Breaches:
    """Operating funds say for how many pupils they were paid; else yz.2.6 of a small school is unknown."""
    rows = given["money"].filter((pl.col("item") == "operating_funds") & pl.col("pupils_funded").is_null())
    yield breach(rows, "pupils_funded", found="公用经费的拨款学生数为空", wanted="核拨经费所依据的学生数",
                 do="补填拨款学生数，否则不足百人学校的公用经费一项暂不能判定")


@rule(kind="evidence_item", zh="佐证的指标编号合乎格式", tables=("evidence",))
def evidence_names_an_item(given: Given) -> Breaches:
    """A document is on an item of a standard: two letters, then numbers or names after points."""
    yield breach(given["evidence"].filter(~pl.col("item").str.contains(_ITEM)), "item",
                 found=said("指标编号 ", pl.col("item")), wanted="如 yz.2.1、jb.gate",
                 do="按 junheng standards 所列编号改正")
