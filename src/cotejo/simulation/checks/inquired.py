"""What must hold of inquiries: a basis and a clear check before one leaves, two people and all that is held after."""

from collections.abc import Iterator

from cotejo.rules.acts import Entry, Stream, StreamKind
from cotejo.rules.agreement import DAY
from cotejo.rules.inquiry import InquiryAnswered, InquiryChecked, InquiryOpened, InquirySent, PersonNamed
from cotejo.rules.inquiry_words import InquiryBasis
from cotejo.rules.review_words import Protection
from cotejo.simulation.truth import Look


def i3_inquiries(look: Look) -> Iterator[str]:
    """Design section 3 "Inquiry", I1, I3, F44: judged anew for each question and each answer that leaves."""
    for entry in look.entries:
        if isinstance(entry.act, InquirySent):
            yield from _sent(look, entry, entry.act)
        if isinstance(entry.act, InquiryAnswered):
            yield from _answered(look, entry, entry.act)


def _sent(look: Look, entry: Entry, sent: InquirySent) -> Iterator[str]:
    before = look.acts_before(entry)
    checks = [(each.act.result, each.at) for each in before if isinstance(each.act, InquiryChecked)]
    if not checks or any(result is Protection.STOP for result, _ in checks) or checks[-1][1] < entry.at - DAY:
        yield f"{look.node.name}: an inquiry left without a clear and fresh protection check"
    signers = [each.act.by.id for each in before if isinstance(each.act, InquiryOpened | InquiryChecked)]
    if sent.by.id in signers:
        yield f"{look.node.name}: {sent.by.id} sent an inquiry alone"
    for opened in (each.act for each in before if isinstance(each.act, InquiryOpened)):
        asked = opened.asked
        if asked.basis is InquiryBasis.PERSON_ASKS and not asked.counsel:
            yield f"{look.node.name}: an inquiry left that nobody asked for"


def _answered(look: Look, entry: Entry, answered: InquiryAnswered) -> Iterator[str]:
    named = [each.act for each in look.acts_before(entry) if isinstance(each.act, PersonNamed)][-2:]
    people = {each.by.id for each in named} | {answered.by.id}
    if len(people) < len(("two", "who", "answers")) or len({tuple(sorted(each.persons)) for each in named}) != 1:
        yield f"{look.node.name}: an inquiry was answered without two people who agreed"
        return
    files = [look.node.unit.state(Stream(StreamKind.PERSON, each)) for each in named[0].persons]
    held = {(act.court, act.number) for file in files for act in file.court_acts}
    if held - {(act.court, act.number) for act in answered.answer.held}:
        yield f"{look.node.name}: an answer leaves out a court act that is held"
