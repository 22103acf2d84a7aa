"""How far the erasure of a request has come at its origin, and who is waited for (I11, F58, F59)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules.acts import Entry, Millis
from cotejo.rules.cases import Waiting
from cotejo.rules.duties import Duty
from cotejo.rules.erasure_words import Certificate, ErasureBasis
from cotejo.rules.retention import ERASED_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasing:
    """Times in milliseconds UTC, 0 until it happened. After the end `basis` says by which rule."""

    proposed: acts.ErasureProposed | None = None
    proposed_at: Millis = 0
    approved_at: Millis = 0
    overdue_at: Millis = 0
    erased_at: Millis = 0
    basis: ErasureBasis | None = None
    sealed_until: Millis = 0
    certificate: Certificate | None = None

    @property
    def late(self) -> bool:
        """Say whether the step that is waited for is overdue."""
        return self.overdue_at > self.approved_at


NOTHING_ERASED: Final = Erasing()


def apply(erasing: Erasing, entry: Entry) -> Erasing:
    """Apply one stored act."""
    match entry.act:
        case acts.ErasureProposed() as act:
            return replace(erasing, proposed=act, proposed_at=entry.at)
        case acts.ErasureApproved():
            return replace(erasing, approved_at=entry.at)
        case acts.ErasureOverdue():
            return replace(erasing, overdue_at=entry.at)
        case acts.ErasureCertified(certificate=certificate):
            return replace(erasing, certificate=certificate)
        case acts.DossierErased() as act:
            return Erasing(
                erased_at=entry.at, basis=act.basis, sealed_until=act.sealed_until, certificate=act.certificate
            )
        case _:
            return erasing


def waiting(erasing: Erasing, *, withdrawn_at: Millis, since: Millis) -> Iterator[Waiting]:
    """Yield who is waited for, from the moment on which the withdrawn request can be erased."""
    if erasing.late and erasing.certificate is None:
        yield Waiting(duty=Duty.OVERSIGHT, step="dossier.erasure_overdue", since=erasing.overdue_at)
    if erasing.certificate is not None:
        return
    if erasing.approved_at:
        yield Waiting(duty=Duty.PARTNERS, step="dossier.certificate", since=erasing.approved_at)
    elif erasing.proposed is not None:
        yield Waiting(duty=Duty.AUTHORISER, step="dossier.erase_sign", since=erasing.proposed_at)
    else:
        due = withdrawn_at + ERASED_WITHIN
        yield Waiting(duty=Duty.CERTIFIER, step="dossier.erase", since=since, due=due)
