"""`cotejo agreement renew|end|show|offer|accept|adopt`: the next agreement with a paired node, or the end of the last.

1. A draft begins as the newest agreement stands; every option changes one term. Its dates go on from the ones before.
2. Two people answer for a signature: one in partner relations and one of the oversight body. What the partner signed is
   accepted by the number of its terms, so that nobody signs what was not read.
3. Signatures go through the line; as files they serve when no agreement is in force.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from cotejo.actions.laws import partner_state
from cotejo.actions.renew import adopt_terms, sign_terms
from cotejo.actions.unit import Committed
from cotejo.doors.cli import agreement_options as options
from cotejo.doors.cli.agreements import read_draft, witness_key
from cotejo.doors.cli.opening import Doors, HomeArgument, Opened
from cotejo.doors.cli.signing_officer import acting
from cotejo.doors.cli.speaking import argument, language, option, refuse, refuse_reasons, say
from cotejo.exchange.agreements import agreement_bytes, require_signable
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis, Refused
from cotejo.rules.agreement import (
    Agreement,
    HandoverTerms,
    Lifetimes,
    RenewableAgreement,
    in_turn,
    looser_than_caps,
)
from cotejo.rules.agreement_words import changes_of, terms_of
from cotejo.rules.dates import iso_day
from cotejo.rules.duties import Duty
from cotejo.rules.facts import DataClass, Handling, Route
from cotejo.rules.partner import PartnerState
from cotejo.rules.succession import against_following, following, shortest_closing
from cotejo.rules.words import Text

SHORT: Final = 16
"""Characters of the terms' hash that name them to people."""

PartnerArgument = Annotated[str, argument("Which partner.", "Qué contraparte.")]
ByOption = Annotated[
    str,
    option(
        "Who signs for it: an account in partner relations.",
        "Quién lo firma: una cuenta de relaciones con contrapartes.",
    ),
]
ApprovedOption = Annotated[
    str,
    option(
        "Who approves it: an account in oversight.",
        "Quién lo aprueba: una cuenta del órgano de supervisión.",
        "--approved-by",
    ),
]
OutOption = Annotated[Path, option("Where to write the draft.", "Dónde se escribe el borrador.")]


def add_renewing(app: typer.Typer, doors: Doors) -> None:
    """Add the commands about what follows an agreement."""
    _add_drafts(app, doors)
    _add_signatures(app, doors)


