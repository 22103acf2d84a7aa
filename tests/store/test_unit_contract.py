"""What every memory of a node does, on PostgreSQL and in the simulation alike (I8, I9, I10)."""

import hashlib
from dataclasses import replace

import pytest

from cotejo.actions.unit import Conflict, OutOfLine, StatusHeld, Taken
from cotejo.rules.acts import (
    Erased,
    FloorRaise,
    Keep,
    NewAct,
    Plan,
    Reason,
    SlotChange,
    StreamKind,
    WithdrawalMark,
)
from cotejo.rules.agreement import DAY
from cotejo.rules.purposes import Purpose
from cotejo.rules.succession import following
from cotejo.rules.words import Text
from tests.builders.memory import (
    BOREAL,
    CATEGORISED,
    CHECKER,
    NOW,
    RECORDER,
    REQUEST,
    Node,
    PlannedCrash,
    as_partner,
    as_recorder,
    everything,
    incoming,
    opened,
    person,
    plan,
    suspension,
)


def test_acts_come_back_as_they_were_written(node: Node) -> None:
    stream = person()
    begun = opened(stream)

    node.unit.commit(plan(stream, begun), **as_recorder())
    committed = node.unit.commit(plan(stream, CATEGORISED, version=1), **as_recorder(NOW + 5))

    entries = node.unit.entries(stream)
    assert [entry.act for entry in entries] == [begun, CATEGORISED]
    assert entries[1:] == committed.entries
    assert [(entry.version, entry.at, entry.by, entry.duty, entry.purpose) for entry in entries] == [
        (1, NOW, RECORDER.id, "recorder", "recording"),
        (2, NOW + 5, RECORDER.id, "recorder", "recording"),
    ]


def test_f19_every_agreement_of_a_pairing_comes_back_in_its_form_and_in_order(node: Node) -> None:
    known = node.unit.partner(BOREAL)
    assert known is not None
    [first] = known.agreements
    second = following(first, NOW + DAY, NOW + 100 * DAY, hash="b" * 64, kept_months=12)
    third = following(second, NOW + 9 * DAY, NOW + 20 * DAY, hash="c" * 64, routes=(), data=())
    node.unit.commit(Plan(sends=(suspension(),)), **as_recorder())
    node.pair(replace(known, agreements=(first, second, third), sequence_out=1))
    found = node.unit.partner(BOREAL)
    assert found is not None
    assert found.agreements == (first, second, third)
    assert [found.terms(at) for at in (NOW, NOW + DAY, NOW + 9 * DAY)] == [first, second, third]
    assert found.sequence_out == 1


def test_a_stream_nobody_wrote_to_is_empty(node: Node) -> None:
    assert node.unit.entries(person()) == ()


def test_a_stream_that_moved_is_a_conflict_and_nothing_is_written(node: Node) -> None:
    stream, other = person(), person()
    node.unit.commit(plan(stream, opened(stream)), **as_recorder())
    before = node.house_leaves()

    both = plan(other, opened(other)).and_then(plan(stream, CATEGORISED, version=0))
    with pytest.raises(Conflict):
        node.unit.commit(both, **as_recorder())

    assert node.unit.entries(other) == ()
    assert len(node.unit.entries(stream)) == 1
    assert node.house_leaves() == before


def test_a_pinned_stream_that_is_not_written_to_is_checked_as_well(node: Node) -> None:
    read, written = person(), person()
    node.unit.commit(plan(read, opened(read)), **as_recorder())

    with pytest.raises(Conflict):
        node.unit.commit(plan(written, opened(written)).and_then(Plan(expect={read: 2})), **as_recorder())


def floor_of(node: Node, origin: str = BOREAL) -> int:
    return node.unit.beside(origin, REQUEST, status_list=origin).floor


