"""The redress office's schema, and the one door between it and the house (I12, I13).

1. `public.redress_signal`: the office adds rows, the house reads them; nobody changes or removes one. A row is a request
   and one of two words: there is no column for a name, a text, a complaint or a time.
2. `public.redress_card`: the house writes sealed cards, the office reads them. `redress_taken` and `redress_paper` are
   the house's alone.
3. Schema `redress` is the office's alone: complaints' acts are only added to, until a complaint's key is destroyed.
4. The auditor of the house reads none of these: who complained is no part of the house's logs.
5. A signal wakes the node's worker (channel of `cotejo.store.queue`).
"""

from django.conf import settings
from django.db import migrations

DOOR = """
CREATE TABLE public.redress_signal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request text NOT NULL CHECK (request ~ '^[0-9a-f]{32}$'),
  word text NOT NULL CHECK (word IN ('suspend', 'lift'))
);
CREATE TABLE public.redress_taken (
  signal bigint PRIMARY KEY REFERENCES public.redress_signal (id),
  outcome text NOT NULL CHECK (outcome IN ('taken', 'refused', 'unknown')),
  at bigint NOT NULL
);
CREATE TABLE public.redress_card (
  lookup text PRIMARY KEY CHECK (lookup ~ '^[0-9a-f]{32}$'),
  sealed bytea NOT NULL
);
CREATE TABLE public.redress_paper (
  lookup text PRIMARY KEY REFERENCES public.redress_card (lookup),
  sealing bytea NOT NULL,
  stream_kind text NOT NULL,
  stream_id text NOT NULL,
  version integer NOT NULL,
  digest text NOT NULL
);
CREATE INDEX redress_paper_of_stream ON public.redress_paper (stream_kind, stream_id);
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON public.redress_signal
  FOR EACH ROW EXECUTE FUNCTION cotejo_only_added();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.redress_signal
  FOR EACH STATEMENT EXECUTE FUNCTION cotejo_only_added();
CREATE FUNCTION cotejo_wake_worker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('cotejo_work', ''); RETURN NULL; END $$;
CREATE TRIGGER wakes_worker AFTER INSERT ON public.redress_signal
  FOR EACH STATEMENT EXECUTE FUNCTION cotejo_wake_worker();
"""
OFFICE = """
CREATE SCHEMA IF NOT EXISTS redress;
CREATE TABLE redress.officer (
  id text PRIMARY KEY,
  username text NOT NULL UNIQUE,
  name text NOT NULL,
  password text NOT NULL,
  factor bytea NOT NULL,
  last_code bigint NOT NULL,
  enrolment text NOT NULL,
  enrol_until bigint NOT NULL,
  failures integer NOT NULL,
  locked_until bigint NOT NULL,
  active boolean NOT NULL
);
CREATE TABLE redress.session (
  token text PRIMARY KEY,
  officer text NOT NULL REFERENCES redress.officer (id),
  until bigint NOT NULL,
  last_until bigint NOT NULL
);
CREATE TABLE redress.complaint (
  id text PRIMARY KEY,
  receipt text NOT NULL UNIQUE,
  request text NOT NULL,
  key bytea NOT NULL,
  open boolean NOT NULL
);
CREATE INDEX complaint_of_request ON redress.complaint (request) WHERE open;
CREATE TABLE redress.act (
  complaint text NOT NULL REFERENCES redress.complaint (id),
  version integer NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (complaint, version)
);
CREATE TABLE redress.document (
  id text PRIMARY KEY,
  complaint text NOT NULL REFERENCES redress.complaint (id),
  sealed bytea NOT NULL
);
CREATE FUNCTION redress.only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM redress.complaint WHERE id = OLD.complaint AND key = '') THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION redress.never_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a complaint does not go back' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON redress.act
  FOR EACH ROW EXECUTE FUNCTION redress.only_added();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON redress.document
  FOR EACH ROW EXECUTE FUNCTION redress.only_added();
CREATE TRIGGER never_back BEFORE UPDATE ON redress.complaint FOR EACH ROW
  WHEN (NEW.id <> OLD.id OR NEW.receipt <> OLD.receipt OR NEW.request <> OLD.request
    OR NEW.open AND NOT OLD.open OR NEW.key <> OLD.key AND (NEW.key <> '' OR OLD.open))
  EXECUTE FUNCTION redress.never_back();
CREATE TRIGGER never_gone BEFORE DELETE ON redress.complaint
  FOR EACH ROW EXECUTE FUNCTION redress.never_back();
"""
ROLES = {"app": "cotejo_app", "redress": "cotejo_redress"}
"""The names `cotejo.node.database.roles` gives."""
RIGHTS = {
    "app": (
        "REVOKE ALL ON public.redress_signal, public.redress_taken, public.redress_card, public.redress_paper FROM {}",
        "GRANT SELECT ON public.redress_signal TO {}",
        "GRANT SELECT, INSERT, UPDATE ON public.redress_taken, public.redress_card, public.redress_paper TO {}",
    ),
    "redress": (
        "GRANT INSERT ON public.redress_signal TO {}",
        "GRANT SELECT ON public.redress_card TO {}",
        "REVOKE ALL ON redress.officer, redress.session, redress.complaint, redress.act, redress.document FROM {}",
        "GRANT SELECT, INSERT, UPDATE ON redress.officer, redress.complaint TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON redress.session TO {}",
        "GRANT SELECT, INSERT, DELETE ON redress.act, redress.document TO {}",
    ),
}


def give_rights(apps, schema_editor):  # type: ignore[no-untyped-def]
    roles = ROLES | getattr(settings, "COTEJO_DATABASE_ROLES", {})
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY(%s)", [list(roles.values())])
        there = {name for (name,) in cursor.fetchall()}
        for use, lines in RIGHTS.items():
            if roles[use] in there:
                for line in lines:
                    cursor.execute(line.format(schema_editor.quote_name(roles[use])))


class Migration(migrations.Migration):
    dependencies = [("store", "0003_guards")]

    operations = [
        migrations.RunSQL(DOOR, migrations.RunSQL.noop),
        migrations.RunSQL(OFFICE, migrations.RunSQL.noop),
        migrations.RunPython(give_rights),
    ]
