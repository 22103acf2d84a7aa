"""`cotejo package`: files carried by hand between nodes without a link, and files a court can verify by itself.

1. `write` and `take` carry sealed messages and receipts; they do what the wire does and nothing else
   (`actions.carry`).
2. `export` takes one case out for a court; only an officer whose duty may take it out, and the log holds it.
3. `verify` needs no node, no database and no private key.
"""

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from cotejo.doors.cli.opening import HomeArgument
from cotejo.doors.cli.signing_officer import acting
from cotejo.doors.cli.speaking import Told, argument, both, language, option, refuse, refuse_reasons, say
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.proof.checkpoint import WitnessPolicy
from cotejo.proof.notes import NoteKey
from cotejo.proof.package_report import NotKeys, anchors_of, refusal, report
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Reason
from cotejo.rules.duties import Clockwork, Duty
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text

package_app = typer.Typer(
    help=both(
        "Files carried by hand: sealed messages for a partner without a link, and one case for a court.",
        "Archivos que se llevan a mano: mensajes sellados para una contraparte sin enlace, y un caso para un tribunal.",
    ),
    no_args_is_help=True,
)
NO_ROOM: Final = Text(
    "No more document parts can wait here; take the file again tomorrow. What was taken in before this stands.",
    "No caben más partes de documentos; reciba el archivo de nuevo mañana. Lo recibido antes queda.",
)


@package_app.command("write")
def write(
    home: HomeArgument,
    partner: Annotated[str, option("For which partner.", "Para qué contraparte.")],
    out: Annotated[
        Path,
        option("The file to write; it must not exist yet.", "El archivo que se escribe; todavía no debe existir."),
    ],
    since: Annotated[
        int,
        option(
            "Every message again from this number: the partner lost them.",
            "Todos los mensajes de nuevo desde este número: la contraparte los perdió.",
            "--from",
            min=0,
        ),
    ] = 0,
) -> None:
    """Write what waits for a partner into one file, sealed as for the wire. It waits on until its receipt comes.

    Escribe en un archivo lo que espera para una contraparte, sellado como para la línea. Sigue en espera hasta que
    llegue su acuse.
    """
    from cotejo.node.opened import database_for

    if out.exists():
        refuse(f"{out} exists. Name another file.", f"{out} ya existe. Indique otro archivo.")
    opened = Home.open(home)
    with database_for(opened, os.environ):
        from cotejo.node.assembly import assemble
        from cotejo.node.carrying import write_for

        node = assemble(opened)
        known = node.unit.partner(partner)
        if known is None:
            refuse(f"Not paired: {partner}.", f"Sin vincular: {partner}.")
        try:
            done = write_for(node, known, out, since=since, now=now())
        except ProofError as error:
            raise Told(_sentence(error)) from error
    left_en = f" {done.left} more do not fit; write another file when these have their receipts." if done.left else ""
    left_es = f" Otros {done.left} no caben; escriba otro archivo cuando estos tengan su acuse." if done.left else ""
    say(
        f"{out}: {done.messages} messages and {done.receipts} receipts for {partner}.{left_en}",
        f"{out}: {done.messages} mensajes y {done.receipts} acuses para {partner}.{left_es}",
    )


@package_app.command("take")
def take(
    home: HomeArgument,
    file: Annotated[
        Path,
        argument("A partner's file.", "El archivo de una contraparte.", exists=True, dir_okay=False),
    ],
) -> None:
    """Take in a partner's file as if it had come over the wire; taking it twice changes nothing.

    Recibe el archivo de una contraparte como si hubiera llegado por la línea; recibirlo dos veces no cambia nada.
    """
    from cotejo.node.opened import database_for

    opened = Home.open(home)
    with database_for(opened, os.environ), file.open("rb") as carried:
        from cotejo.actions.unit import Conflict
        from cotejo.node.assembly import assemble
        from cotejo.node.carrying import take_file
        from cotejo.node.wire.parts import PartRefused

        node, at = assemble(opened), now()
        try:
            done = take_file(node, carried, now=at)
        except (WireRefusal, ProofError) as problem:
            code, words = _named(problem)
            reasons = (Reason(code=code, text=words),)
            unit = node.unit
            unit.note_refusal(
                who=Clockwork(), purpose=Purpose.EXCHANGE, subject="partner:file", reasons=reasons, now=at
            )
            raise Told(words) from problem
        except PartRefused as problem:
            raise Told(NO_ROOM) from problem
        except Conflict as problem:
            raise Told(_BUSY) from problem
    say(
        f"From {done.partner}: {done.taken} messages taken in, {done.repeated} known before, "
        f"{done.receipts} receipts noted. Write a file back, so that {done.partner} gets its receipts.",
        f"De {done.partner}: {done.taken} mensajes recibidos, {done.repeated} ya conocidos, "
        f"{done.receipts} acuses anotados. Escriba un archivo de vuelta, para que {done.partner} reciba sus acuses.",
    )
    if done.stopped is not None:
        en, es = _named(done.stopped)[1].en, _named(done.stopped)[1].es
        raise Told(Text(f"Message {done.stopped_at}: {en}", f"Mensaje {done.stopped_at}: {es}"))


