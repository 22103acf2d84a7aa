"""Gates about the agreement, the promises and the signatures.

1. Nothing leaves without an agreement in force that names both parties, the route and the purpose (F19).
2. Every undertaking is signed (F39).
3. On a claim the checker is another person, of another unit or chain, than the recorder; recorders and checkers, the
   certifier and the authoriser are all different people (I1). Tokens suffice to see it.
"""

from collections.abc import Iterator

from cotejo.rules.acts import Gate, Reason, gate
from cotejo.rules.duties import Duty
from cotejo.rules.facts import DataClass, Undertaking
from cotejo.rules.gates.reading import Reading, lacks, numbered
from cotejo.rules.package import PackagedClaim
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text


def agreement(reading: Reading) -> Gate:
    """F19: an agreement in force for these parties, this route and this purpose."""
    title = Text("Covered by the agreement", "Amparada por el acuerdo")
    return gate("agreement", title, _agreement_gaps(reading), rows=("F19",))


def _agreement_gaps(reading: Reading) -> Iterator[Reason]:
    package, terms = reading.package, reading.agreement
    parties = {package.origin, package.addressee}
    if not terms.active_at(reading.now) or not terms.covers(package.agreement) or parties != set(terms.parties):
        yield lacks(
            "agreement.not_in_force",
            Text(
                "No agreement in force between these two agencies covers the request.",
                "Ningún acuerdo vigente entre estas dos entidades ampara la solicitud.",
            ),
            Text("Renew or sign the agreement first.", "Renueve o firme primero el acuerdo."),
            Duty.PARTNERS,
            rows=("F19",),
        )
    if package.route not in terms.routes or package.purpose not in terms.purposes or not package.case_number:
        yield lacks(
            "agreement.route_or_purpose",
            Text(
                "The route, the purpose or the case number is missing or not in the agreement.",
                "La vía, la finalidad o el número de causa falta o no está en el acuerdo.",
            ),
            Text("Choose from the agreement and name the case.", "Elija de las del acuerdo e indique la causa."),
            Duty.RECORDER,
            rows=("F19", "F38"),
        )
    if DataClass.REQUEST not in terms.data:
        yield lacks(
            "agreement.data",
            Text(
                "The agreement does not cover requests about a person.",
                "El acuerdo no contempla solicitudes sobre una persona.",
            ),
            Text("Agree on it first, or withdraw the request.", "Acuérdelo primero o retire la solicitud."),
            Duty.PARTNERS,
            rows=("F19",),
        )
    for code in sorted({each.handling for each in package.evidence} - set(terms.handling)):
        yield lacks(
            "agreement.handling",
            Text(
                f"The agreement does not cover evidence under handling code {code}.",
                f"El acuerdo no contempla pruebas con el código de manejo {code}.",
            ),
            Text("Leave that evidence out, or agree on the code.", "Omita esa prueba o acuerde el código."),
            Duty.RECORDER,
            rows=("F19", "F54"),
            field=code.value,
        )


def undertakings(reading: Reading) -> Gate:
    """F39: every promise signed."""
    gaps = [
        lacks(
            "undertakings.missing",
            Text(
                f"Not promised: {words_of(each).en}.",
                f"Sin comprometer: {words_of(each).es}.",
            ),
            Text("The legal certifier signs it.", "Quien certifica lo firma."),
            Duty.CERTIFIER,
            rows=("F39",),
            field=each.value,
        )
        for each in Undertaking
        if each not in reading.package.undertakings
    ]
    return gate("undertakings", Text("Undertakings signed", "Compromisos firmados"), gaps, rows=("F39",))


def two_people(reading: Reading) -> Gate:
    """I1: everybody who signed is somebody else."""
    title = Text("Different people signed", "Firmaron personas distintas")
    return gate("two_people", title, _people_gaps(reading), rows=("F09",))


def _people_gaps(reading: Reading) -> Iterator[Reason]:
    package = reading.package
    for n, claim in numbered(package.claims):
        if not _checked_by_another(claim):
            yield lacks(
                "two_people.not_checked_by_another",
                Text(
                    "Claim {n} was not checked by another person from another unit.",
                    "La afirmación {n} no fue verificada por otra persona de otra unidad.",
                ),
                Text("Have it checked by another unit.", "Hágala verificar por otra unidad."),
                Duty.CHECKER,
                rows=("F09",),
                n=n,
            )
    recorders, checkers = {each.recorder for each in package.claims}, {each.checker for each in package.claims}
    signed = {
        duty: [each.token for each in package.signers if each.duty is duty and each.token]
        for duty in (Duty.CERTIFIER, Duty.AUTHORISER)
    }
    for duty, code, text in (
        (Duty.CERTIFIER, "certifier", Text("No legal certifier has signed.", "Falta la firma de quien certifica.")),
        (Duty.AUTHORISER, "authoriser", Text("Nobody has authorised the sending.", "Falta autorizar el envío.")),
    ):
        if len(signed[duty]) != 1:
            yield lacks(
                f"two_people.no_{code}",
                text,
                Text("The officer of that duty signs.", "Firma la persona con ese cargo."),
                duty,
                rows=("F09",),
            )
    certifiers, authorisers = set(signed[Duty.CERTIFIER]), set(signed[Duty.AUTHORISER])
    others = {each.token for each in package.signers if each.duty not in (Duty.CERTIFIER, Duty.AUTHORISER)}
    others |= {package.notice.countersigned_by} - {""} if package.notice is not None else set()
    made = recorders | checkers | others
    if certifiers & authorisers or (certifiers | authorisers) & made or checkers & (recorders | others):
        yield lacks(
            "two_people.same_person_twice",
            Text(
                "One person signed in two duties of this request.",
                "Una misma persona firmó en dos funciones de esta solicitud.",
            ),
            Text("Another officer must take one of them.", "Otra persona debe asumir una de ellas."),
            Duty.CERTIFIER,
            Duty.AUTHORISER,
            rows=("F09",),
        )


def _checked_by_another(claim: PackagedClaim) -> bool:
    elsewhere = claim.recorder_unit != claim.checker_unit or claim.recorder_chain != claim.checker_chain
    return bool(claim.recorder and claim.checker and claim.checked_on) and claim.recorder != claim.checker and elsewhere
