"""Whatever waits on the line to a partner, in plain words: what waits, since when, what to do (issue "Bad input").

1. One sentence a cause, the same on the partner's page, in `cotejo check` and in the operator's journal.
2. Waiting is told from how the last try ended: the partner's refusal by name, or what kept it from being asked.
3. What mends itself says so; nobody is sent to do what the node does anyway.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cotejo.actions.laws import partner_state
from cotejo.actions.post import read_key_document
from cotejo.actions.recover import WHY, why_not
from cotejo.actions.status import behind_of, clock_behind
from cotejo.actions.unit import Partner, Unit
from cotejo.exchange.refusals import WireReason
from cotejo.exchange.unanswered import in_words
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import HOUR
from cotejo.rules.lines import DIFFERENCE_WORDS
from cotejo.rules.partner import KeysStolen
from cotejo.rules.words import Text

PATIENCE: Final[Millis] = HOUR
"""How long something may wait that mends itself before anybody is told; what does not is told at once."""
HERE: Final = "here."
"""What a code begins with that says what kept this node from asking the partner."""
OWN_FILES: Final = f"{HERE}own_files"
"""A file of this node cannot be read or written."""
NOT_DONE: Final = f"{HERE}not_done"
"""This node's program failed while it sent; its journal holds where."""
_EXPIRED: Final = WireReason.KEY_DOCUMENT_EXPIRED.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """The first message to a partner that waits, since when, and how the last try ended (a code, or empty)."""

    seq: int
    since: Millis
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuses:
    """Why this node does not take a partner's line in: the code, the number it waits for (or 0), and since when."""

    code: str
    expected: int
    since: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """One cause of waiting: what, since when, what to do."""

    what: Text
    since: Millis
    do: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    what: Text
    do: Text
    mends_itself: bool = False


_BY_ITSELF: Final = Text("It is tried again by itself.", "Se intenta de nuevo por sí solo.")
_COMPARE: Final = Text(
    "Tell the oversight bodies of both agencies and compare the link logs (`cotejo log pair`).",
    "Avise a los órganos de supervisión de ambas entidades y comparen los registros del enlace (`cotejo log pair`).",
)
_CALL: Final = Text(
    "Call the operator of {partner}: both journals say which message it is.",
    "Llame al operador de {partner}: ambos registros indican de qué mensaje se trata.",
)
_UPGRADE: Final = Text(
    "Agree with {partner} which of the two nodes is upgraded.", "Acuerde con {partner} qué nodo se actualiza."
)
_TERMS: Final = Text(
    "Compare with {partner} what both nodes show (`cotejo agreement show`). What one of them lacks it adopts from "
    "both signatures (`cotejo agreement adopt`); where none is in force, both sign the next one.",
    "Compare con {partner} lo que muestran ambos nodos (`cotejo agreement show`). El que le falte a uno, lo adopta con "
    "ambas firmas (`cotejo agreement adopt`); si no hay ninguno vigente, ambas firman el siguiente.",
)
_ROTATE: Final = Text(
    "Ask the operator of {partner} to run `cotejo keys rotate`; its next document comes first by itself.",
    "Pida al operador de {partner} que ejecute `cotejo keys rotate`; el documento nuevo llega primero por sí solo.",
)
_CLOCKS: Final = Text("Check the clocks of both machines.", "Revisen los relojes de ambos equipos.")

