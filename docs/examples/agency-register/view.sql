-- An agency's own register as a view that a node reads, and a role that may read it and nothing else.
-- Run it as the owner of the register's database; names on the left are the agency's own.
--   psql -v password="'...'" -f view.sql

CREATE TABLE IF NOT EXISTS padron (
  numero bigint PRIMARY KEY,
  nombres text NOT NULL,
  apellido_paterno text NOT NULL DEFAULT '',
  apellido_materno text NOT NULL DEFAULT '',
  nacido date,
  sexo char(1),
  municipio text,
  dui text,
  padre text,
  madre text,
  modificado timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The column that says what changed grows by itself, whoever changes a row.
CREATE OR REPLACE FUNCTION padron_modificado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.modificado := clock_timestamp();
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER modificado BEFORE INSERT OR UPDATE ON padron
  FOR EACH ROW EXECUTE FUNCTION padron_modificado();
CREATE INDEX IF NOT EXISTS padron_por_modificado ON padron (modificado);

-- Only what is compared: no address, no photograph, no other column of the register.
CREATE SCHEMA IF NOT EXISTS para_cotejo;
CREATE OR REPLACE VIEW para_cotejo.padron AS
  SELECT numero, nombres, btrim(apellido_paterno || ' ' || apellido_materno) AS apellidos,
         nacido, sexo, municipio, dui, padre, madre, modificado
  FROM public.padron;

CREATE ROLE cotejo_lee LOGIN PASSWORD :password NOSUPERUSER NOCREATEDB NOCREATEROLE;
GRANT USAGE ON SCHEMA para_cotejo TO cotejo_lee;
GRANT SELECT ON para_cotejo.padron TO cotejo_lee;