@pytest.mark.parametrize("step", ["act", "messages", "commit"])
def test_i9_a_crash_at_any_step_leaves_nothing(node: Node, step: str) -> None:
    all_of_it = everything()
    stream = all_of_it.acts[0].stream
    taken = Taken(incoming=incoming(1), outcome="taken")
    node.crash_before(step)

    with pytest.raises(PlannedCrash):
        node.unit.commit(all_of_it, taken=taken, **as_recorder())

    assert node.unit.entries(stream) == ()
    assert node.unit.listed(StreamKind.PERSON) == ()
    assert node.unit.lookup("person.officer", RECORDER.id) == ()
    assert node.unit.receipt_of(BOREAL, taken.incoming.mid) is None
    assert node.unit.slots(BOREAL) == {}
    assert floor_of(node) == 0
    assert not node.unit.marked(origin=BOREAL, request=REQUEST)
    assert (node.sent(), node.house_leaves(), node.link_leaves()) == ((), 0, 0)

    node.crash_before("")
    node.unit.commit(all_of_it, taken=taken, **as_recorder())
    assert len(node.unit.entries(stream)) == 2
    assert node.unit.slots(BOREAL) == {17: 1}
    assert floor_of(node) == 3
    assert node.unit.marked(origin=BOREAL, request=REQUEST)
    assert node.unit.marked(origin=BOREAL, facts_token="f" * 32)


def test_i9_every_act_has_a_leaf_and_every_message_has_one_in_its_link(node: Node) -> None:
    node.unit.commit(everything(), taken=Taken(incoming=incoming(1), outcome="taken"), **as_recorder())

    assert node.house_leaves() == 2
    assert node.link_leaves() == 2


def test_messages_get_numbers_without_a_gap_each_after_the_one_before(node: Node) -> None:
    stream = person()
    node.unit.commit(plan(stream, opened(stream), sends=(suspension(), suspension())), **as_recorder())
    node.unit.commit(plan(stream, CATEGORISED, version=1, sends=(suspension(),)), **as_recorder(NOW + 1))

    assert [seq for seq, _ in node.sent()] == [1, 2, 3]
    partner = node.unit.partner(BOREAL)
    assert partner is not None
    assert partner.sequence_out == 3
    assert f"after {partner.last_out}" not in node.sent()[2][1].decode()


def test_i8_a_message_taken_in_before_keeps_its_first_receipt_byte_for_byte(node: Node) -> None:
    message = incoming(1)
    first = node.unit.commit(Plan(), taken=Taken(incoming=message, outcome="taken"), **as_partner())

    with pytest.raises(Conflict):
        node.unit.commit(Plan(), taken=Taken(incoming=message, outcome="refused", gaps=("x",)), **as_partner())

    assert first.receipt
    assert node.unit.receipt_of(BOREAL, message.mid) == (message.sha256, first.receipt)


def test_a_message_out_of_line_is_a_conflict(node: Node) -> None:
    first = incoming(1)
    node.unit.commit(Plan(), taken=Taken(incoming=first, outcome="taken"), **as_partner())

    for wrong in (incoming(3, prev=first.sha256), incoming(2, prev="0" * 64)):
        with pytest.raises(Conflict):
            node.unit.commit(Plan(), taken=Taken(incoming=wrong, outcome="taken"), **as_partner())

    node.unit.commit(Plan(), taken=Taken(incoming=incoming(2, prev=first.sha256), outcome="taken"), **as_partner())
    partner = node.unit.partner(BOREAL)
    assert partner is not None
    assert partner.sequence_in == 2


def test_i8_a_floor_never_goes_down(node: Node) -> None:
    for version in (2, 5, 3):
        raised = Plan(floors=(FloorRaise(origin=BOREAL, request=REQUEST, version=version),))
        node.unit.commit(raised, **as_partner())

    assert floor_of(node) == 5
    assert floor_of(node, "other") == 0


def test_i8_a_status_list_is_kept_with_its_receipt_and_an_older_one_is_ignored(node: Node) -> None:
    newer = StatusHeld(partner=BOREAL, number=7, issued=NOW, expires=NOW + 600_000, bits=b"\x04")
    older = StatusHeld(partner=BOREAL, number=6, issued=NOW, expires=NOW + 9, bits=b"")
    message = incoming(1)
    node.crash_before("commit")
    with pytest.raises(PlannedCrash):
        node.unit.commit(Plan(), taken=Taken(incoming=message, outcome="taken", status=newer), **as_partner())
    assert node.unit.status_held(BOREAL) is None

    node.crash_before("")
    node.unit.commit(Plan(), taken=Taken(incoming=message, outcome="taken", status=newer), **as_partner())
    following = incoming(2, prev=message.sha256)
    node.unit.commit(Plan(), taken=Taken(incoming=following, outcome="taken", status=older), **as_partner())

    assert node.unit.status_held(BOREAL) == newer
    assert newer.state(1) == 1
    assert node.unit.status_held("other") is None


