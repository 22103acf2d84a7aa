"""What an inquiry's decision needs of the node's memory: the agreement, the paper, and files on persons by their id.

No search leads from an inquiry to a file: officers name files they found in their own pages (I3, design section 2).
"""

from cotejo.actions.unit import Unit
from cotejo.rules.acts import Millis, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import PartnerNode, Who
from cotejo.rules.inquiry import Inquiry
from cotejo.rules.inquiry_commands import OpenInquiry, TakeInquiry
from cotejo.rules.inquiry_decide import InquiryFacts
from cotejo.rules.package import CourtAct
from cotejo.rules.partner import PartnerState
from cotejo.rules.person import PersonFile


def inquiry_facts(unit: Unit, stream: Stream, state: Inquiry, command: object, who: Who, now: Millis) -> InquiryFacts:
    """Load what an inquiry's decision needs."""
    name = command.partner if isinstance(command, OpenInquiry) else state.partner
    name = who.name if isinstance(who, PartnerNode) else name
    known = unit.partner(name)
    partner: PartnerState = state_of(StreamKind.PARTNER, unit.entries(Stream(StreamKind.PARTNER, name)))
    return InquiryFacts(
        agreement=known.terms(now) if known else None,
        documents=_documents(unit, stream, state, command),
        person_here=lambda person: bool(_file(unit, person).id),
        court_acts=lambda person: _court_acts(unit, person),
        link_open=partner.rehearsal.open,
        recovering=unit.recovering(),
    )


def _documents(unit: Unit, stream: Stream, state: Inquiry, command: object) -> frozenset[str]:
    """Return the paper of this inquiry when it came with the message, or is kept for it (I6)."""
    if isinstance(command, TakeInquiry):
        return command.arrived
    asked = command.asked if isinstance(command, OpenInquiry) else state.asked
    here = asked is not None and unit.documents.has(asked.document, unit=stream)
    return frozenset((asked.document,) if asked is not None and here else ())


def _file(unit: Unit, person: str) -> PersonFile:
    file: PersonFile = state_of(StreamKind.PERSON, unit.entries(Stream(StreamKind.PERSON, person)))
    return file


def _court_acts(unit: Unit, person: str) -> tuple[CourtAct, ...]:
    return _file(unit, person).court_acts
