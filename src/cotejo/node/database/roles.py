"""The four roles a node's database knows, and what each may do. The safeguard behind I9 and I13 inside the database.

Rules of this module:

1. `owner` owns the schema and runs migrations; nothing that serves a person runs as owner.
2. `app` is the running node: it reads and writes rows, owns nothing, creates nothing, truncates nothing.
3. `audit` only reads, and only what a migration grants it (the logs).
4. `redress` works in the schema `redress` and sees no table of the house but the one door a migration grants it.
5. Everybody else (PUBLIC) may do nothing. Each role has its own random password; only its SCRAM verifier is sent.
6. One PostgreSQL server serves one node: roles belong to a server, and a shared role would open both houses.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import LiteralString, cast

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from cotejo.node.database import trouble
from cotejo.node.home import Home, read_private, write_private

DATABASE = "cotejo"
SCRAM_ITERATIONS = 4096
"""PostgreSQL's own default. The passwords are 192 random bits, so a higher count would protect nothing."""
SALT_BYTES = 16


class Role(StrEnum):
    """Who connects to the database."""

    OWNER = "owner"
    APP = "app"
    AUDIT = "audit"
    REDRESS = "redress"

    @property
    def login(self) -> str:
        """The role's name inside PostgreSQL; the same in every database, so migrations may name it."""
        return f"cotejo_{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Dsns:
    """How each role connects. Holds passwords, so it does not print itself."""

    owner: str
    app: str
    audit: str
    redress: str

    def of(self, role: Role) -> str:
        return cast("str", getattr(self, role.value))


def dsns(passwords: Mapping[str, str], **where: str) -> Dsns:
    """Write the connection strings to one database; `where` is host, port, dbname and the like."""
    return Dsns(**{role.value: make_conninfo(user=role.login, password=passwords[role], **where) for role in Role})


SUPERUSER = "cotejo_superuser"


def passwords(home: Home) -> dict[str, str]:
    """Read the passwords of `home` by role, and the superuser's; made once. Raises `NodeError` when one is lost."""
    folder = home.database / "passwords"
    names = (*Role, SUPERUSER)
    if not (folder / "complete").exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        for name in names:
            write_private(folder / name, secrets.token_urlsafe(24).encode(), replace=True)
        write_private(folder / "complete", b"")
    return {str(name): read_private(folder / name).decode("ascii") for name in names}


def verifier(password: str) -> str:
    """Compute what PostgreSQL stores of an ASCII password (RFC 5803), so that the password itself is never sent."""
    salt = secrets.token_bytes(SALT_BYTES)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, SCRAM_ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    written = [base64.b64encode(part).decode("ascii") for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${SCRAM_ITERATIONS}:{written[0]}${written[1]}:{written[2]}"


ROLE: LiteralString = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {name}) THEN CREATE ROLE {role}; END IF;
END $$;
ALTER ROLE {role} LOGIN PASSWORD {verifier};
"""
HABITS: LiteralString = """
ALTER ROLE {audit} SET default_transaction_read_only = on;
ALTER ROLE {redress} SET search_path = redress, public;
"""
GRANTS: LiteralString = """
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
ALTER DATABASE {database} OWNER TO {owner};
GRANT CONNECT ON DATABASE {database} TO {app}, {audit}, {redress};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO {owner};
GRANT USAGE ON SCHEMA public TO {app}, {audit}, {redress};
CREATE SCHEMA IF NOT EXISTS redress AUTHORIZATION {owner};
GRANT USAGE ON SCHEMA redress TO {redress};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA redress GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {redress};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA redress GRANT USAGE, SELECT ON SEQUENCES TO {redress};
"""


def roles_statements(secret: Mapping[str, str]) -> sql.Composed:
    """Make the four roles, or give them the passwords of this node again. Holds verifiers, no password."""
    each = [
        sql.SQL(ROLE).format(
            name=sql.Literal(role.login), role=sql.Identifier(role.login), verifier=sql.Literal(verifier(secret[role]))
        )
        for role in Role
    ]
    return sql.Composed([*each, sql.SQL(HABITS).format(**_identifiers())])


def grants_statements(database: str) -> sql.Composed:
    """Give `database` to the roles; run inside it, by an administrator."""
    return sql.SQL(GRANTS).format(database=sql.Identifier(database), **_identifiers())


def roles_sql(secret: Mapping[str, str], database: str) -> str:
    """Write the file an administrator of another PostgreSQL runs in `database`; running it again does no harm."""
    return f"BEGIN;{roles_statements(secret).as_string()}{grants_statements(database).as_string()}COMMIT;\n"


def ensure_roles(admin_dsn: str, secret: Mapping[str, str]) -> None:
    """Make the roles and their rights in the database `admin_dsn` names, all or nothing. Raises `psycopg.Error`."""
    with psycopg.connect(admin_dsn) as connection:
        connection.execute(roles_statements(secret))
        connection.execute(grants_statements(connection.info.dbname))


MODEST: LiteralString = """
SELECT NOT (
  rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication
  OR has_schema_privilege('public', 'CREATE') OR has_schema_privilege('redress', 'CREATE')
  OR has_database_privilege(current_database(), 'CREATE') OR has_database_privilege(current_database(), 'TEMP')
  OR pg_has_role({owner}, 'MEMBER')
  OR EXISTS (SELECT FROM pg_catalog.pg_class WHERE relowner = pg_roles.oid)
) FROM pg_catalog.pg_roles WHERE rolname = current_user
"""


def check_roles(each: Dsns) -> int:
    """Connect as every role and refuse one that could pass the safeguards. The server's major version.

    Raises `psycopg.OperationalError` when a role is not let in, `NodeError` when one may do too much.
    """
    version = 0
    for role in Role:
        with psycopg.connect(each.of(role), connect_timeout=5) as connection:
            version = connection.info.server_version // 10000
            if role is Role.OWNER:
                safe = connection.execute("SELECT NOT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user")
            else:
                safe = connection.execute(sql.SQL(MODEST).format(owner=sql.Literal(Role.OWNER.login)))
            if safe.fetchone() != (True,):
                raise trouble.role_too_strong(role.login)
    return version


def _identifiers() -> dict[str, sql.Identifier]:
    return {role.value: sql.Identifier(role.login) for role in Role}