def test_i11_documents_of_a_message_are_kept_with_the_act_that_takes_it_in_or_never(node: Node) -> None:
    stream, content = person(), b"an invented warrant"
    name = hashlib.sha256(content).hexdigest()
    accepted = plan(stream, opened(stream), keeps=(Keep(stream=stream, sha256=name),))
    taken = Taken(incoming=incoming(1), outcome="taken", documents={name: content})
    node.crash_before("commit")
    with pytest.raises(PlannedCrash):
        node.unit.commit(accepted, taken=taken, **as_partner())
    assert not node.unit.documents.has(name)

    node.crash_before("")
    unread = Taken(incoming=incoming(1), outcome="refused", gaps=("x",), documents={name: content})
    node.unit.commit(Plan(), taken=unread, **as_partner())
    assert not node.unit.documents.has(name)

    following = incoming(2, prev=unread.incoming.sha256)
    node.unit.commit(accepted, taken=replace(taken, incoming=following), **as_partner())
    assert node.unit.documents.get(name) == content
    assert node.unit.documents.has(name, unit=stream)
    assert not node.unit.documents.has(name, unit=person())


def test_i10_why_a_message_had_no_effect_is_written_down_with_its_receipt(node: Node) -> None:
    taken = Taken(incoming=incoming(1), outcome="taken", subject="review:x", refused=("case.none",))
    node.crash_before("commit")
    with pytest.raises(PlannedCrash):
        node.unit.commit(Plan(), taken=taken, **as_partner())
    assert node.traces() == ()

    node.crash_before("")
    node.unit.commit(Plan(), taken=taken, **as_partner())
    assert node.traces() == (("refusal", f"partner:{BOREAL}", "review:x", ("case.none",)),)


def test_i8_a_message_id_that_was_taken_in_is_out_of_line_under_any_number(node: Node) -> None:
    first = incoming(1)
    node.unit.commit(Plan(), taken=Taken(incoming=first, outcome="taken"), **as_partner(NOW))
    again = replace(incoming(2, prev=first.sha256), mid=first.mid)
    with pytest.raises(OutOfLine):
        node.unit.commit(Plan(), taken=Taken(incoming=again, outcome="taken"), **as_partner(NOW))


def test_what_a_partner_was_told_is_counted_by_kind_since_a_moment(node: Node) -> None:
    node.unit.commit(Plan(sends=(suspension(),)), **as_recorder(NOW))
    node.unit.commit(Plan(sends=(suspension(request="6" * 32),)), **as_recorder(NOW + 5))

    assert node.unit.told_since(BOREAL, "suspension", NOW) == 2
    assert node.unit.told_since(BOREAL, "suspension", NOW + 5) == 1
    assert node.unit.told_since(BOREAL, "suspension", NOW + 6) == 0
    assert node.unit.told_since(BOREAL, "request", NOW) == 0
    assert node.unit.told_since("other", "suspension", NOW) == 0


def test_the_requests_a_partner_had_taken_are_counted_since_a_moment(node: Node) -> None:
    first = replace(incoming(1), kind="request")
    node.unit.commit(Plan(), taken=Taken(incoming=first, outcome="taken"), **as_partner(NOW))
    second = replace(incoming(2, prev=first.sha256), kind="request")
    node.unit.commit(Plan(), taken=Taken(incoming=second, outcome="refused", gaps=("x",)), **as_partner(NOW + 5))
    third = replace(incoming(3, prev=second.sha256), kind="request")
    node.unit.commit(Plan(), taken=Taken(incoming=third, outcome="taken"), **as_partner(NOW + 9))
    fourth = incoming(4, prev=third.sha256)
    node.unit.commit(Plan(), taken=Taken(incoming=fourth, outcome="taken"), **as_partner(NOW + 9))

    counted = [
        node.unit.beside(origin, REQUEST, status_list=origin, since=since).taken
        for origin, since in ((BOREAL, NOW), (BOREAL, NOW + 1), ("other", NOW), (BOREAL, 0))
    ]
    assert counted == [2, 1, 0, 0]


