"""Splink's blocking on DuckDB: one rule, "a key in common", over the engine's keys (ADR 0014).

Splink writes the SQL for whichever database it is given; `spark.py` gives the same rule to Spark.
"""

import logging
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from cotejo.identity.bulk.blocks import Keyed, Rows

BETWEEN: Final = "-__-"  # what Splink puts between the name of a table and the id of a row


def blocking_settings() -> SettingsCreator:
    """Return Splink's settings: which pairs are candidates. Comparing them is the engine's part, not Splink's."""
    rule = block_on("keys", arrays_to_explode=["keys"])
    return SettingsCreator(link_type="link_only", blocking_rules_to_generate_predictions=[rule], comparisons=[])


def quiet() -> None:
    """Keep Splink from telling its times on the terminal of whoever linked a file."""
    logging.getLogger("splink").setLevel(logging.WARNING)


class DuckDB:
    """Blocking in this process; DuckDB writes to disk what does not fit in memory."""

    def __init__(self, *, threads: int = 0) -> None:
        self._threads = threads

    def pairs(self, keyed: Keyed) -> tuple[Rows, Rows]:
        """Return the pairs that share a key, each once, by left row and then by right row."""
        with duckdb.connect() as connection:
            if self._threads:
                connection.execute(f"set threads = {int(self._threads)}")
            api = DuckDBAPI(connection=connection)
            tables = [
                api.register(keyed.asked, table_name="asked", dataset_display_name="asked"),
                api.register(keyed.stored, table_name="stored", dataset_display_name="stored"),
            ]
            linker = Linker(tables, blocking_settings())
            quiet()
            blocked: Any = linker.inference.compute_blocked_pairs_for_predict()
            found: pa.Table = connection.execute(
                f"select split_part(join_key_l, '{BETWEEN}', 2)::bigint as i, "  # noqa: S608 - Splink's own table
                f"split_part(join_key_r, '{BETWEEN}', 2)::bigint as j from {blocked.physical_name} order by i, j"
            ).to_arrow_table()
        return np.asarray(found["i"], np.int64), np.asarray(found["j"], np.int64)
