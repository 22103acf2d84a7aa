"""Every page of the receiver is refused to every duty that is not its own, and every look leaves a trace (I10, F60)."""

from collections.abc import Iterator

from django.urls import URLPattern, get_resolver

from cotejo.doors.web.review.steps import STEPS
from cotejo.rules.duties import Duty
from cotejo.store.models import Trace
from tests.builders.receiving import SUBJECT, Receiving, Staff, play
from tests.pages import signed_in, somebody

READERS = {
    *(Duty.INTAKE, Duty.NATIONALITY, Duty.IDENTITY, Duty.LEGAL, Duty.RISK, Duty.DECISION, Duty.CUSTODY),
    *(Duty.DUTY_OFFICER, Duty.PROTECTION),
}
PARTNERS = {Duty.PARTNERS, Duty.OVERSIGHT, Duty.AUDITOR, Duty.OPERATOR}
WHOSE = {
    "inbox:list": READERS,
    "inbox:request": READERS,
    "inbox:open": {Duty.INTAKE},
    "inbox:questions": {Duty.INTAKE},
    "inbox:document": READERS,
    "protection:list": {Duty.PROTECTION},
    "protection:case": {Duty.PROTECTION},
    "protection:search": {Duty.PROTECTION},
    "protection:check": {Duty.PROTECTION},
    "review:court_order": {Duty.DUTY_OFFICER},
    "review:contested": {Duty.REDRESS},
    "review:contested_case": {Duty.REDRESS},
    "review:document": READERS | {Duty.REDRESS},
    "review:case": READERS,
    "review:history": READERS,
    "review:copy": {Duty.LEGAL, Duty.CUSTODY, Duty.DECISION, Duty.INTAKE},
    "review:certificate": {Duty.LEGAL, Duty.CUSTODY, Duty.DECISION, Duty.INTAKE},
    "review:copies": READERS,
    "review:identity": {Duty.IDENTITY},
    "review:answer": {Duty.IDENTITY},
    "review:lift": set(),
    "partners:list": PARTNERS,
    "partners:partner": PARTNERS,
    "partners:pause": {Duty.PARTNERS, Duty.OVERSIGHT},
    "partners:resume": {Duty.OVERSIGHT},
    "partners:end": {Duty.PARTNERS, Duty.OVERSIGHT},
    "oversight:audit": {Duty.AUDITOR, Duty.OVERSIGHT},
    "oversight:gates": {Duty.AUDITOR, Duty.OVERSIGHT},
    "oversight:case": {Duty.AUDITOR, Duty.OVERSIGHT},
    "oversight:logs": {Duty.AUDITOR, Duty.OVERSIGHT},
    "oversight:link": {Duty.AUDITOR, Duty.OVERSIGHT},
} | {
    "review:step nationality": {Duty.NATIONALITY},
    "review:step legal": {Duty.LEGAL},
    "review:step own-law": {Duty.LEGAL},
    "review:step risk": {Duty.RISK},
    "review:step copy": {Duty.LEGAL, Duty.CUSTODY},
    "review:step dispute": {Duty.LEGAL, Duty.CUSTODY},
    "review:step dispute-leaves": {Duty.PROTECTION},
    "review:step decision": {Duty.DECISION},
    "review:step court-orders": {Duty.DUTY_OFFICER},
    "review:step confirm": {Duty.IDENTITY},
    "review:step handover": {Duty.CUSTODY},
    "review:step return": {Duty.LEGAL},
    "review:step return-ended": {Duty.LEGAL},
    "review:step close": {Duty.LEGAL},
    "review:step hold": READERS,
}
POSTED = {"review:copy", "inbox:open", "protection:search"}
NOT_HERE = {"inbox:document", "review:document", "review:contested_case", "review:lift", "review:certificate"}


def test_the_table_names_every_page_of_the_receiver() -> None:
    packages = {"inbox", "protection", "review", "partners", "oversight"}
    resolvers = [each for each in get_resolver().url_patterns if getattr(each, "namespace", None) in packages]
    named = {
        f"{each.namespace}:{pattern.name}"
        for each in resolvers
        for pattern in each.url_patterns
        if isinstance(pattern, URLPattern)
    }
    steps = {f"review:step {step.name}" for step in STEPS}
    assert set(WHOSE) == (named - {"review:step"}) | steps


def addresses(review: str) -> Iterator[tuple[str, str]]:
    token = "0" * 32
    arguments = {
        "inbox:document": f"/inbox/{review}/document/{'0' * 64}/",
        "review:court_order": "/review/court-order/",
        "review:contested": "/review/contested/",
        "review:contested_case": f"/review/contested/{review}/",
        "review:document": f"/review/{review}/document/{'0' * 64}/",
        "review:copy": f"/review/{review}/copy/es/",
        "review:certificate": f"/review/{review}/certificate/es/",
        "review:answer": f"/review/{review}/identity/{token}/",
        "review:lift": f"/review/{review}/lift/1/",
        "review:case": f"/review/{review}/",
        "inbox:request": f"/inbox/{review}/",
        "protection:case": f"/protection/{review}/",
        "partners:partner": "/partners/alba/",
        "oversight:audit": "/oversight/",
        "oversight:gates": "/oversight/gates/",
        "oversight:case": f"/oversight/gates/review/{review}/",
        "oversight:logs": "/oversight/logs/",
        "oversight:link": "/oversight/logs/alba/",
    }
    for name in WHOSE:
        package, _, page = name.partition(":")
        if name in arguments:
            yield name, arguments[name]
        elif page == "list":
            yield name, f"/{package}/"
        elif package == "partners":
            yield name, f"/partners/alba/{page}/"
        else:
            yield name, f"/{package}/{review}/{page.removeprefix('step ')}/"


def test_f60_every_page_refuses_whoever_holds_every_duty_but_its_own(
    house: Receiving, people: Staff, review: str
) -> None:
    for place, (name, address) in enumerate(addresses(review)):
        others = sorted(set(Duty) - WHOSE[name] - {Duty.AUDITOR})
        clients = [signed_in(somebody(f"o.{place}", *others))]
        clients += [people.at("auditor")] if Duty.AUDITOR not in WHOSE[name] else []
        for client in clients:
            before = Trace.objects.filter(what="refusal").count()
            answer = client.post(address) if name in POSTED else client.get(address)
            assert answer.status_code == 403, name
            assert "Mejía" not in answer.content.decode()
            assert Trace.objects.filter(what="refusal").count() == before + 1, name


def test_i10_every_page_is_shown_to_its_own_duties_and_leaves_one_trace(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "checked")
    mine = house.unit.token(SUBJECT.id, house.state(review).request)
    for name, address in addresses(review):
        if name in POSTED | NOT_HERE:
            continue
        duty = min(WHOSE[name])
        before = Trace.objects.filter(what="read").count()
        people.read(duty.value, address.replace("0" * 32, mine))
        looked = Trace.objects.filter(what="read").count() - before
        assert looked == (0 if name == "review:court_order" else 1), name
    traced = set(Trace.objects.values_list("subject", flat=True)) | set(Trace.objects.values_list("case", flat=True))
    assert not any("Mejía" in each or "90000" in each for each in traced)