SENDING: Final[Mapping[str, _Words]] = MappingProxyType(
    {
        WireReason.GAP.code: _Words(
            what=Text("{partner} waits for an earlier message.", "{partner} espera un mensaje anterior."),
            do=_BY_ITSELF,
            mends_itself=True,
        ),
        WireReason.UNKNOWN_KEY.code: _Words(
            what=Text(
                "{partner} does not know this node's newest keys.",
                "{partner} no conoce las claves nuevas de este nodo.",
            ),
            do=Text(
                "They are told by themselves at each try. If that does not help, compare the number of the key "
                "document with {partner} by telephone.",
                "Se comunican solas en cada intento. Si no basta, compare por teléfono con {partner} el número del "
                "documento de claves.",
            ),
            mends_itself=True,
        ),
        _EXPIRED: _Words(
            what=Text(
                "{partner} holds a key document of this node that has expired.",
                "{partner} tiene un documento de claves de este nodo que venció.",
            ),
            do=Text(
                "Run `cotejo keys rotate`, if it has not been done; the new document goes first by itself.",
                "Ejecute `cotejo keys rotate`, si no se ha hecho; el documento nuevo va primero por sí solo.",
            ),
        ),
        WireReason.RECOVERING.code: _Words(
            what=Text("{partner} is being restored from a backup.", "{partner} se está restaurando desde un respaldo."),
            do=Text(
                "It goes on by itself once {partner} has ended its recovery.",
                "Continúa por sí solo cuando {partner} termine su restauración.",
            ),
            mends_itself=True,
        ),
        WireReason.FROM_THE_FUTURE.code: _Words(
            what=Text(
                "{partner} finds the message dated later than its own clock.",
                "Para {partner} el mensaje tiene fecha posterior a su propio reloj.",
            ),
            do=_CLOCKS,
        ),
        WireReason.NO_AGREEMENT.code: _Words(
            what=Text("At {partner} no agreement is in force.", "En {partner} no hay acuerdo vigente."), do=_TERMS
        ),
        WireReason.WRONG_AGREEMENT.code: _Words(
            what=Text(
                "{partner} does not hold the agreement in force here as signed by both, or it has not begun there.",
                "{partner} no tiene el acuerdo vigente aquí como firmado por ambas, o allí aún no empieza a regir.",
            ),
            do=_TERMS,
        ),
        WireReason.BROKEN_LINE.code: _Words(
            what=Text(
                "{partner} holds another message before this one.", "{partner} tiene otro mensaje antes de este."
            ),
            do=_COMPARE,
        ),
        WireReason.SAME_NUMBER_OTHER_BYTES.code: _Words(
            what=Text(
                "{partner} has taken in another message under this number.",
                "{partner} ya recibió otro mensaje con este número.",
            ),
            do=_COMPARE,
        ),
        WireReason.UNKNOWN_VERSION.code: _Words(
            what=Text(
                "{partner} does not speak this node's version of the exchange.",
                "{partner} no usa la versión del intercambio de este nodo.",
            ),
            do=_UPGRADE,
        ),
        "no_room": _Words(
            what=Text(
                "{partner} has no room for parts of documents.", "{partner} no tiene espacio para partes de documentos."
            ),
            do=Text(
                "Ask the operator of {partner}; parts go after a day.",
                "Consulte al operador de {partner}; las partes se retiran tras un día.",
            ),
        ),
        "lost_here": _Words(
            what=Text(
                "{partner} waits for a message whose bytes this node lost in a restore.",
                "{partner} espera un mensaje cuyo contenido este nodo perdió en una restauración.",
            ),
            do=Text(
                "The operator of {partner} runs `cotejo recover --begin`: what both lost then counts as taken in.",
                "El operador de {partner} ejecuta `cotejo recover --begin`: lo que ambos perdieron cuenta como "
                "recibido.",
            ),
        ),
        OWN_FILES: _Words(
            what=Text(
                "This node cannot read or write one of its own files.",
                "Este nodo no puede leer o escribir uno de sus propios archivos.",
            ),
            do=Text(
                "Run `cotejo check`: it names the file and what to do.",
                "Ejecute `cotejo check`: indica el archivo y qué hacer.",
            ),
        ),
        NOT_DONE: _Words(
            what=Text("This node failed while sending it.", "Este nodo falló al enviarlo."),
            do=Text(
                "It is tried again by itself. If it stays, give the journal's last lines to whoever maintains the "
                "program.",
                "Se intenta de nuevo por sí solo. Si persiste, entregue las últimas líneas de la bitácora a quien "
                "mantiene el programa.",
            ),
            mends_itself=True,
        ),
        f"{HERE}{_EXPIRED}": _Words(
            what=Text(
                "The key document held of {partner} has expired: there is no key to seal for it.",
                "El documento de claves de {partner} venció: no hay clave para sellar.",
            ),
            do=_ROTATE,
        ),
    }
)
"""How a try can end that has a sentence of its own here; the others are told in the exchange's words."""
NOT_REACHED: Final = _Words(
    what=Text("{partner} does not answer: {why}", "{partner} no responde: {why}"),
    do=Text(
        "It is tried again by itself, at most an hour apart. See that the line to {partner} works.",
        "Se intenta de nuevo por sí solo, con una hora de intervalo como máximo. Vea que la línea a {partner} "
        "funcione.",
    ),
    mends_itself=True,
)
REFUSED: Final = _Words(what=Text("{partner} does not take it in: {why}", "{partner} no lo recibe: {why}"), do=_CALL)
NOT_SENT: Final = _Words(what=Text("It could not be sent: {why}", "No pudo enviarse: {why}"), do=_CALL)

