"""`cotejo agreement`: drafting the terms two agencies will sign, and signing them with a node's root key.

1. A draft is one JSON text of all terms; durations in it are milliseconds. Whoever signs sees the terms in words first.
2. Both parties sign the same terms; the two signatures together are the agreement (`cotejo pair --agreement`, twice).
3. Terms looser than the law are refused when drafted and when signed (F62).
"""

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from cotejo.doors.cli import agreement_options as options
from cotejo.doors.cli.opening import Doors, HomeArgument, Signer
from cotejo.doors.cli.speaking import argument, both, option, refuse, refuse_reasons, say
from cotejo.exchange.agreements import agreement_bytes, read_terms, sign_agreement
from cotejo.proof import exact
from cotejo.proof.key_document import KeyDocument, open_key_document
from cotejo.proof.keys import Purpose
from cotejo.proof.notes import NoteKey
from cotejo.proof.refusals import ProofError
from cotejo.rules.agreement import (
    KEPT_MONTHS,
    Agreement,
    HandoverTerms,
    Lifetimes,
    RenewableAgreement,
    looser_than_caps,
)
from cotejo.rules.agreement_words import terms_of
from cotejo.rules.facts import DataClass, Handling, Route

LARGEST: Final = 64 * 1024
PURPOSES: Final = ("criminal_justice",)


def agreement_app(doors: Doors) -> typer.Typer:
    """Return the commands about agreements."""
    app = typer.Typer(
        help=both(
            "The terms two agencies sign before anything is exchanged.",
            "Los términos que dos entidades firman antes de intercambiar nada.",
        ),
        no_args_is_help=True,
    )

    @app.command("draft")
    def draft(
        home: HomeArgument,
        partner: Annotated[
            Path,
            option(
                "The partner's key document.", "El documento de claves de la contraparte.", exists=True, dir_okay=False
            ),
        ],
        profiles: Annotated[
            tuple[str, str],
            option(
                "The law of this node and of the partner: sv, us.",
                "La ley de este nodo y la de la contraparte: sv, us.",
            ),
        ],
        out: Annotated[Path, option("Where to write the draft.", "Dónde se escribe el borrador.")],
        valid_for: Annotated[int, options.VALID_FOR] = "365d",  # type: ignore[assignment] # typer parses the default
        ceiling_per_month: Annotated[int, options.CEILING] = 100,
        reading: Annotated[int, options.READING] = "24h",  # type: ignore[assignment]
        administrative: Annotated[int, options.ADMINISTRATIVE] = "1h",  # type: ignore[assignment]
        grave: Annotated[int, options.GRAVE] = "10m",  # type: ignore[assignment]
        answer_every: Annotated[int, options.ANSWER_EVERY] = "30d",  # type: ignore[assignment]
        sweep_every: Annotated[int, options.SWEEP_EVERY] = "24h",  # type: ignore[assignment]
        package_validity: Annotated[int, options.PACKAGE_VALIDITY] = "7d",  # type: ignore[assignment]
        skew: Annotated[int, options.SKEW] = "5m",  # type: ignore[assignment]
        kept_months: Annotated[int, options.KEPT] = KEPT_MONTHS,
        sealed_months: Annotated[int, options.SEALED] = 0,
        data: Annotated[list[DataClass] | None, options.DATA] = None,
        handling: Annotated[list[Handling] | None, options.HANDLING] = None,
        arrival: Annotated[int, options.ARRIVAL] = "24h",  # type: ignore[assignment]
        before_judge: Annotated[int, options.BEFORE_JUDGE] = "72h",  # type: ignore[assignment]
        custody_every: Annotated[int, options.CUSTODY_EVERY] = "30d",  # type: ignore[assignment]
        told: Annotated[int, options.TOLD] = "24h",  # type: ignore[assignment]
        standing_recipient: Annotated[list[str] | None, options.STANDING] = None,
        witness: Annotated[list[str] | None, options.WITNESS] = None,
    ) -> None:
        """Write the terms down, every one within what the law allows.

        Redacta los términos, cada uno dentro de lo que permite la ley.
        """
        signer = doors.keys(home)
        terms = RenewableAgreement(
            hash="",
            parties=(signer.document.name, read_partner(partner).name),
            purposes=PURPOSES,
            routes=tuple(Route),
            valid_from=signer.now,
            dates_from=signer.now,
            valid_until=signer.now + valid_for,
            ceiling_per_month=ceiling_per_month,
            lifetimes=Lifetimes(reading=reading, administrative=administrative, grave=grave),
            answer_every=answer_every,
            sweep_every=sweep_every,
            handover=HandoverTerms(arrival=arrival, before_judge=before_judge, custody_every=custody_every, told=told),
            package_validity=package_validity,
            skew=skew,
            profiles=profiles,
            kept_months=kept_months,
            sealed_months=sealed_months,
            data=tuple(dict.fromkeys(data or DataClass)),
            handling=tuple(sorted(set(handling or Handling))),
            standing_recipients=tuple(sorted(set(standing_recipient or ()))),
            witnesses=tuple(sorted({witness_key(each) for each in witness or ()})),
        )
        if loose := looser_than_caps(terms):
            refuse_reasons(loose)
        out.write_text(json.dumps(json.loads(agreement_bytes(terms)), indent=2, ensure_ascii=False) + "\n")
        say(
            f"The draft is in {out}. Both parties sign this text.",
            f"El borrador está en {out}. Ambas partes lo firman.",
        )

    @app.command("sign")
    def sign(
        home: HomeArgument,
        terms: Annotated[Path, argument("The draft.", "El borrador.", exists=True, dir_okay=False)],
        out: Annotated[
            Path,
            option("Where to write this node's signature.", "Dónde se escribe la firma de este nodo."),
        ],
    ) -> None:
        """Show the terms in words and sign them with this node's root key.

        Muestra los términos en palabras y los firma con la clave raíz de este nodo.
        """
        signer = doors.keys(home)
        agreement = read_draft(terms)
        _check(agreement, signer)
        for name, value in terms_of(agreement):
            say(f"{name.en}: {value.en}", f"{name.es}: {value.es}")
        out.write_bytes(sign_agreement(agreement, signer.root) + b"\n")
        say(f"Signed; give {out} to the partner.", f"Firmado; entregue {out} a la contraparte.")

    return app