def _add_drafts(app: typer.Typer, doors: Doors) -> None:
    @app.command("renew")
    def renew(
        home: HomeArgument,
        partner: PartnerArgument,
        out: OutOption,
        begins_in: Annotated[int, options.BEGINS_IN] = "7d",  # type: ignore[assignment] # as in a first draft
        valid_for: Annotated[int, options.VALID_FOR] = "365d",  # type: ignore[assignment] # as in a first draft
        ceiling_per_month: Annotated[int | None, options.CEILING] = None,
        reading: Annotated[int | None, options.READING] = None,
        administrative: Annotated[int | None, options.ADMINISTRATIVE] = None,
        grave: Annotated[int | None, options.GRAVE] = None,
        answer_every: Annotated[int | None, options.ANSWER_EVERY] = None,
        sweep_every: Annotated[int | None, options.SWEEP_EVERY] = None,
        package_validity: Annotated[int | None, options.PACKAGE_VALIDITY] = None,
        arrival: Annotated[int | None, options.ARRIVAL] = None,
        before_judge: Annotated[int | None, options.BEFORE_JUDGE] = None,
        custody_every: Annotated[int | None, options.CUSTODY_EVERY] = None,
        told: Annotated[int | None, options.TOLD] = None,
        kept_months: Annotated[int | None, options.KEPT] = None,
        sealed_months: Annotated[int | None, options.SEALED] = None,
        route: Annotated[list[Route] | None, options.ROUTES] = None,
        data: Annotated[list[DataClass] | None, options.DATA] = None,
        handling: Annotated[list[Handling] | None, options.HANDLING] = None,
        standing_recipient: Annotated[
            list[str] | None,
            option(
                "A standing recipient; repeat it for each, an empty one for none.",
                "Un destinatario permanente; se repite para cada uno, y vacío para ninguno.",
            ),
        ] = None,
        witness: Annotated[list[str] | None, options.WITNESS] = None,
    ) -> None:
        """Draft the agreement that is to follow the newest one: what is not given stays; a list given replaces the old.

        Redacta el acuerdo que seguirá al más reciente: lo que no se indica sigue igual; una lista que se indica
        sustituye a la anterior.
        """
        with doors.node(home) as node:
            earlier = _known(node, partner).agreements[-1]
            life, hand = earlier.lifetimes, earlier.handover
            changed = _given(
                ceiling_per_month=ceiling_per_month,
                answer_every=answer_every,
                sweep_every=sweep_every,
                package_validity=package_validity,
                kept_months=kept_months,
                sealed_months=sealed_months,
                routes=tuple(dict.fromkeys(route)) if route else None,
                data=tuple(dict.fromkeys(data)) if data else None,
                handling=tuple(sorted(set(handling))) if handling else None,
                standing_recipients=tuple(sorted({*standing_recipient} - {""})) if standing_recipient else None,
                witnesses=tuple(sorted({witness_key(each) for each in witness})) if witness else None,
                lifetimes=_but(life, reading=reading, administrative=administrative, grave=grave),
                handover=_but(hand, arrival=arrival, before_judge=before_judge, custody_every=custody_every, told=told),
            )
            begins = max(node.now + begins_in, earlier.valid_from + 1)
            _write(out, earlier, following(earlier, begins, begins + valid_for, **changed))

    @app.command("end")
    def end(
        home: HomeArgument,
        partner: PartnerArgument,
        out: OutOption,
        begins_in: Annotated[int, options.BEGINS_IN] = "7d",  # type: ignore[assignment] # as in a first draft
        lasts: Annotated[int | None, options.LASTS] = None,
    ) -> None:
        """Draft the end of the agreement: everything is withdrawn when it begins, swept and erased until it is over.

        Redacta el fin del acuerdo: todo se retira cuando comienza, y se completa y se suprime hasta que termina.
        """
        with doors.node(home) as node:
            earlier = _known(node, partner).agreements[-1]
            begins = max(node.now + begins_in, earlier.valid_from + 1)
            until = begins + (shortest_closing(earlier) if lasts is None else lasts)
            _write(out, earlier, following(earlier, begins, until, routes=(), data=()))

    @app.command("show")
    def show(home: HomeArgument, partner: PartnerArgument) -> None:
        """Show the agreement in force, what is agreed to follow it, and what one side signed.

        Muestra el acuerdo vigente, el acordado a continuación y lo que firmó una sola parte.
        """
        with doors.node(home) as node:
            state = _known(node, partner)
            turn = in_turn(state.agreements, node.now)
            for each in state.agreements[state.agreements.index(turn) :]:
                _say_terms(*_standing(each, turn, node.now), each)
            theirs, ours, both = state.renewal.theirs, state.renewal.ours, state.renewal.signed_by_both
            if theirs is not None and not both:
                _say_terms(f"Signed by {partner}, not here", f"Firmado por {partner}, aquí no", theirs.terms)
                _say_changes(state.agreements[-1], theirs.terms)
            if ours is not None and both:
                en, es = (
                    f"Signed by both, {partner} tells it next",
                    f"Firmado por ambas, falta que {partner} lo comunique",
                )
                _say_terms(en, es, ours.terms)
            elif ours is not None:
                _say_terms(f"Signed here, not by {partner}", f"Firmado aquí, no por {partner}", ours.terms)


def _add_signatures(app: typer.Typer, doors: Doors) -> None:
    @app.command("offer")
    def offer(
        home: HomeArgument,
        partner: PartnerArgument,
        draft: Annotated[Path, argument("The draft.", "El borrador.", exists=True, dir_okay=False)],
        by: ByOption,
        approved_by: ApprovedOption,
    ) -> None:
        """Sign a draft with this node's root key and send the signature to the partner.

        Firma un borrador con la clave raíz de este nodo y envía la firma a la contraparte.
        """
        with doors.node(home) as node:
            _sign(node, partner, _draft(draft), by=by, approved_by=approved_by)

    @app.command("accept")
    def accept(
        home: HomeArgument,
        partner: PartnerArgument,
        terms: Annotated[
            str,
            option(
                "The number of the terms, as the page or `show` names them.",
                "El número de los términos, como lo dan la página o `show`.",
            ),
        ],
        by: ByOption,
        approved_by: ApprovedOption,
    ) -> None:
        """Sign what the partner signed.

        Firma lo que firmó la contraparte.
        """
        with doors.node(home) as node:
            theirs = _known(node, partner).renewal.theirs
            if theirs is None or len(terms) < SHORT or not theirs.terms.hash.startswith(terms):
                refuse(
                    f"{partner} offers no such terms. See: cotejo agreement show",
                    f"{partner} no ofrece esos términos. Vea: cotejo agreement show",
                )
            _sign(node, partner, replace(theirs.terms, hash=""), by=by, approved_by=approved_by)

    @app.command("adopt")
    def adopt(
        home: HomeArgument,
        partner: PartnerArgument,
        agreement: Annotated[
            list[Path],
            option(
                "A signature of the terms; give both.",
                "Una firma de los términos; hay que indicar las dos.",
                exists=True,
                dir_okay=False,
            ),
        ],
        by: ByOption,
        approved_by: ApprovedOption,
    ) -> None:
        """Take both signatures of the next agreement from files (`cotejo agreement sign` makes them).

        Recibe en archivos las dos firmas del siguiente acuerdo (las hace `cotejo agreement sign`).
        """
        with doors.node(home) as node:
            _known(node, partner)
            signed = tuple(path.read_bytes().strip() for path in agreement)
            who, other = acting(by, Duty.PARTNERS), acting(approved_by, Duty.OVERSIGHT)
            try:
                done = adopt_terms(
                    node.unit,
                    partner,
                    signed,
                    own=node.signer.document,
                    who=who,
                    approved_by=other,
                    now=node.now,
                )
            except ProofError as error:
                refuse(
                    f"These are not both agencies' signatures over the same terms: {error.reason.en} ({error.detail})",
                    f"No son las firmas de ambas entidades sobre los mismos términos: {error.reason.es}",
                )
            _require(done)
        _say_agreed()


