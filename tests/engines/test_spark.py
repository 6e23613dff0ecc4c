"""Spark as an engine: it refuses in words, leaves nothing behind, and would rather fail than round."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from junheng.engines import Duck, Spark, open_source, totals
from junheng.kernel.faults import JunhengError
from junheng.kernel.shapes import Sum
from junheng.register.tables import assets

SHOW = """
import sys
from pathlib import Path
import junheng.engines.spark as spark
from junheng.kernel.faults import JunhengError
{before}
try:
    source = spark.Spark(Path(sys.argv[1]))
    print(source.fetch(source.scan("assets").select("books")))
except JunhengError as refused:
    print(refused)
"""


def write(folder: Path, *books: int | None) -> Path:
    folder.mkdir(exist_ok=True)
    rows = {"school_id": ["1"] * len(books), "books": books}
    pl.DataFrame(rows, schema={"school_id": pl.String, "books": pl.Int64}).write_parquet(folder / "assets.parquet")
    return folder


def in_a_process_of_its_own(folder: Path, before: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """What such a process prints, in a working folder that was empty."""
    (work := folder / "work").mkdir()
    return subprocess.run([sys.executable, "-c", SHOW.format(before=before), str(folder)], cwd=work, text=True,
                          env={**os.environ, **settings}, capture_output=True, check=True)


def test_a_session_prints_nothing_of_its_own_and_leaves_no_file_where_it_was_started(tmp_path: Path) -> None:
    ran = in_a_process_of_its_own(write(tmp_path, 3, None))
    assert (ran.stdout, ran.stderr) == ("[(3,), (None,)]\n", "")
    assert list((tmp_path / "work").iterdir()) == []


def test_without_pyspark_it_says_how_to_get_it(tmp_path: Path) -> None:
    said = in_a_process_of_its_own(tmp_path, "spark.find_spec = lambda name: None").stdout
    assert "没有安装 pyspark" in said and "-> 安装附加组件 junheng[spark]" in said


@pytest.mark.parametrize("settings", [{"JAVA_HOME": "/nowhere"}, {"JAVA_HOME": "", "PATH": "/nowhere"}])
def test_without_java_it_says_where_it_looked_and_how_to_get_it(tmp_path: Path, settings: dict[str, str]) -> None:
    said = in_a_process_of_its_own(tmp_path, **settings).stdout
    assert "/nowhere 里没有 Java" in said or "PATH 里没有 Java" in said
    assert "-> apt-get install default-jre-headless" in said


def test_a_java_that_cannot_run_spark_is_quoted(tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text('#!/bin/sh\necho "Error: java.lang.UnsupportedClassVersionError: org/apache/spark" >&2\nexit 1\n')
    java.chmod(0o755)
    said = in_a_process_of_its_own(tmp_path, JAVA_HOME=str(tmp_path)).stdout
    assert "Spark 没有启动（Error: java.lang.UnsupportedClassVersionError: org/apache/spark）" in said and "Java 17" in said


def test_an_engine_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(JunhengError, match="没有这个引擎；可用：duckdb、spark"):
        open_source("oracle", Path("."))


def test_a_folder_may_be_named_with_the_signs_of_a_pattern(tmp_path: Path) -> None:
    for engine in ("duckdb", "spark"):
        source = open_source(engine, write(tmp_path / "市 [1]{2}*?", 4))
        assert source.has("assets") and not source.has("rooms")
        assert source.fetch(source.scan("assets").select("books")) == [(4,)]


def test_a_folder_may_be_an_address(tmp_path: Path) -> None:
    source = Spark(f"file://{write(tmp_path, 4)}")
    assert source.has("assets") and source.fetch(source.scan("assets").select("books")) == [(4,)]


def test_a_sum_that_does_not_fit_is_an_error_and_never_another_number(tmp_path: Path) -> None:
    folder, books = write(tmp_path, 2**63 - 1, 1), Sum(assets, assets.books)
    assert totals(Duck(folder), [books], ("school_id",))[books]["1",].value == 2**63
    with pytest.raises(Exception, match="ARITHMETIC_OVERFLOW"):
        totals(Spark(folder), [books], ("school_id",))


def test_a_worker_that_does_not_see_the_folder_is_told_of_in_words(tmp_path: Path) -> None:
    source = Spark(write(tmp_path, 4))
    frame = source.scan("assets")
    (tmp_path / "assets.parquet").unlink()  # as on a machine that does not hold it
    with pytest.raises(JunhengError, match=r"工作节点读不到其中的文件.* -> 把城市目录放到共享存储"):
        source.fetch(frame)
