"""What of the requests waits for somebody on the first page of the day."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from cotejo.doors.web.base.waiting import Line
from cotejo.rules.acts import StreamKind
from cotejo.rules.duties import SENDER_DUTIES, Duty
from cotejo.rules.words import Text
from cotejo.store.models import WaitingRow
from cotejo.store.people import Officer

STEPS: Final = {
    "dossier.prepare": Text("Choose statements and acts", "Elegir afirmaciones y hechos"),
    "dossier.certify": Text("Certify", "Certificar"),
    "dossier.authorise": Text("Read and authorise sending", "Leer y autorizar el envío"),
    "dossier.notice": Text("Record that the person was told", "Registrar el aviso a la persona"),
    "dossier.countersign": Text("Countersign a deferral", "Refrendar un aplazamiento"),
    "dossier.gaps": Text("Refused by the other side: see the gaps", "La contraparte no la tomó: ver lo que falta"),
    "dossier.questions": Text("Questions of the other side", "Preguntas de la contraparte"),
    "dossier.suspended": Text("Suspended: decide how to go on", "Suspendida: decidir cómo seguir"),
    "dossier.revalidate": Text("Confirm the request anew with the court", "Confirmar de nuevo con el tribunal"),
    "dossier.handover_report": Text("Report after the hand-over", "Informe posterior a la entrega"),
    "dossier.return": Text("Answer: the person is to come back", "Responder: la persona debe regresar"),
    "dossier.sweep_missed": Text("The sweep is overdue", "El retiro de copias está vencido"),
    "dossier.erase": Text("Propose the erasure", "Proponer la supresión"),
    "dossier.erase_sign": Text("Sign the erasure", "Firmar la supresión"),
    "dossier.erasure_overdue": Text("The erasure is overdue", "La supresión está vencida"),
}


def waiting_for(officer: Officer) -> Iterator[Line]:
    """Yield the requests that wait for one of this person's duties."""
    held = [duty for duty in officer.duties if officer.holds(Duty(duty))]
    rows = WaitingRow.objects.filter(duty__in=held, step__in=STEPS, card__stream_kind=StreamKind.DOSSIER)
    for row in rows.select_related("card"):
        page = "dossiers:builder" if row.duty in SENDER_DUTIES else "dossiers:line"
        yield Line(
            label=Text(f"Request {row.card.number}", f"Solicitud {row.card.number}"),
            address=reverse(page, kwargs={"dossier": row.card.stream_id}),
            step=STEPS[row.step],
            duty=Duty(row.duty),
            since=row.since,
            due=row.due,
        )