@package_app.command("export")
def export(
    home: HomeArgument,
    request: Annotated[str, option("The request's id.", "El identificador de la solicitud.")],
    partner: Annotated[str, option("The other node.", "El otro nodo.")],
    by: Annotated[
        str,
        option("User name of the officer who takes it out.", "Nombre de usuario de la persona que lo saca."),
    ],
    duty: Annotated[
        Duty,
        option(
            "In which duty: a code that `cotejo officer duties` lists.",
            "En qué función: un código de los que enumera `cotejo officer duties`.",
            metavar=both("DUTY", "FUNCIÓN"),
        ),
    ],
    out: Annotated[
        Path,
        option("The file to write; it must not exist yet.", "El archivo que se escribe; todavía no debe existir."),
    ],
) -> None:
    """Take one case out for a court: what was signed, exactly as it was signed, and what shows that it was.

    Saca un caso para un tribunal: lo que se firmó, exactamente como se firmó, y lo que muestra que así fue.
    """
    from cotejo.node.opened import database_for

    if out.exists():
        refuse(f"{out} exists. Name another file.", f"{out} ya existe. Indique otro archivo.")
    opened = Home.open(home)
    with database_for(opened, os.environ):
        from cotejo.node.assembly import assemble
        from cotejo.node.disclosing import case_named, disclose_case

        node, who = assemble(opened), acting(by, duty)
        case = case_named(node, request, partner)
        if case is None:
            refuse(
                f"There is no request {request} to or from {partner} here.",
                f"Aquí no hay una solicitud {request} para {partner} ni de {partner}.",
            )
        try:
            reason = disclose_case(node, case, partner, out, who=who, now=now())
        except ProofError as error:
            raise Told(_sentence(error)) from error
        if reason is not None:
            refuse_reasons((reason,))
    say(
        f"{out}: the case as it was signed. Anybody can check it: cotejo package verify {out}",
        f"{out}: el caso tal como se firmó. Cualquiera puede comprobarlo: cotejo package verify {out}",
    )


@package_app.command("verify")
def verify(
    file: Annotated[Path, argument("A package file.", "Un archivo de paquete.")],
    keys: Annotated[
        list[Path] | None,
        option(
            "A key document you have from elsewhere; may be repeated.",
            "Un documento de claves que usted tiene por otra vía; se puede repetir.",
        ),
    ] = None,
    witness: Annotated[
        list[str] | None,
        option("A witness's key; may be repeated.", "La clave de un testigo; se puede repetir."),
    ] = None,
    quorum: Annotated[
        int,
        option(
            "How many of them must have confirmed; 0: all.", "Cuántos de ellos deben haber confirmado; 0: todos.", min=0
        ),
    ] = 0,
) -> None:
    """Check a package file with public keys alone, and say what it shows and what it does not.

    Comprueba un archivo de paquete solo con claves públicas y dice qué muestra y qué no.
    """
    named = tuple(_witness_key(each) for each in witness or ())
    try:
        policy = WitnessPolicy.asked(named, quorum)
        anchors = anchors_of([(each.name, each.read_bytes()) for each in keys or ()])
        with file.open("rb") as opened:
            found = report(opened, anchors=anchors, policy=policy)
    except NotKeys as error:
        raise Told(Text(*error.sentence)) from error
    except OSError as error:
        refuse(f"{error.filename} cannot be read.", f"No se puede leer {error.filename}.")
    except ProofError as error:
        raise Told(Text(*refusal(error))) from error
    for line in found.lines(spanish=language() == "es"):
        typer.echo(line)


_BUSY: Final = Text(
    "Others are changing what this file is about. Take it again; nothing happens twice.",
    "Otras personas están modificando lo que trata este archivo. Recíbalo de nuevo; nada ocurre dos veces.",
)


def _witness_key(text: str) -> NoteKey:
    try:
        return NoteKey.from_text(text)
    except ProofError:
        refuse(
            f"This is no witness's key (name+hash+key): {text[:100]}",
            f"Esto no es la clave de un testigo (nombre+huella+clave): {text[:100]}",
        )


def _named(problem: WireRefusal | ProofError) -> tuple[str, Text]:
    if isinstance(problem, ProofError):
        return f"package.{problem.reason.code}", _sentence(problem)
    words = problem.reason.value
    if problem.reason is WireReason.GAP:
        number = problem.expected
        words = Text(
            f"{words.en} Ask the partner for a file written with --from {number}.",
            f"{words.es} Pida a la contraparte un archivo escrito con --from {number}.",
        )
    return f"package.{problem.reason.code}", words


def _sentence(error: ProofError) -> Text:
    more = f" ({error.detail})" if error.detail else ""
    return Text(f"{error.reason.en}{more}", f"{error.reason.es}{more}")