TAKING_IN: Final[Mapping[str, _Words]] = MappingProxyType(
    {
        WireReason.GAP.code: _Words(
            what=Text("Message {expected} of {partner} is missing.", "Falta el mensaje {expected} de {partner}."),
            do=Text("{partner} sends it again by itself.", "{partner} lo envía de nuevo por sí solo."),
            mends_itself=True,
        ),
        WireReason.UNKNOWN_KEY.code: _Words(
            what=Text(
                "{partner} signs with a key that the key document held here does not name.",
                "{partner} firma con una clave que no figura en el documento de claves que consta aquí.",
            ),
            do=Text(
                "Its newer document comes by itself. If not, call its operator: only {partner} signs with its keys.",
                "Su documento nuevo llega por sí solo. Si no, llame a su operador: solo {partner} firma con ellas.",
            ),
            mends_itself=True,
        ),
        _EXPIRED: _Words(
            what=Text(
                "The key document held of {partner} has expired: nothing of it is taken in, and what it is to be told "
                "waits.",
                "El documento de claves de {partner} venció: no se recibe nada de esa entidad, y lo que se le ha de "
                "comunicar espera.",
            ),
            do=_ROTATE,
        ),
        WireReason.RECOVERING.code: _Words(
            what=Text(
                "This node is being restored and takes nothing in of {partner} yet.",
                "Este nodo se está restaurando y aún no recibe nada de {partner}.",
            ),
            do=Text("Run `cotejo recover` to see what is missing.", "Ejecute `cotejo recover` para ver qué falta."),
            mends_itself=True,
        ),
        WireReason.FROM_THE_FUTURE.code: _Words(
            what=Text(
                "A message of {partner} is dated later than this machine's clock.",
                "Un mensaje de {partner} tiene fecha posterior al reloj de este equipo.",
            ),
            do=_CLOCKS,
        ),
        WireReason.NO_AGREEMENT.code: _Words(
            what=Text(
                "{partner} sends, and no agreement is in force here.",
                "{partner} envía, y aquí no hay acuerdo vigente.",
            ),
            do=_TERMS,
        ),
        WireReason.WRONG_AGREEMENT.code: _Words(
            what=Text(
                "{partner} cites an agreement that is not held here as signed by both, or that has not begun.",
                "{partner} cita un acuerdo que aquí no consta como firmado por ambas, o que aún no empieza a regir.",
            ),
            do=_TERMS,
        ),
        WireReason.BROKEN_LINE.code: _Words(
            what=Text(
                "The next message of {partner} does not follow the last one taken in here.",
                "El siguiente mensaje de {partner} no sigue al último recibido aquí.",
            ),
            do=_COMPARE,
        ),
        WireReason.SAME_NUMBER_OTHER_BYTES.code: _Words(
            what=Text(
                "{partner} sends another message under a number taken in before.",
                "{partner} envía otro mensaje con un número ya recibido.",
            ),
            do=_COMPARE,
        ),
        WireReason.UNKNOWN_VERSION.code: _Words(
            what=Text(
                "{partner} speaks another version of the exchange.", "{partner} usa otra versión del intercambio."
            ),
            do=_UPGRADE,
        ),
    }
)
NOT_TAKEN: Final = _Words(
    what=Text("A message of {partner} is not taken in: {why}", "Un mensaje de {partner} no se recibe: {why}"),
    do=_CALL,
)
_HELD: Final = Text(
    "Its requests are paused. The oversight bodies compare the link logs (`cotejo log pair`), then resume it on its "
    "page.",
    "Sus solicitudes están en pausa. Los órganos de supervisión comparan los registros del enlace (`cotejo log pair`) "
    "y la reanudan en su página.",
)
_STOLEN: Final = Text(
    "{partner} named keys of its own as stolen, and its requests are paused.",
    "{partner} declaró robadas claves propias, y sus solicitudes están en pausa.",
)
_LOOK_AT_STOLEN: Final = Text(
    "The oversight bodies compare the link logs (`cotejo log pair`): what came under these keys may be false. Then "
    "they resume it on its page.",
    "Los órganos de supervisión comparan los registros del enlace (`cotejo log pair`): lo que llegó con esas claves "
    "puede ser falso. Después la reanudan en su página.",
)
_GONE: Final = Text(
    "If {partner} is gone for good, partner relations and the oversight body end the agreement on its page.",
    "Si {partner} ya no existe, relaciones con contrapartes y supervisión terminan el acuerdo en su página.",
)
_NO_KEY: Final = Text(
    "No key to seal for {partner} is in force: what it is to be told waits.",
    "Ninguna clave para sellar a {partner} está vigente: lo que se le ha de comunicar espera.",
)


