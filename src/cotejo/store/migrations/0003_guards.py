"""What the database itself refuses, for every role: rewriting what happened, and going back.

1. Acts, leaves, reads, link leaves and taken-in messages are only ever added.
2. A version floor, a status number and a partner's sequence do not go down; a slot that is never valid again stays so.
3. Names for search are in tables that are not logged: they are in no write-ahead log and no backup. What was deleted
   from them is vacuumed at the next round, however little it is.
4. The running node may do no more than it needs; the auditor reads the logs. Role names come from
   `COTEJO_DATABASE_ROLES`; a server without these roles (a restore being looked at) gets the guards alone.
"""

from django.conf import settings
from django.db import migrations

APPEND_ONLY = ("store_house_leaf", "store_act", "store_trace", "store_link_leaf", "store_inbox")
UNLOGGED = ("store_search_name", "store_search_state")
NEVER_DOWN = {
    "store_floor": "NEW.version < OLD.version OR NEW.origin <> OLD.origin OR NEW.request <> OLD.request",
    "store_status_held": "NEW.number < OLD.number",
    "store_partner": "NEW.sequence_in < OLD.sequence_in OR NEW.sequence_out < OLD.sequence_out",
    "store_slot": "OLD.state = 3 AND NEW.state <> 3",
    "store_log_head": "NEW.size < OLD.size OR NEW.at < OLD.at",
}
ROLES = {"app": "cotejo_app", "audit": "cotejo_audit"}
"""The names `cotejo.node.database.roles` gives."""

GUARD_FUNCTIONS = """
CREATE FUNCTION cotejo_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION cotejo_never_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% does not go back', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""


def guards() -> str:
    lines = [GUARD_FUNCTIONS]
    for table in APPEND_ONLY:
        lines.append(
            f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION cotejo_only_added();"
        )
    for table, back in NEVER_DOWN.items():
        lines.append(
            f"CREATE TRIGGER never_back BEFORE UPDATE ON {table}"
            f" FOR EACH ROW WHEN ({back}) EXECUTE FUNCTION cotejo_never_back();"
        )
        lines.append(
            f"CREATE TRIGGER never_gone BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION cotejo_only_added();"
        )
    for table in (*APPEND_ONLY, *NEVER_DOWN):
        lines.append(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION cotejo_only_added();"
        )
    lines.extend(f"ALTER TABLE {table} SET UNLOGGED;" for table in UNLOGGED)
    lines.append(
        "ALTER TABLE store_search_name SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);"
    )
    return "\n".join(lines)


def give_rights(apps, schema_editor):  # type: ignore[no-untyped-def]
    roles = getattr(settings, "COTEJO_DATABASE_ROLES", ROLES)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY(%s)", [list(roles.values())])
        there = {name for (name,) in cursor.fetchall()}
        quoted = {use: schema_editor.quote_name(name) for use, name in roles.items() if name in there}
        if "app" in quoted:
            for table in APPEND_ONLY:
                cursor.execute(f"REVOKE ALL ON {table} FROM {quoted['app']}")
                cursor.execute(f"GRANT SELECT, INSERT ON {table} TO {quoted['app']}")
            for table in NEVER_DOWN:
                cursor.execute(f"REVOKE ALL ON {table} FROM {quoted['app']}")
                cursor.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO {quoted['app']}")
        if "audit" in quoted:
            for table in ("store_house_leaf", "store_act", "store_trace", "store_link_leaf", "store_log_head"):
                cursor.execute(f"GRANT SELECT ON {table} TO {quoted['audit']}")


class Migration(migrations.Migration):
    dependencies = [("store", "0002_memory")]

    operations = [migrations.RunSQL(guards(), migrations.RunSQL.noop), migrations.RunPython(give_rights)]
