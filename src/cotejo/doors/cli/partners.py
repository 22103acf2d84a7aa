"""`cotejo key-document`, `cotejo pair`, `cotejo partner list`: two nodes come to know each other.

The two people in charge exchange key documents by any way, call each other on a number they know, and each reads the
fingerprint of their own node aloud while the other types what is heard.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cotejo.actions.laws import partner_state
from cotejo.actions.pair import Papers, agreed, pair
from cotejo.actions.rehearse import begin_rehearsal
from cotejo.actions.say_again import say_again
from cotejo.actions.unit import Partner
from cotejo.doors.cli.agreements import read_partner
from cotejo.doors.cli.opening import Doors, HomeArgument, Opened
from cotejo.doors.cli.signing_officer import acting
from cotejo.doors.cli.speaking import Told, argument, both, option, refuse, refuse_reasons, say
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Refused
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text


def key_document(doors: Doors, home: Path, out: Path | None) -> None:
    """Print this node's key document, or write it to a file, and its fingerprint."""
    signer = doors.keys(home)
    if out is None:
        typer.echo(signer.signed_document.decode())
    else:
        out.write_bytes(signer.signed_document + b"\n")
    say(f"Fingerprint: {signer.document.fingerprint()}", f"Huella: {signer.document.fingerprint()}")


def pair_command(doors: Doors, home: Path, *, document: Path, agreement: list[Path], fingerprint: str, by: str) -> None:
    """Pair with the node of these papers. Raises `Told`."""
    read_partner(document)
    papers = Papers(
        key_document=document.read_text(encoding="utf-8").strip(),
        agreement=tuple(path.read_bytes().strip() for path in agreement),
        read_aloud=fingerprint,
    )
    with doors.node(home) as node:
        who = acting(by, Duty.PARTNERS)
        try:
            done = pair(node.unit, papers, own=node.signer.document, who=who, now=node.now)
        except ProofError as error:
            raise Told(Text(f"{error.reason.en} ({error.detail})", f"{error.reason.es} ({error.detail})")) from error
        if isinstance(done, Refused):
            refuse_reasons(done.reasons)
        _keep(node, papers, document)
    say(
        "Paired. The link opens for requests once a rehearsal has passed both ways.",
        "Vinculado. El enlace se abre a solicitudes cuando un ensayo termine en ambos sentidos.",
    )


def _keep(node: Opened, papers: Papers, document: Path) -> None:
    """Keep the partner beside its act, so that a running node lets it in."""
    partner = read_partner(document)
    made = Partner(
        name=partner.name,
        agreements=(agreed(papers.agreement, own=node.signer.document, partner=partner),),
        key_document=papers.key_document,
        sequence_in=0,
        sequence_out=0,
        last_in="",
        last_out="",
    )
    node.unit.pair(made, agreement_signed=b"\n".join(papers.agreement), now=node.now)


def partner_app(doors: Doors) -> typer.Typer:
    """Return the commands about partners."""
    app = typer.Typer(
        help=both("The nodes this one is paired with.", "Los nodos con que este está vinculado."), no_args_is_help=True
    )

    @app.command("list")
    def list_partners(home: HomeArgument) -> None:
        """List the partners, how far both directions have come, and what waits.

        Enumera las contrapartes, hasta dónde llegó cada sentido y qué espera.
        """
        with doors.node(home) as node:
            from cotejo.store.queue import partners_with_mail

            waiting = set(partners_with_mail())
            partners = node.unit.partners()
            for each in partners:
                until = datetime.fromtimestamp(each.agreements[-1].valid_until / 1000, UTC).date()
                mail_en, mail_es = (", messages wait", ", hay mensajes en espera") if each.name in waiting else ("", "")
                paused_en, paused_es = (", paused", ", en pausa") if each.paused else ("", "")
                closed = not partner_state(node.unit, each.name).rehearsal.open
                closed_en, closed_es = (", not open for requests yet", ", aún sin solicitudes") if closed else ("", "")
                say(
                    f"{each.name}: agreement until {until}, received {each.sequence_in}, sent {each.sequence_out}"
                    f"{mail_en}{paused_en}{closed_en}",
                    f"{each.name}: acuerdo hasta {until}, recibidos {each.sequence_in}, enviados {each.sequence_out}"
                    f"{mail_es}{paused_es}{closed_es}",
                )
            if not partners:
                say("No partner yet.", "Aún no hay contrapartes.")

    @app.command("rehearse")
    def rehearse(
        home: HomeArgument,
        name: Annotated[str, argument("Which partner.", "Qué contraparte.")],
        by: Annotated[
            str,
            option(
                "Who answers for it: an account in partner relations.",
                "Quién responde por ello: una cuenta de relaciones con contrapartes.",
            ),
        ],
    ) -> None:
        """Send the invented record through the link again; `cotejo check` says how it goes.

        Envía otra vez el registro inventado por el enlace; `cotejo check` dice cómo va.
        """
        with doors.node(home) as node:
            partner = node.unit.partner(name)
            if partner is None:
                refuse(f"Not paired: {name}.", f"Sin vincular: {name}.")
            done = begin_rehearsal(node.unit, partner, who=acting(by, Duty.PARTNERS), now=node.now)
            if isinstance(done, Refused):
                refuse_reasons(done.reasons)
        say("The rehearsal has begun.", "El ensayo comenzó.")

    @app.command("say-again")
    def say_again_command(
        home: HomeArgument,
        name: Annotated[
            str,
            argument("Which partner; its program was upgraded.", "Qué contraparte; su programa fue actualizado."),
        ],
        by: Annotated[
            str,
            option(
                "Who answers for it: an account in partner relations.",
                "Quién responde por ello: una cuenta de relaciones con contrapartes.",
            ),
        ],
    ) -> None:
        """Say again what the partner's program did not understand and what holds for good.

        Repite lo que el programa de la contraparte no entendió y vale para siempre.
        """
        with doors.node(home) as node:
            from cotejo.store.again import said_again

            if node.unit.partner(name) is None:
                refuse(f"Not paired: {name}.", f"Sin vincular: {name}.")
            again = said_again(node.unit, name)
            done = say_again(node.unit, name, again, who=acting(by, Duty.PARTNERS), now=node.now)
            if isinstance(done, Refused):
                refuse_reasons(done.reasons)
            say(f"Said again: {len(again)} messages.", f"Repetidos: {len(again)} mensajes.")

    @app.command("try-again")
    def try_again(
        home: HomeArgument,
        name: Annotated[
            list[str] | None,
            argument("Which partners; all when none is named.", "Qué contrapartes; todas si no se nombra ninguna."),
        ] = None,
    ) -> None:
        """Try what waits for a partner at once: the line to it works again.

        Intenta enseguida enviar lo que espera para una contraparte: la línea vuelve a funcionar.
        """
        with doors.node(home) as node:
            from cotejo.store.queue import partners_with_mail, try_again_now

            known = {each.name for each in node.unit.partners()}
            if unknown := sorted(set(name or ()) - known):
                listed = ", ".join(unknown)
                refuse(f"Not paired: {listed}.", f"Sin vincular: {listed}.")
            for each in partners_with_mail():
                if not name or each in name:
                    try_again_now(each, now=node.now)

    return app
