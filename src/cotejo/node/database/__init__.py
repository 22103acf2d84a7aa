"""The node's database: embedded and supervised by default, or any other PostgreSQL 15 or later by its address."""

from cotejo.node.database.roles import DATABASE, Dsns, Role, ensure_roles, passwords, roles_sql
from cotejo.node.database.server import OtherServer, database_of
from cotejo.node.database.supervisor import Database

__all__ = [
    "DATABASE",
    "Database",
    "Dsns",
    "OtherServer",
    "Role",
    "database_of",
    "ensure_roles",
    "passwords",
    "roles_sql",
]