def test_what_is_kept_of_a_request_beside_its_acts_is_what_was_kept_last(node: Node) -> None:
    nothing = node.unit.beside(BOREAL, REQUEST, status_list=BOREAL)
    assert (nothing.floor, nothing.status) == (0, None)

    held = StatusHeld(partner=BOREAL, number=7, issued=NOW, expires=NOW + 600_000, bits=b"\x04")
    raised = Plan(floors=(FloorRaise(origin=BOREAL, request=REQUEST, version=4),))
    node.unit.commit(raised, taken=Taken(incoming=incoming(1), outcome="taken", status=held), **as_partner(NOW + 70))

    kept = node.unit.beside(BOREAL, REQUEST, status_list=BOREAL)
    assert (kept.floor, kept.status, kept.high_water) == (4, held, NOW + 70)
    assert kept.high_water == node.unit.high_water()
    assert node.unit.beside(BOREAL, "other", status_list="other") == replace(kept, floor=0, status=None)


def test_i7_what_was_said_about_a_request_is_found_on_every_line(node: Node) -> None:
    node.unit.commit(Plan(sends=(suspension(), suspension(request="6" * 32))), **as_recorder())
    said = incoming(1)
    node.unit.commit(
        Plan(), taken=Taken(incoming=replace(said, request=REQUEST), outcome="taken"), **as_partner(NOW + 5)
    )
    ours, theirs = node.unit.spoken_of(REQUEST)
    assert (ours.partner, ours.outgoing, ours.kind, ours.version, ours.at) == (BOREAL, True, "suspension", 1, NOW)
    assert (theirs.partner, theirs.outgoing, theirs.at, theirs.outcome) == (BOREAL, False, NOW + 5, "taken")
    assert theirs.sha256 == said.sha256
    assert ours.outcome == ""
    assert node.unit.waits(BOREAL, REQUEST)
    assert not node.unit.waits("alba", REQUEST)
    assert node.unit.spoken_of("5" * 32) == ()


def test_i5_a_list_that_came_through_another_node_is_kept_under_its_own_id(node: Node) -> None:
    held = StatusHeld(partner="9" * 32, number=3, issued=NOW, expires=NOW + 9, bits=b"\x01")
    node.unit.commit(Plan(), taken=Taken(incoming=incoming(1), outcome="taken", status=held), **as_partner())
    assert node.unit.status_held("9" * 32) == held
    assert node.unit.status_held(BOREAL) is None


def test_i7_a_mark_binds_the_origin_that_made_it_and_no_other(node: Node) -> None:
    mark = WithdrawalMark(origin=BOREAL, request=REQUEST, facts_token="e" * 32)
    node.unit.commit(Plan(marks=(mark,)), **as_partner())

    assert node.unit.marked(origin=BOREAL, request=REQUEST)
    assert not node.unit.marked(origin="cresta", request=REQUEST)
    assert not node.unit.marked(origin="cresta", facts_token="e" * 32)


def test_i10_a_read_and_a_refusal_leave_a_trace(node: Node) -> None:
    stream = person()
    node.unit.note_read(who=CHECKER, purpose=Purpose.CHECKING, subject=stream.id, case=stream.id, now=NOW)
    reason = Reason(code="claim.own_work", text=Text("You wrote this.", "Usted lo escribió."))
    node.unit.note_refusal(who=CHECKER, purpose=Purpose.CHECKING, subject=stream.id, reasons=(reason,), now=NOW)

    assert node.traces() == (
        ("read", CHECKER.id, stream.id, ()),
        ("refusal", CHECKER.id, stream.id, ("claim.own_work",)),
    )


