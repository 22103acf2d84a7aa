"""`python -m cotejo.node.database`: run a node's database alone, or print the roles for another PostgreSQL.

Every refusal is one sentence in the operator's language (from LC_ALL, LC_MESSAGES, LANG) and exit status 1.
"""

import argparse
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from cotejo.node.database import DATABASE, database_of, passwords, roles_sql
from cotejo.node.home import Home, NodeError


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    """Do what `arguments` ask. Returns the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        home = Home.open(asked.home)
        if asked.what == "roles-sql":
            sys.stdout.write(roles_sql(passwords(home), asked.database))
            return 0
        with database_of(home, environment, port=asked.port, durable=not asked.throwaway):
            _say("ready")
            if asked.what == "run":
                _until_asked_to_end()
    except NodeError as trouble:
        sys.stderr.write(f"{trouble.sentence(language(environment))}\n")
        return 1
    return 0


def language(environment: Mapping[str, str]) -> str:
    """Find the operator's language as POSIX does: `es` or `en`."""
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "es" if named.startswith("es") else "en"


def _until_asked_to_end() -> None:
    words = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, words)
    signal.sigwait(words)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cotejo.node.database", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True)
    run = what.add_parser("run", help="run the database until SIGTERM or Ctrl-C; prints `ready` when it answers")
    check = what.add_parser("check", help="start the database, or reach the one COTEJO_DATABASE_URL names, and stop")
    for command in (run, check):
        command.add_argument("home", type=Path, help="the node's folder")
        command.add_argument("--port", type=int, help="a port of 127.0.0.1; a free one when not given")
        command.add_argument("--throwaway", action="store_true", help="fast and forgetful; invented worlds only")
    roles = what.add_parser("roles-sql", help="print what an administrator runs in another PostgreSQL's database")
    roles.add_argument("home", type=Path, help="the node's folder")
    roles.add_argument("--database", default=DATABASE, help=f"the database's name there (default: {DATABASE})")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
