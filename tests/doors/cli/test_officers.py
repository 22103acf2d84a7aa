"""`cotejo officer`: who becomes an auditor, and who cannot be stopped from being one (F61)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from cotejo.doors.cli.officers import officer_app
from cotejo.doors.cli.opening import Doors
from cotejo.doors.cli.speaking import Told
from cotejo.node.database import Dsns
from cotejo.rules.acts import StreamKind
from cotejo.rules.duties import Duty
from cotejo.store import current, people
from cotejo.store.fsck import examine
from cotejo.store.models import Act, Officer, Trace
from tests.builders.appointing import BODY, OTHER, OTHER_KEY, appointed, appointment, revoked
from tests.builders.memory import NOW, House, on_postgresql

DAY = 24 * 60 * 60 * 1000
PERSON = ("--name", "P. Auditor", "--unit", "Audit", "--chain", "Outside")


class Commands:
    """The commands of a node under test, at a moment of the test's own."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house, self.now, self.witnesses = house, NOW, (BODY,)
        self._folder = folder

    def run(self, *words: object) -> str:
        """Return what a command says; raises `Told` with what it refuses."""

        @contextmanager
        def at(_home: Path) -> Iterator[Any]:
            yield SimpleNamespace(unit=self.house.unit, now=self.now, pages="http://pages", witnesses=self.witnesses)

        doors = Doors(keys=at, node=at)  # type: ignore[arg-type] # keys are not asked for
        result = CliRunner().invoke(officer_app(doors), [str(word) for word in words])
        if isinstance(result.exception, Told):
            raise result.exception
        assert result.exception is None, result.output
        return result.output

    def file(self, content: bytes) -> Path:
        """Return a file of this content."""
        path = self._folder / "signed"
        path.write_bytes(content)
        return path

    def add(self, signed: bytes = b"", *, duties: tuple[str, ...] = ("auditor",), username: str = "p.auditor") -> str:
        """Enrol the auditor."""
        given = ("--appointment", self.file(signed)) if signed else ()
        listed = [word for duty in duties for word in ("--duty", duty)]
        return self.run("add", self.house.home.folder, "--username", username, *PERSON, *listed, *given)

    def end(self, signed: bytes = b"", *, username: str = "p.auditor") -> str:
        """End an account."""
        given = ("--revocation", self.file(signed)) if signed else ()
        return self.run("end", self.house.home.folder, username, *given)


