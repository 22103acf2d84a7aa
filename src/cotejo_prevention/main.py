"""The command `cotejo-prevention`: make an installation, serve it, add staff, erase, give out counts.

Passwords are asked for, or read from standard input; they never stand on the command line.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from cotejo_prevention import database, home, programmes, referrals, tally
from cotejo_prevention.problems import CannotContinue
from cotejo_speaking.two_languages import InTwoLanguages, argument, both, option

app = typer.Typer(
    help=both(
        "A prevention installation: make it, serve it, add staff, erase, give out counts. Passwords are asked for, or "
        "read from standard input; they never stand on the command line.",
        "Una instalación de prevención: crearla, servir sus páginas, añadir personal, borrar, entregar recuentos. Las "
        "contraseñas se piden, o se leen de la entrada estándar; nunca van en la línea de órdenes.",
    ),
    cls=InTwoLanguages,
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Folder = Annotated[Path, argument("Folder of this installation.", "Carpeta de esta instalación.")]

# Invented tallies of the half-year before, so that a demonstration has figures to show.
INVENTED_TALLIES = {
    tally.Event.REFERRED: 143,
    tally.Event.STARTED: 118,
    tally.Event.STARTED_IN_30_DAYS: 97,
    tally.Event.COMPLETED: 76,
    tally.Event.WITHDRAWN: 6,
}
_THREADS = 4  # a handful of desks and telephones
_HALF_YEAR_MS = 184 * referrals.DAY_MS


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn a problem into its sentence and a non-zero exit."""
    try:
        yield
    except CannotContinue as problem:
        print(problem, file=sys.stderr)
        raise typer.Exit(1) from problem


def now() -> int:
    """Read the clock, in milliseconds UTC, once per command."""
    return time.time_ns() // 1_000_000


@app.command()
def init(
    folder: Folder,
    world: Annotated[
        str,
        option("real, or invented for a demonstration.", "`real`, o `invented` para una demostración."),
    ] = "real",
) -> None:
    """Make an installation in a new folder: database, keys, an empty directory of programmes.

    Crea una instalación en una carpeta nueva: base de datos, claves, una lista de programas vacía.
    """
    with in_plain_words():
        made = home.create(folder, world=world)
        database.create_tables(made)
        made.programmes.write_text(programmes.starting_list(made.world), "utf-8")
        if made.invented:
            with database.transaction(made) as connection:
                for event, n in INVENTED_TALLIES.items():
                    tally.count(connection, event, now=now() - _HALF_YEAR_MS, n=n)
        print(f"Made {folder}. Next: cotejo-prevention staff-add {folder} NAME; then cotejo-prevention serve {folder}")


@app.command("staff-add")
def staff_add(
    folder: Folder,
    name: Annotated[str, argument("User name of the worker.", "Nombre de usuario de quien trabaja aquí.")],
) -> None:
    """Make an account, or set a new password for an existing one and end its sessions.

    Crea una cuenta, o fija una contraseña nueva para una existente y termina sus sesiones.
    """
    with in_plain_words():
        found = home.open_home(folder)
        _load_settings(folder)
        from cotejo_prevention import staff

        password = (
            typer.prompt("Password", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        )
        staff.add(found, name, password)
        print(f"{name} can sign in.")


@app.command()
def erase(
    folder: Folder,
    code: Annotated[
        str | None,
        argument(
            "Code on the person's paper; without it, what is due.",
            "Código del papel de la persona; si falta, lo que ya venció.",
        ),
    ] = None,
) -> None:
    """Erase the referral of a code and print the certificate; without a code, whatever is too old.

    Borra la remisión de un código e imprime el certificado; sin un código, todo lo que es demasiado antiguo.
    """
    with in_plain_words():
        found = home.open_home(folder)
        moment = now()
        if code is None:
            print(f"Erased: {referrals.settle(found, now=moment)}")
            return
        certificate = referrals.withdraw(found, referrals.id_of(code), now=moment)
        if certificate is None:
            raise CannotContinue("Nothing is kept under that code. If it was used before, it is already erased.")
        print("CERTIFICATE OF WITHDRAWAL / CERTIFICADO DE RETIRO")
        print(f"Number / Número: {certificate.referral_id}")
        print("The key was destroyed and the referral erased. / La clave fue destruida y la remisión, borrada.")


@app.command()
def counts(
    folder: Folder,
    out: Annotated[
        Path,
        argument("File to write, for the public portal.", "Archivo que se escribe, para el portal público."),
    ],
) -> None:
    """Write the rounded counts of half-years that are over: the only thing that ever leaves.

    Escribe los recuentos redondeados de los semestres terminados: lo único que sale de aquí.
    """
    with in_plain_words():
        found = home.open_home(folder)
        figures = tally.figures(found, programmes.read(found.programmes), now=now())
        out.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", "utf-8")
        print(f"Wrote {out}.")


@app.command()
def serve(
    folder: Folder,
    host: Annotated[str, option("Address to listen on.", "Dirección en que escucha.")] = "127.0.0.1",
    port: Annotated[int, option("Port to listen on.", "Puerto en que escucha.")] = 8600,
    names: Annotated[
        str,
        option(
            "Host names people type, separated by commas.",
            "Nombres de equipo que la gente escribe, separados por comas.",
        ),
    ] = "127.0.0.1,localhost",
    certificate: Annotated[
        Path | None, option("TLS certificate chain, PEM.", "Cadena de certificados TLS, PEM.")
    ] = None,
    key: Annotated[Path | None, option("TLS private key, PEM.", "Clave privada TLS, PEM.")] = None,
) -> None:
    """Serve the pages until stopped. On any address but this machine's own, only over TLS.

    Sirve las páginas hasta que se detenga. En cualquier dirección que no sea de esta máquina, solo por TLS.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    with in_plain_words():
        found = home.open_home(folder)
        tls = certificate is not None and key is not None
        if not tls and not ip_address(host).is_loopback:
            raise CannotContinue(f"{host} can be reached from other machines: give --certificate and --key.")
        programmes.read(found.programmes)
        referrals.settle(found, now=now())
        _load_settings(folder, names=names, tls=tls)
        server = Granian(
            "cotejo_prevention.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            log_access=False,
            log_level=LogLevels.warning,
            blocking_threads=_THREADS,
            ssl_cert=certificate,
            ssl_key=key,
        )
        print(f"http{'s' if tls else ''}://{host}:{port}/", flush=True)
        server.serve()


def _load_settings(folder: Path, *, names: str = "127.0.0.1,localhost", tls: bool = False) -> None:
    os.environ["COTEJO_PREVENTION_HOME"] = str(folder.resolve())
    os.environ["COTEJO_PREVENTION_HOSTS"] = names
    os.environ["COTEJO_PREVENTION_TLS"] = "1" if tls else "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = "cotejo_prevention.settings"


if __name__ == "__main__":
    app()
