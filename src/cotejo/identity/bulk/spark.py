"""The same blocking on Spark, for registers beyond one machine: Splink's rule on its Spark backend (ADR 0014).

1. Splink joins the keys exactly as it does on DuckDB: same settings, same pairs.
2. Spark needs Java 17 or later and `cotejo[spark]`; `why_not` says in one sentence what is missing.
3. Reading, encoding and comparing stay where they are on DuckDB, chunk by chunk: 128 bytes a person. What outgrows one
   machine first is the join of the keys, and that is what Spark does.
"""

import logging
import os
import shutil
import tempfile
import threading
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from splink import Linker

from cotejo.identity.bulk.blocks import Keyed, Rows
from cotejo.identity.bulk.splink_blocking import BETWEEN, blocking_settings, quiet

MASTER: Final = "COTEJO_SPARK_MASTER"
"""Where Spark runs (`spark://host:7077`); this machine when it is not set."""


def why_not() -> str:
    """Return what keeps Spark from running here, empty when nothing does."""
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return "there is no Java: install a Java runtime, 17 or later"
    return ""


class Spark:
    """Blocking on Spark; on a cluster the folder for tables must be one that all its machines see."""

    def __init__(self, *, folder: Path | None = None) -> None:
        """Start a session. Raises `ImportError` without pyspark, `OSError` without Java."""
        from pyspark.sql import SparkSession

        if missing := why_not():
            raise OSError(missing)
        logging.getLogger("py4j").setLevel(logging.ERROR)
        self._folder = folder
        self._turn = threading.Lock()  # Splink names its tables alike in every linkage of a session
        self._session: Any = (
            SparkSession.builder.master(os.environ.get(MASTER, "local[2]"))
            .appName("cotejo link")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "16")
            .config("spark.sql.adaptive.enabled", "true")
            .getOrCreate()
        )
        self._session.sparkContext.setLogLevel("ERROR")

    def pairs(self, keyed: Keyed) -> tuple[Rows, Rows]:
        """Return the pairs that share a key, each once, by left row and then by right row."""
        from pyspark.sql import functions as spark
        from splink import SparkAPI

        with self._turn, tempfile.TemporaryDirectory(dir=self._folder, prefix="cotejo-spark-") as folder:
            api: Any = cast("Any", SparkAPI)(spark_session=self._session, break_lineage_method="persist")
            tables = [
                api.register(self._table(Path(folder) / f"{name}.parquet", table))
                for name, table in (("asked", keyed.asked), ("stored", keyed.stored))
            ]
            linker = Linker(tables, blocking_settings())
            quiet()
            blocked: Any = linker.inference.compute_blocked_pairs_for_predict()
            ids = [
                spark.split(spark.col(key), BETWEEN).getItem(1).cast("long").alias(name)
                for key, name in (("join_key_l", "i"), ("join_key_r", "j"))
            ]
            found = self._session.table(blocked.physical_name).select(*ids).orderBy("i", "j").toArrow()
        return np.asarray(found["i"], np.int64), np.asarray(found["j"], np.int64)

    def stop(self) -> None:
        """End the session."""
        self._session.stop()

    def _table(self, path: Path, table: pa.Table) -> Any:  # noqa: ANN401 - Spark's own
        pq.write_table(table, path)
        return self._session.read.parquet(str(path))
