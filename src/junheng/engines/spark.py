"""Spark, on this machine or on a cluster: a folder of Parquet files opened as Narwhals frames."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import warnings
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import narwhals as nw

from junheng.kernel.faults import Exit, JunhengError

if TYPE_CHECKING:  # pyspark is an extra: it is named below only where it is known to be there
    from pyspark.sql import SparkSession
    from pyspark.sql.types import StructType

MASTER = "JUNHENG_SPARK_MASTER"
# A sum that does not fit is an error, and no decimal is ever rounded to make it fit.
EXACT = {"spark.sql.ansi.enabled": "true", "spark.sql.decimalOperations.allowPrecisionLoss": "false"}
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR",
         "spark.python.sql.dataFrameDebugging.enabled": "false"}  # it would note the place in our code of every expression
ON_THIS_MACHINE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.sql.shuffle.partitions": "4"}


class Spark:
    """The Parquet files of a snapshot in a folder or at an address that Spark reads, such as `s3a://bucket/snapshot`.

    All of one process share one session; a cluster's workers must see the folder under the same name.
    Errors: JunhengError without pyspark, without Java, without an answer from the cluster.
    """

    def __init__(self, folder: Path | str) -> None:
        self.session = _session()
        self.folder = f"file://{folder.resolve()}" if isinstance(folder, Path) else folder
        self._schemas: dict[str, StructType | None] = {}  # asking for one is a job of its own

    def has(self, table: str) -> bool:
        return self._schema(table) is not None

    def scan(self, table: str) -> nw.LazyFrame[Any]:
        read = self.session.read.schema(self._schema(table))
        frame: nw.LazyFrame[Any] = nw.from_native(read.parquet(self._path(table)))
        return frame

    def fetch(self, frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
        try:
            return [tuple(row) for row in nw.to_native(frame).collect()]
        except Exception as error:  # a worker's complaint comes as Java's
            if "FAILED_READ_FILE" not in str(error):
                raise
            raise JunhengError(f"{self.folder}：Spark 的工作节点读不到其中的文件，每个节点都应在同一路径看到它"
                               " -> 把城市目录放到共享存储后重试", Exit.storage) from error

    def _path(self, table: str) -> str:
        """The table's file, with Hadoop's wild cards taken for what they are."""
        return re.sub(r"([\\*?\[\]{}])", r"\\\1", f"{self.folder}/{table}.parquet")

    def _schema(self, table: str) -> StructType | None:
        from pyspark.errors import AnalysisException
        if table not in self._schemas:
            try:
                self._schemas[table] = self.session.read.parquet(self._path(table)).schema
            except AnalysisException as error:
                if error.getCondition() != "PATH_NOT_FOUND":
                    raise
                self._schemas[table] = None
        return self._schemas[table]


@cache
def _session() -> SparkSession:
    """The session of this process, started at the first look and stopped at its end; a running one is lent its machines."""
    if find_spec("pyspark") is None:
        raise JunhengError("--engine spark：没有安装 pyspark（4.0 以上） -> 安装附加组件 junheng[spark]"
                           "（源码目录里：make spark），或改用 --engine duckdb")
    from pyspark.sql import SparkSession
    running = SparkSession.getActiveSession()
    session = running.newSession() if running else _started()
    for name, value in EXACT.items():
        session.conf.set(name, value)
    return session


def _started() -> SparkSession:
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)  # we use no pandas
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ  # spark-submit has started Java and knows the master
    if not submitted:
        _need_java()
    settings = {**QUIET, **({} if submitted else _master())}
    with TemporaryFile() as said:  # what Java prints while it starts, told only when it does not
        try:
            conf = SparkConf().setAll(list(settings.items())).setAppName("junheng")
            session = SparkSession(SparkContext(conf=conf, gateway=launch_gateway(conf, {"stderr": said})))
        except Exception as error:  # what Java throws and what pyspark raises have no other ancestor
            said.seek(0)
            why = _why(said.read().decode(errors="replace"), error)
            raise JunhengError(f"--engine spark：Spark 没有启动（{why}），需要 Java 17 以上和连得上的 {MASTER}"
                               f"（现为 {os.environ.get(MASTER, '空，即本机')}） -> 改正后重试") from error
    atexit.register(session.stop)
    return session


def _why(said: str, error: Exception) -> str:
    """The last complaint that Java printed, or else the error's own first line."""
    complaints = [line for line in said.splitlines() if re.search("ERROR|Error|Exception", line) and not line.startswith("\tat ")]
    return (complaints or str(error).splitlines())[-1].strip()


def _master() -> dict[str, str]:
    master = os.environ.get(MASTER, "local[2]")
    return {"spark.master": master, **(ON_THIS_MACHINE if master.startswith("local") else {})}


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which(str(Path(home) / "bin" / "java") if home else "java"):
        where = f"JAVA_HOME={home}" if home else "PATH"
        raise JunhengError(f"--engine spark：{where} 里没有 Java，需要 Java 17 以上"
                           " -> apt-get install default-jre-headless，或改正 JAVA_HOME；或改用 --engine duckdb")