def _known(node: Opened, partner: str) -> PartnerState:
    """Return what this node knows of a partner, of what was signed a moment ago as well. Raises `Told`."""
    state = partner_state(node.unit, partner)
    if not state.agreements:
        refuse(f"Not paired: {partner}.", f"Sin vincular: {partner}.")
    return state


def _standing(terms: Agreement, turn: Agreement, now: Millis) -> tuple[str, str]:
    """Say how an agreement stands: the words before its dates."""
    if terms is not turn:
        return "Agreed, to follow", "Acordado, a continuación"
    return ("In turn", "Vigente") if terms.active_at(now) else ("Not in force", "Sin vigencia")


def _given(**terms: object) -> dict[str, Any]:
    return {name: value for name, value in terms.items() if value is not None}


def _but(terms: Lifetimes | HandoverTerms, **changed: Millis | None) -> Lifetimes | HandoverTerms:
    return replace(terms, **_given(**changed))


def _write(out: Path, earlier: Agreement, terms: RenewableAgreement) -> None:
    if found := tuple(against_following(earlier, terms)):
        refuse_reasons(found)
    _require_signable(terms)
    try:
        out.write_text(json.dumps(json.loads(agreement_bytes(terms)), indent=2, ensure_ascii=False) + "\n")
    except OSError:
        refuse(f"{out} cannot be written.", f"No se puede escribir {out}.")
    _say_changes(earlier, terms)
    say(
        f"The draft is in {out}. Sign and send it: cotejo agreement offer",
        f"El borrador está en {out}. Fírmelo y envíelo: cotejo agreement offer",
    )


def _draft(path: Path) -> RenewableAgreement:
    terms = read_draft(path)
    if not isinstance(terms, RenewableAgreement):
        refuse(
            f"{path} does not follow an agreement. Draft it: cotejo agreement renew",
            f"{path} no sigue a un acuerdo. Redáctelo: cotejo agreement renew",
        )
    return terms


def _sign(node: Opened, partner: str, terms: RenewableAgreement, *, by: str, approved_by: str) -> None:
    before = _known(node, partner).agreements
    if loose := looser_than_caps(terms):
        refuse_reasons(loose)
    _require_signable(terms)
    who, other = acting(by, Duty.PARTNERS), acting(approved_by, Duty.OVERSIGHT)
    _require(sign_terms(node.unit, partner, terms, root=node.signer.root, who=who, approved_by=other, now=node.now))
    state = _known(node, partner)
    if state.agreements != before:
        _say_agreed()
    elif state.renewal.signed_by_both:
        say(
            f"Signed and sent to {partner}; agreed once it tells both signatures.",
            f"Firmado y enviado a {partner}; queda acordado cuando comunique ambas firmas.",
        )
    else:
        say(f"Signed and sent to {partner}.", f"Firmado y enviado a {partner}.")


def _require_signable(terms: Agreement) -> None:
    try:
        require_signable(terms)
    except ProofError as error:
        refuse(f"Nobody may sign these terms: {error.detail}", f"Nadie puede firmar estos términos: {error.detail}")


def _say_agreed() -> None:
    say("Agreed; it takes its turn on its first day.", "Acordado; rige desde su primer día.")


def _require(done: Committed | Refused) -> None:
    if isinstance(done, Refused):
        refuse_reasons(done.reasons)


def _say_terms(en: str, es: str, terms: Agreement) -> None:
    dates = f"{iso_day(terms.valid_from)} - {iso_day(terms.valid_until)}"
    say(f"{en}: {dates}, terms {terms.hash[:SHORT]}", f"{es}: {dates}, términos {terms.hash[:SHORT]}")
    _lines((name, value) for name, value in terms_of(terms))


def _say_changes(earlier: Agreement, terms: Agreement) -> None:
    changes = changes_of(earlier, terms)
    if not changes:
        say("It changes nothing but its dates.", "Solo cambia sus fechas.")
        return
    say("What it changes:", "Lo que cambia:")
    _lines((name, Text(f"{old.en} -> {new.en}", f"{old.es} -> {new.es}")) for name, old, new in changes)


def _lines(pairs: Iterable[tuple[Text, Text]]) -> None:
    for name, value in pairs:
        shown = f"{name.es}: {value.es}" if language() == "es" else f"{name.en}: {value.en}"
        typer.echo(f"  {shown}")