def read_partner(path: Path) -> KeyDocument:
    """Read a partner's key document from a file. Raises `Told` in plain words."""
    try:
        return open_key_document(path.read_bytes().strip())
    except (ProofError, OSError):
        refuse(f"{path} is no key document.", f"{path} no es un documento de claves.")


def witness_key(text: str) -> str:
    """Return a witness's key as an agreement names it; ends the command when it is none."""
    try:
        key = NoteKey.from_text(text)
    except ProofError:
        refuse(f"Not a key (name+hash+key): {text[:100]}", f"No es una clave (nombre+huella+clave): {text[:100]}")
    if key.key.purpose is not Purpose.WITNESS:
        refuse(f"{key.name} is the key of a log, not of a witness.", f"{key.name} es la clave de un registro.")
    return key.text()


def read_draft(path: Path) -> Agreement:
    """Read a draft, in whichever form; ends the command when it is none."""
    try:
        return read_terms(exact.to_bytes(json.loads(path.read_text(encoding="utf-8"))))
    except (ValueError, OSError, ProofError, RecursionError):
        refuse(f"{path} is no draft of an agreement.", f"{path} no es un borrador de acuerdo.")


def _check(terms: Agreement, signer: Signer) -> None:
    if loose := looser_than_caps(terms):
        refuse_reasons(loose)
    if signer.document.name not in terms.parties:
        refuse(
            f"{signer.document.name} is not a party to this agreement.",
            f"{signer.document.name} no es parte de este acuerdo.",
        )
    if terms.hash or not terms.valid_from < terms.valid_until:
        refuse(
            "The draft cannot be signed: it carries a hash, or ends before it begins.",
            "El borrador no se puede firmar: lleva un resumen o termina antes de empezar.",
        )
