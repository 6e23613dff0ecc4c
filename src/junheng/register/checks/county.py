"""What the county's offices hand in: money and documents."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said, shown

OF_COUNTIES = ("county_years", "county_series")
OF_A_HUNDRED = ("yz.2.13", "yz.2.14", "yz.2.15", "yz.3.1", "yz.3.2", "yz.3.4", "yz.4.1", "jb.score")  # shares in percent, points
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
                 do="按说明文档“指标”一页所列编号改正")


@rule(kind="out_of_range", zh="比例和得分类佐证的数值在0至100", tables=("evidence",))
def shares_are_of_a_hundred(given: Given) -> Breaches:
    """The value of a document on a share or a score lies between 0 and 100."""
    odd = pl.col("item").is_in(OF_A_HUNDRED) & ~pl.col("value").is_between(0, 100)
    yield breach(given["evidence"].filter(odd), "value", found=said(pl.col("item"), " 数值 ", pl.col("value")), wanted="0 至 100",
                 do="比例填百分数，如 91.5")


@rule(kind="not_a_county", zh="县区各表的区划是县区", tables=("places",), among=OF_COUNTIES)
def county_tables_speak_of_counties(given: Given) -> Breaches:
    """Years and series of counties are those of a place of the level of counties."""
    others = given["places"].filter(pl.col("level") != "county").select("place_code", "level").unique("place_code")
    for name in given.held(OF_COUNTIES):
        yield breach(given[name].join(others, on="place_code"), "place_code",
                     found=said("区划 ", pl.col("place_code"), " 是", shown("places", "level")), wanted="县区代码",
                     do="改填县区代码")
