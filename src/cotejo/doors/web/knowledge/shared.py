"""What pages of groups and incidents have in common: who reads, why somebody may not check, a history in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from cotejo.doors.web.base.acting import Acting, acting
from cotejo.doors.web.records.case import officers_named
from cotejo.doors.web.records.checking import OWN, SAME_OFFICE
from cotejo.rules.acts import Entry, Millis
from cotejo.rules.duties import DUTY_WORDS, Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text

READERS: Final = (Duty.RECORDER, Duty.CHECKER, Duty.CERTIFIER, Duty.AUTHORISER)
A_PAGE: Final = 25
SENTENCES: Final = {
    "group.opened": Text("The group was recorded.", "Se registró el grupo."),
    "group.structure_recorded": Text("A place in another group was recorded.", "Se registró su lugar en otro grupo."),
    "group.checked": Text("Checked against its sources.", "Se cotejó con sus fuentes."),
    "incident.recorded": Text("The incident was recorded.", "Se registró el incidente."),
    "incident.checked": Text("Checked beside its documents.", "Se cotejó con sus documentos."),
}
_ERASED: Final = Text("Erased.", "Suprimido.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One act in words."""

    said: Text
    who: str
    duty: Text
    at: Millis


def reading(request: HttpRequest, *duties: Duty) -> Acting:
    """Return who is looking, for knowledge about groups. Raises `PermissionDenied`."""
    return acting(request, *(duties or READERS), purpose=Purpose.ANALYSIS)


def barred(who: Officer, recorders: Iterable[Officer]) -> Text | None:
    """Say why this officer may not check, or nothing when they may."""
    wrote = tuple(recorders)
    if any(each.id == who.id for each in wrote):
        return OWN
    return SAME_OFFICE if not all(who.independent_of(each) for each in wrote) else None


def history_of(entries: Iterable[Entry]) -> list[Done]:
    """Return what was done, the newest first."""
    kept = list(entries)
    officers = officers_named(each.by for each in kept)
    return [
        Done(
            said=SENTENCES.get(each.act.code, _ERASED),
            who=f"{officers[each.by].name} ({officers[each.by].unit})" if each.by in officers else each.by,
            duty=DUTY_WORDS[Duty(each.duty)] if each.duty in set(Duty) else Text("", ""),
            at=each.at,
        )
        for each in reversed(kept)
    ]