def stuck(
    unit: Unit, partner: Partner, *, waits: Waits | None, refuses: Refuses | None, now: Millis
) -> Iterator[Stuck]:
    """Yield every cause of waiting on the line to a partner."""
    state = partner_state(unit, partner.name)
    for each in state.lines.differ:
        what = Text("The line with {partner} is held: ", "La línea con {partner} está detenida: ")
        words = DIFFERENCE_WORDS[each]
        yield _said(Text(f"{what.en}{words.en}.", f"{what.es}{words.es}."), state.paused_since, _HELD, partner)
    if any(isinstance(each, KeysStolen) for each in state.stopped_by):
        yield _said(_STOLEN, state.paused_since, _LOOK_AT_STOLEN, partner)
    if unit.recovering() and (why := why_not(unit, partner, now=now)):
        yield _said(WHY[why], 0, _GONE, partner)
    document = read_key_document(partner.key_document)
    unsealable = document.seals_until() <= now
    if document.expires <= now:
        expired = TAKING_IN[_EXPIRED]
        yield _said(expired.what, document.expires, expired.do, partner)
    elif unsealable:
        yield _said(_NO_KEY, document.seals_until(), _ROTATE, partner)
    if behind := behind_of(unit, partner.name, now=now):
        what, do = clock_behind(partner.name, behind)
        yield Stuck(what=what, since=0, do=do)
    if waits is not None and not (waits.why == f"{HERE}{_EXPIRED}" and unsealable):
        yield from _sending(partner, waits, now)
    if refuses is not None and not (refuses.code == _EXPIRED and document.expires <= now):
        yield from _taking_in(partner, refuses, now)


def _sending(partner: Partner, waits: Waits, now: Millis) -> Iterator[Stuck]:
    words = SENDING.get(waits.why) or _of_another_end(waits.why)
    if waits.why and (not words.mends_itself or waits.since < now - PATIENCE):
        what = Text(
            f"Message {waits.seq} to {{partner}} waits. {words.what.en}",
            f"El mensaje {waits.seq} para {{partner}} espera. {words.what.es}",
        )
        yield _said(what, waits.since, words.do, partner, why=waits.why)


def _of_another_end(code: str) -> _Words:
    if code.startswith(HERE):
        return NOT_SENT
    return REFUSED if code in {each.code for each in WireReason} else NOT_REACHED


def _taking_in(partner: Partner, refuses: Refuses, now: Millis) -> Iterator[Stuck]:
    words = TAKING_IN.get(refuses.code, NOT_TAKEN)
    if not words.mends_itself or refuses.since < now - PATIENCE:
        yield _said(words.what, refuses.since, words.do, partner, why=refuses.code, expected=refuses.expected)


def _said(what: Text, since: Millis, do: Text, partner: Partner, *, why: str = "", expected: int = 0) -> Stuck:
    reason = _why(why.removeprefix(HERE))
    what = Text(what.en.replace("{why}", reason.en), what.es.replace("{why}", reason.es))
    names = {"partner": partner.name, "expected": expected}
    return Stuck(what=what.say(**names), since=since, do=do.say(**names))


def _why(code: str) -> Text:
    """Return why something is not taken in, as a sentence: the exchange's own, or what kept the partner from it."""
    known = WireReason.__members__.get(code.upper())
    if known is not None:
        return known.value
    words = in_words(code)
    return Text(f"{words.en}.", f"{words.es}.")