@pytest.fixture
def commands(node_database: Dsns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    house = on_postgresql(tmp_path / "home", node_database)
    current.use(house.unit)
    return Commands(house, tmp_path)


def ours(house: House, **changed: str) -> dict[str, str]:
    return {"node": house.unit.node, **changed}


def lines(house: House) -> list[tuple[str, ...]]:
    """Return what the house log says of accounts and appointments."""
    del house
    acts = [(row.leaf_id, row.code) for row in Act.objects.filter(stream_kind=StreamKind.APPOINTMENT)]
    traces = [(row.leaf_id, row.what, *row.codes) for row in Trace.objects.all()]
    return [tuple(map(str, line[1:])) for line in sorted([*acts, *traces])]


def test_f61_without_a_sound_appointment_there_is_no_auditor_and_all_is_said_at_once(commands: Commands) -> None:
    with pytest.raises(Told, match="No auditor without an appointment"):
        commands.add()
    wrong = appointed(node="elsewhere", key=OTHER_KEY, body="other.invalid", person="Somebody Else")
    with pytest.raises(Told) as told:
        commands.add(wrong, duties=("auditor", "operator"), username="-")
    said = [text.en for text in told.value.texts]
    for words in ("user name must", "no other duty", "not signed with", "another node: elsewhere", "Somebody Else"):
        assert any(words in each for each in said), said
    assert any("Quien audita no tiene otro cargo" in text.es for text in told.value.texts)
    assert not Officer.objects.exists()
    assert lines(commands.house)[0] == ("refusal", "appointment.none")
    with pytest.raises(people.PeopleRefusedError):
        people.add_officer(
            people.NewOfficer(username="p.auditor", name="P", unit="U", chain="C", duties=frozenset({"auditor"})),
            now=NOW,
        )


def test_f61_an_appointed_auditor_holds_the_duty_for_its_days_and_nobody_here_takes_it_away(
    commands: Commands,
) -> None:
    terms = appointment(**ours(commands.house, since="2026-01-01", until="2027-02-01"))
    assert "/account/enrol/" in commands.add(appointed(**ours(commands.house, since=terms.since, until=terms.until)))
    auditor = Officer.objects.get()
    assert auditor.holds(Duty.AUDITOR, at=NOW)
    assert auditor.acting(Duty.AUDITOR, at=NOW).id == auditor.id
    for at in (0, terms.starts - 1, terms.ends):
        assert not auditor.holds(Duty.AUDITOR, at=at)
    for act in (
        lambda: people.give_duties(auditor, ["auditor", "legal"]),
        lambda: people.give_duties(auditor, ["legal"]),
        lambda: people.end_account(auditor),
    ):
        with pytest.raises(people.PeopleRefusedError, match="neither given nor taken"):
            act()
    for false in (b"", appointed(), revoked(of=terms, key=OTHER_KEY), revoked(of=appointment(node="alba"))):
        with pytest.raises(Told, match=r"ombudsman\.invalid|another appointment"):
            commands.end(false)
    assert Officer.objects.get().holds(Duty.AUDITOR, at=NOW)
    assert lines(commands.house)[:3] == [
        ("appointment.made",),
        ("account", "account.made", "auditor"),
        ("refusal", "appointment.stands"),
    ]
    assert not examine(commands.house.home).findings


def test_f61_the_body_that_appointed_ends_it_early(commands: Commands) -> None:
    terms = appointment(**ours(commands.house))
    commands.add(appointed(**ours(commands.house)))
    commands.witnesses = ()
    commands.end(revoked(of=terms))
    assert not Officer.objects.get().is_active
    assert lines(commands.house)[-3:] == [
        ("appointment.revoked",),
        ("appointment.closed",),
        ("account", "account.ended", "auditor"),
    ]
    assert not examine(commands.house.home).findings
    with pytest.raises(Told, match="no active account"):
        commands.end()


def test_f61_after_its_last_day_the_account_is_ended_like_any_other_or_appointed_anew(commands: Commands) -> None:
    terms = appointment(**ours(commands.house, until="2027-02-01"))
    commands.add(appointed(**ours(commands.house, until="2027-02-01")))
    commands.now = terms.ends + DAY
    again = commands.file(appointed(**ours(commands.house, until="2028-01-01")))
    commands.run("appoint", commands.house.home.folder, "p.auditor", "--appointment", again)
    assert Officer.objects.get().holds(Duty.AUDITOR, at=commands.now)
    with pytest.raises(Told, match="until 2028-01-01"):
        commands.end()
    commands.now = appointment(until="2028-01-01").ends
    commands.end()
    assert not Officer.objects.get().is_active


def test_f61_once_an_agreement_names_witnesses_the_nodes_own_list_appoints_nobody(commands: Commands) -> None:
    from dataclasses import replace

    unit = commands.house.unit
    partner = unit.partners()[0]
    unit.pair(replace(partner, agreements=(replace(partner.terms(NOW), witnesses=(OTHER,)),)), now=NOW)
    with pytest.raises(Told, match="not signed with the key"):
        commands.add(appointed(**ours(commands.house)))
    commands.add(appointed(**ours(commands.house, body="other.invalid"), key=OTHER_KEY))


def test_f61_a_duty_given_or_taken_with_a_database_shell_is_named_and_gives_nothing(commands: Commands) -> None:
    commands.add(appointed(**ours(commands.house)))
    commands.add(duties=("operator",), username="o.faro")
    Officer.objects.filter(username="o.faro").update(duties=["auditor"])
    assert not Officer.objects.get(username="o.faro").holds(Duty.AUDITOR, at=NOW)
    Officer.objects.filter(username="p.auditor").update(is_active=False)
    found = {each.which: each.words.en for each in examine(commands.house.home).findings}
    by_name = dict(Officer.objects.values_list("username", "id"))
    assert "nobody appointed to it" in found[by_name["o.faro"]]
    assert "beside the log" in found[by_name["p.auditor"]]


def test_other_accounts_are_made_and_ended_as_lines_of_the_house_log(commands: Commands) -> None:
    commands.add(duties=("legal",), username="o.faro")
    assert "is ended" in commands.end(username="o.faro")
    assert lines(commands.house) == [("account", "account.made", "legal"), ("account", "account.ended", "legal")]
    assert set(Trace.objects.values_list("by", flat=True)) == {"console"}
