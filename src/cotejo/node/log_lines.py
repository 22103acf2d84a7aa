"""The node's log: one JSON object a line, without personal data.

1. A line holds the message as the programmer wrote it, never its arguments: paths, names and typed values stay out.
2. Of an exception it holds the kind and the places, never the text, which may quote what a person typed.
3. Django's security log quotes what a browser sent; of it the line holds the kind alone.
4. What an operator needs besides is passed as `extra={"facts": {...}}`: counts, ids, states, codes.
"""

import json
import logging
import traceback
from datetime import UTC, datetime


class JsonLine(logging.Formatter):
    """Formats a record as described above."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "message": "refused" if record.name.startswith("django.security") else str(record.msg),
        }
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            line["status"] = status
        facts = getattr(record, "facts", None)
        if isinstance(facts, dict):
            line["facts"] = facts
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            line["error"] = f"{kind.__module__}.{kind.__qualname__}"
            line["places"] = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
        return json.dumps(line, ensure_ascii=False, default=str)
