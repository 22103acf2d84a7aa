"""Refusals that several steps of a dossier share."""

from typing import Final

from cotejo.rules.asked import reason
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text

NO_AGREEMENT: Final = reason(
    "dossier.no_agreement",
    Text("No agreement with this agency is in force.", "Ningún acuerdo con esta entidad está vigente."),
    Text("Partner relations renew or sign it first.", "Relaciones con contrapartes lo renueva o firma primero."),
    Duty.PARTNERS,
    rows=("F19",),
)
AGREEMENT_ENDS: Final = reason(
    "dossier.agreement_ends",
    Text(
        "The agreement with this agency comes to its end; what is sent now would be withdrawn.",
        "El acuerdo con esta entidad llega a su fin; lo que se envíe ahora se retiraría.",
    ),
    Text("Partner relations agree on the next one first.", "Relaciones con contrapartes acuerda primero el siguiente."),
    Duty.PARTNERS,
    rows=("F19",),
)
NOTHING_PINNED: Final = reason(
    "dossier.nothing_pinned",
    Text("Choose at least one checked claim, each once.", "Elija al menos una afirmación verificada, sin repetir."),
    Text("Have a claim checked first.", "Haga verificar primero una afirmación."),
    Duty.RECORDER,
    rows=("F01",),
    field="claims",
)
MOVED_PINS: Final = reason(
    "dossier.claim_not_checked",
    Text(
        "A chosen claim is not checked in this version.", "Una afirmación elegida no está verificada en esta versión."
    ),
    Text("Have it checked, then choose it again.", "Hágala verificar y elíjala de nuevo."),
    Duty.CHECKER,
    Duty.RECORDER,
    rows=("F01",),
    field="claims",
)
JOINED: Final = reason(
    "dossier.two_duties",
    Text("One person took part in two duties of this request.", "Una misma persona intervino en dos funciones."),
    Text(
        "Choose claims somebody else recorded and checked; if that does not help, begin a new request.",
        "Elija afirmaciones registradas y verificadas por otra persona; si no basta, abra una solicitud nueva.",
    ),
    Duty.RECORDER,
    Duty.CERTIFIER,
    rows=("F09",),
)
NOT_LIVE: Final = reason(
    "dossier.not_live",
    Text("The request was withdrawn or erased.", "La solicitud fue retirada o suprimida."),
    Text("Nothing can be changed in it any more.", "Ya no puede cambiarse nada en ella."),
    rows=("F56",),
)
BLOCKED: Final = reason(
    "dossier.not_usable",
    Text("The request is not usable now.", "La solicitud no es utilizable por ahora."),
    Text("It can go on when what blocks it has ended.", "Podrá seguir cuando termine lo que la bloquea."),
    rows=("F65",),
)
VERSION_LOST: Final = reason(
    "dossier.version_lost",
    Text(
        "The partner holds a newer version, which this installation lost when it was restored.",
        "La contraparte tiene una versión más nueva, que esta instalación perdió al restaurarse.",
    ),
    Text(
        "Send a correction; if nothing was sent before, withdraw it and open a new request.",
        "Envíe una corrección; si antes no se envió nada, retírela y abra una solicitud nueva.",
    ),
    Duty.AUTHORISER,
    Duty.CERTIFIER,
    rows=("F53", "F56"),
)
NOT_SENT: Final = reason(
    "dossier.not_sent",
    Text("Nothing was sent yet.", "Todavía no se ha enviado nada."),
    Text("Authorise the sending first.", "Autorice primero el envío."),
    Duty.AUTHORISER,
)
RECOVERING: Final = reason(
    "dossier.recovering",
    Text(
        "This installation is being restored; nothing can be sent now.",
        "Esta instalación se está restaurando; ahora no puede enviarse nada.",
    ),
    Text("The operator finishes the restoration first.", "Operación termina primero la restauración."),
    Duty.OPERATOR,
)
CLOCK_BEHIND: Final = reason(
    "dossier.clock_behind",
    Text("The clock is behind what was already written.", "El reloj está atrasado respecto de lo ya escrito."),
    Text("The operator corrects the clock.", "Operación corrige el reloj."),
    Duty.OPERATOR,
)
