"""The office's log: of an error its kind and its places, never its text, which may quote what a person typed."""

import logging
import traceback


class Places(logging.Formatter):
    """Formats a record so."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{record.levelname} {record.name}"
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            places = " ".join(f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace))
            return f"{line} {kind.__module__}.{kind.__qualname__} {places}"
        return f"{line} {record.msg}"