def test_lists_and_look_ups_follow_the_state(node: Node) -> None:
    one, two = person(), person()
    node.unit.commit(plan(one, opened(one)), **as_recorder())
    node.unit.commit(plan(two, opened(two, by=CHECKER)), **as_recorder())
    node.unit.commit(plan(one, CATEGORISED, version=1), **as_recorder(NOW + 3))

    listed = node.unit.listed(StreamKind.PERSON)
    assert [(line.stream, line.number, line.card.state, line.version) for line in listed] == [
        (one, 1, "accused", 2),
        (two, 2, "suspect", 1),
    ]
    assert [line.stream for line in node.unit.listed(StreamKind.PERSON, states=("suspect",))] == [two]
    assert node.unit.listed(StreamKind.PERSON, partner=BOREAL) == ()
    assert node.unit.lookup("person.officer", CHECKER.id) == (two,)
    assert listed[0].updated == NOW + 3


def test_fresh_slots_are_none_that_was_used(node: Node) -> None:
    node.unit.commit(Plan(slots=(SlotChange(partner=BOREAL, slot=5, state=3),)), **as_partner())

    fresh = node.unit.fresh_slots(BOREAL, 40)

    assert len(set(fresh)) == 40
    assert 5 not in fresh


def test_i8_a_fresh_slot_that_another_version_got_meanwhile_is_a_conflict_and_changes_nothing(node: Node) -> None:
    mine = SlotChange(partner=BOREAL, slot=5, state=1, fresh=True)
    node.unit.commit(Plan(slots=(mine,)), **as_partner())
    for state in (1, 2):
        with pytest.raises(Conflict):
            node.unit.commit(Plan(slots=(SlotChange(partner=BOREAL, slot=5, state=state, fresh=True),)), **as_partner())
    assert node.unit.slots(BOREAL) == {5: 1}
    node.unit.commit(Plan(slots=(SlotChange(partner=BOREAL, slot=5, state=2),)), **as_partner())
    assert node.unit.slots(BOREAL) == {5: 2}


def test_what_was_erased_comes_back_as_erased_with_its_code(node: Node) -> None:
    stream = person()
    node.unit.commit(plan(stream, opened(stream), CATEGORISED), **as_recorder())

    node.erase(stream)

    assert [entry.act for entry in node.unit.entries(stream)] == [
        Erased(was="person.opened"),
        Erased(was="person.categorised"),
    ]
    node.unit.commit(Plan(acts=(NewAct(stream=stream, act=CATEGORISED),), expect={stream: 2}), **as_recorder())
    assert node.unit.entries(stream)[-1].act == CATEGORISED


def test_documents_come_back_by_the_hash_of_their_bytes(node: Node) -> None:
    stream = person()
    name = node.unit.documents.put(b"an invented judgment", unit=stream)

    assert node.unit.documents.get(name) == b"an invented judgment"
    assert node.unit.documents.has(name)
    assert not node.unit.documents.has("0" * 64)
    with pytest.raises(KeyError):
        node.unit.documents.get("0" * 64)


def test_the_highest_time_of_any_commit_is_remembered(node: Node) -> None:
    for at in (NOW + 50, NOW + 10):
        stream = person()
        node.unit.commit(plan(stream, opened(stream)), **as_recorder(at))

    assert node.unit.high_water() == NOW + 50
    assert not node.unit.recovering()


def test_a_local_id_has_one_name_outside_in_each_request(node: Node) -> None:
    outside = node.unit.token(RECORDER.id, REQUEST)

    assert len(outside) == 32
    assert outside == node.unit.token(RECORDER.id, REQUEST)
    assert outside != node.unit.token(RECORDER.id, "8" * 32)
    assert outside != node.unit.token(CHECKER.id, REQUEST)


def test_a_partner_that_is_not_paired_gets_nothing(node: Node) -> None:
    stranger = suspension()
    stream = person()
    sends = (type(stranger)(partner="stranger", content=stranger.content),)

    with pytest.raises(KeyError):
        node.unit.commit(plan(stream, opened(stream), sends=sends), **as_recorder())

    assert node.unit.entries(stream) == ()
    assert node.unit.partner("stranger") is None
    assert [each.name for each in node.unit.partners()] == [BOREAL]
