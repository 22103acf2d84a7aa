"""`cotejo agreement renew|end|show|offer|accept|adopt`: the next agreement by command, each mistake in a sentence."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from cotejo.actions.laws import partner_state
from cotejo.actions.pair import Papers, pair
from cotejo.actions.perform import perform
from cotejo.actions.renew import RENEWAL
from cotejo.doors.cli.agreements import agreement_app
from cotejo.doors.cli.opening import Doors, Signer
from cotejo.doors.cli.renewing import add_renewing
from cotejo.doors.cli.speaking import Told
from cotejo.exchange.agreements import agreement_bytes, open_signature, sign_agreement
from cotejo.node.database import Dsns
from cotejo.proof.keys import Purpose as KeyPurpose
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.agreement import DAY, HOUR, Agreement, RenewableAgreement
from cotejo.rules.duties import Duty, PartnerNode
from cotejo.rules.partner import PartnerState
from cotejo.rules.purposes import Purpose
from cotejo.rules.renewing import TakeTerms
from cotejo.rules.succession import following
from cotejo.store.models import Outbox
from tests.builders import wire
from tests.builders.disclosed import ALBA, BOREAL, NOW, Agency
from tests.builders.memory import House, on_postgresql
from tests.builders.review import officer
from tests.pages import somebody

FIRST = replace(wire.agreement(), hash="")
STREAM = Stream(StreamKind.PARTNER, "boreal")
SIGN = ("--by", "p.reyes", "--approved-by", "o.faro")


def signed(terms: Agreement, by: Agency) -> bytes:
    return sign_agreement(terms, by.keys[KeyPurpose.ROOT])


class Commands:
    """Alba's commands at a moment of the test's own; it is paired with Boreal, whose root key the test has as well."""

    def __init__(self, house: House, folder: Path, first: Agreement = FIRST) -> None:
        self.house, self.folder, self.now = house, folder, NOW
        papers = Papers(
            key_document=BOREAL.signed.decode(),
            agreement=(signed(first, ALBA), signed(first, BOREAL)),
            read_aloud=BOREAL.document.fingerprint(),
        )
        done = pair(house.unit, papers, own=ALBA.document, who=officer(Duty.PARTNERS), now=NOW)
        assert not isinstance(done, Refused), done
        somebody("p.reyes", Duty.PARTNERS)
        somebody("o.faro", Duty.OVERSIGHT)

    @property
    def state(self) -> PartnerState:
        return partner_state(self.house.unit, "boreal")

    def run(self, *words: object) -> str:
        """Return what a command says; raises `Told` with what it refuses."""
        signer = Signer(
            root=ALBA.keys[KeyPurpose.ROOT], document=ALBA.document, signed_document=ALBA.signed, now=self.now
        )

        @contextmanager
        def node(_home: Path) -> Iterator[Any]:
            yield SimpleNamespace(unit=self.house.unit, now=self.now, signer=signer)

        doors = Doors(keys=lambda _home: signer, node=node)
        app = agreement_app(doors)
        add_renewing(app, doors)
        command, *rest = words
        result = CliRunner().invoke(app, [str(word) for word in (command, "HOME", *rest)])
        if isinstance(result.exception, Told):
            raise result.exception
        assert result.exception is None, result.output
        return result.output

    def refused(self, *words: object) -> tuple[str, str]:
        """Return what a command refuses, in English and in Spanish; it changed nothing."""
        before, waits = self.state, Outbox.objects.count()
        with pytest.raises(Told) as told:
            self.run(*words)
        assert (self.state, Outbox.objects.count()) == (before, waits)
        said = " ".join(each.en for each in told.value.texts), " ".join(each.es for each in told.value.texts)
        assert said[0] != said[1]
        return said

    def draft(self, *changes: object) -> Path:
        """Draft the next terms into a file."""
        out = self.folder / "next"
        self.run("renew", "boreal", "--out", out, *changes)
        return out

    def written(self, terms: Agreement) -> Path:
        """Write terms down as a draft, whatever they say."""
        out = self.folder / "edited"
        out.write_bytes(agreement_bytes(terms))
        return out

    def heard(self, terms: RenewableAgreement, *agencies: Agency) -> RenewableAgreement:
        """Let Boreal's signature over terms arrive, or those of these agencies; give the terms with their hash."""
        texts = [signed(terms, each) for each in agencies or (BOREAL,)]
        opened = open_signature(texts[-1], BOREAL.keys[KeyPurpose.ROOT].verifying)
        command = TakeTerms(terms=opened, signed=tuple(each.decode() for each in texts))
        who, now = PartnerNode(name="boreal"), self.now
        done = perform(RENEWAL, self.house.unit, STREAM, command, who=who, purpose=Purpose.EXCHANGE, now=now)
        assert not isinstance(done, Refused), done
        return opened

    def following(self, **changes: Any) -> RenewableAgreement:
        """Return terms that follow the newest agreement soundly, but for what is changed."""
        return following(self.state.agreements[-1], self.now + 7 * DAY, self.now + 300 * DAY, **changes)

    def signatures(self, terms: Agreement) -> list[object]:
        """Write both agencies' signatures over terms to files; give the options that name them."""
        words: list[object] = []
        for agency in (ALBA, BOREAL):
            path = self.folder / f"{agency.name}.signed"
            path.write_bytes(signed(terms, agency) + b"\n")
            words += ["--agreement", path]
        return words


@pytest.fixture
def commands(node_database: Dsns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return Commands(on_postgresql(tmp_path / "home", node_database), tmp_path)


@pytest.fixture
def deciding(node_database: Dsns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Give the commands of a node that its first agreement names second."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    turned = replace(FIRST, parties=FIRST.parties[::-1], profiles=FIRST.profiles[::-1])
    return Commands(on_postgresql(tmp_path / "home", node_database), tmp_path, turned)


def test_a_draft_goes_on_as_the_newest_agreement_stands_but_for_what_is_named(commands: Commands) -> None:
    said = commands.run(
        "renew", "boreal", "--out", commands.folder / "next", "--sweep-every", "30m", "--grave", "5m",
        "--route", "extradition", "--data", "request", "--standing-recipient", "cobre", "--begins-in", "10d",
    )  # fmt: skip
    assert "Withdrawals are swept every: 1 hour -> 30 minutes" in said
    assert "Standing recipients: nobody -> cobre" in said
    terms = json.loads((commands.folder / "next").read_text())
    [first] = commands.state.agreements
    assert (terms["replaces"], terms["valid_from"], terms["hash"]) == ([first.hash], NOW + 10 * DAY, "")
    assert (terms["lifetimes"]["grave"], terms["lifetimes"]["reading"]) == (300_000, first.lifetimes.reading)
    assert (terms["routes"], terms["data"], terms["handling"]) == (
        ["extradition"],
        ["request"],
        ["H0", "H1", "H2", "H3"],
    )
    assert (terms["first_date"], terms["dates_from"]) == (10, first.valid_from + 10 * first.answer_every)
    assert "It changes nothing but its dates." in commands.run("renew", "boreal", "--out", commands.folder / "same")


def test_an_agreement_is_offered_answered_and_shown(commands: Commands) -> None:
    offered = commands.run("offer", "boreal", commands.draft("--route", "extradition"), *SIGN)
    assert "Signed and sent to boreal." in offered
    assert [row.kind for row in Outbox.objects.all()] == ["agreement"]
    ours = commands.state.renewal.ours
    assert ours is not None
    shown = commands.run("show", "boreal")
    dated = f"2027-01-22 - 2028-01-22, terms {ours.terms.hash[:16]}"
    assert "In turn: 2026-" in shown
    assert f"Signed here, not by boreal: {dated}" in shown
    commands.heard(replace(ours.terms, hash=""))
    shown = commands.run("show", "boreal")
    assert f"Signed by both, boreal tells it next: {dated}" in shown
    assert "Signed here" not in shown
    commands.heard(replace(ours.terms, hash=""), ALBA, BOREAL)
    shown = commands.run("show", "boreal")
    assert f"Agreed, to follow: {dated}" in shown
    assert "Signed" not in shown
    commands.now = ours.terms.valid_until
    assert f"Not in force: {dated}" in commands.run("show", "boreal")


def test_what_the_partner_signed_is_accepted_by_its_number(commands: Commands) -> None:
    theirs = commands.heard(commands.following(ceiling_per_month=20))
    shown = commands.run("show", "boreal")
    [number] = re.findall(r"Signed by boreal, not here: .*, terms ([0-9a-f]{16})", shown)
    assert "Requests a month, at most: 50 -> 20" in shown
    for other in ("0" * 16, number[:15], ""):
        assert commands.refused("accept", "boreal", "--terms", other, *SIGN)[0].startswith(
            "boreal offers no such terms"
        )
    said = commands.run("accept", "boreal", "--terms", number, *SIGN)
    assert "Signed and sent to boreal; agreed once it tells both signatures." in said
    assert len(commands.state.agreements) == 1
    commands.heard(replace(theirs, hash=""), ALBA, BOREAL)
    assert commands.state.agreements[-1] == theirs
    assert "offers no such terms" in commands.refused("accept", "boreal", "--terms", number, *SIGN)[0]


def test_where_this_node_decides_what_is_accepted_is_agreed(deciding: Commands) -> None:
    theirs = deciding.heard(deciding.following())
    assert "Agreed" in deciding.run("accept", "boreal", "--terms", theirs.hash[:16], *SIGN)
    assert deciding.state.agreements[-1] == theirs
    ours = deciding.following(ceiling_per_month=20)
    ours = replace(ours, valid_from=theirs.valid_from + DAY)
    deciding.heard(ours)
    assert "Agreed" in deciding.run("offer", "boreal", deciding.written(ours), *SIGN)


def test_with_no_agreement_in_force_both_signatures_are_adopted(commands: Commands) -> None:
    commands.now = commands.state.agreements[-1].valid_until + DAY
    draft = commands.draft("--begins-in", "1h")
    en, es = commands.refused("offer", "boreal", draft, *SIGN)
    assert "Exchange the signatures as files and adopt them: cotejo agreement adopt." in en
    assert "Intercambie las firmas como archivos" in es
    commands.run("sign", draft, "--out", commands.folder / "ours")
    words = commands.signatures(commands.following(valid_from=commands.now + HOUR))
    assert "Agreed" in commands.run("adopt", "boreal", *words, *SIGN)
    shown = commands.run("show", "boreal")
    assert "Not in force: " in shown
    assert "Agreed, to follow: " in shown
    assert not Outbox.objects.exists()


def test_the_end_of_an_agreement_is_drafted_as_long_as_it_takes(commands: Commands) -> None:
    end = commands.folder / "end"
    said = commands.run("end", "boreal", "--out", end)
    assert "Legal routes: " in said
    assert "-> none" in said
    terms = json.loads(end.read_text())
    assert (terms["routes"], terms["data"]) == ([], [])
    assert terms["valid_until"] - terms["valid_from"] == 10 * DAY + 3 * HOUR
    commands.run("offer", "boreal", end, *SIGN)
    en, es = commands.refused("end", "boreal", "--out", commands.folder / "short", "--lasts", "9d")
    assert "too short" in en
    assert "demasiado corto" in es
    assert not (commands.folder / "short").exists()


def test_whoever_is_not_paired_is_said_to_be_so_by_every_command(commands: Commands) -> None:
    draft = commands.draft()
    for words in (
        ("renew", "cresta", "--out", commands.folder / "no"),
        ("end", "cresta", "--out", commands.folder / "no"),
        ("show", "cresta"),
        ("offer", "cresta", draft, *SIGN),
        ("accept", "cresta", "--terms", "0" * 16, *SIGN),
        ("adopt", "cresta", "--agreement", draft, *SIGN),
    ):
        assert commands.refused(*words) == ("Not paired: cresta.", "Sin vincular: cresta.")
    assert not (commands.folder / "no").exists()


def test_f62_terms_that_do_not_follow_are_not_drafted(commands: Commands) -> None:
    for changes, en, es in (
        (("--sweep-every", "2h"), "put off answers or sweeps", "aplazan respuestas o plazos de retiro"),
        (("--arrival", "48h"), "handover.arrival: 172800000 is outside", "handover.arrival: 172800000 está fuera"),
        (("--kept-months", "61"), "kept_months: 61 is outside", "kept_months: 61 está fuera"),
        (("--valid-for", "0d"), "end before they begin", "terminan antes de empezar"),
        (("--valid-for", "9999999d"), "Nobody may sign these terms", "Nadie puede firmar estos términos"),
        (("--witness", "me"), "Not a key (name+hash+key): me", "No es una clave (nombre+huella+clave): me"),
    ):
        said = commands.refused("renew", "boreal", "--out", commands.folder / "no", *changes)
        assert en in said[0]
        assert es in said[1]
        assert not (commands.folder / "no").exists()


def test_f62_everything_wrong_with_terms_is_said_at_once(commands: Commands) -> None:
    words = ("--sweep-every", "30h", "--answer-every", "31d", "--ceiling-per-month", "1001")
    said = commands.refused("renew", "boreal", "--out", commands.folder / "no", *words)
    for each in ("put off", "sweep_every", "answer_every", "ceiling_per_month"):
        assert each in said[0]


def test_a_folder_that_is_not_there_is_named(commands: Commands) -> None:
    out = commands.folder / "nowhere" / "next"
    assert commands.refused("renew", "boreal", "--out", out)[0] == f"{out} cannot be written."


def test_what_is_no_draft_is_not_signed(commands: Commands) -> None:
    path = commands.folder / "no-draft"
    for content in (b"", b"{}", b"not a draft", b'{"hash": 1.5}', b"\xff\xfe", b"[" * 5000):
        path.write_bytes(content)
        en, es = commands.refused("offer", "boreal", path, *SIGN)
        assert en == f"{path} is no draft of an agreement."
        assert es == f"{path} no es un borrador de acuerdo."
    first = commands.written(FIRST)
    assert "Draft it: cotejo agreement renew" in commands.refused("offer", "boreal", first, *SIGN)[0]


def test_f62_a_draft_edited_into_what_does_not_follow_is_neither_signed_nor_sent(commands: Commands) -> None:
    edits: dict[str, dict[str, Any]] = {
        "begin before the partner can have answered": {"valid_from": NOW + 1000},
        "put off answers or sweeps": {"sweep_every": 2 * HOUR},
        "not between these two agencies": {"parties": ("alba", "cobre")},
        "do not follow the newest agreement": {"replaces": ()},
        "kept_months: 900 is outside what is allowed": {"kept_months": 900},
        "sealed_months: -1 is outside what is allowed": {"sealed_months": -1},
        "Nobody may sign these terms: agreement: no calendar": {"valid_until": 10**15},
        "Nobody may sign these terms: agreement: purposes holds": {"purposes": ("\x1b[2J",)},
    }
    for words, changes in edits.items():
        said = commands.refused("offer", "boreal", commands.written(commands.following(**changes)), *SIGN)
        assert words in said[0]


def test_i1_two_people_of_the_two_duties_sign(commands: Commands) -> None:
    draft = commands.draft()
    somebody("d.both", Duty.PARTNERS, Duty.OVERSIGHT)
    for by, approved_by, words in (
        ("d.both", "d.both", "Whoever signs does not approve as well."),
        ("o.faro", "o.faro", "partner relations"),
        ("p.reyes", "p.reyes", "oversight"),
        ("nobody", "o.faro", "There is no account nobody"),
        ("p.reyes", "nobody", "There is no account nobody"),
    ):
        said = commands.refused("offer", "boreal", draft, "--by", by, "--approved-by", approved_by)
        assert words in said[0]


def test_signatures_that_are_not_both_agencies_over_the_same_terms_are_not_adopted(commands: Commands) -> None:
    sound = commands.signatures(commands.following())
    junk = commands.folder / "junk"
    junk.write_bytes(b"nothing signed")
    mixed = [*sound[:2], "--agreement", commands.folder / "other"]
    (commands.folder / "other").write_bytes(signed(commands.following(ceiling_per_month=1), BOREAL))
    stranger = [*sound[:2], "--agreement", commands.folder / "stranger"]
    (commands.folder / "stranger").write_bytes(signed(commands.following(), Agency("boreal", seed="another")))
    for words in (sound[:2], [*sound[:2], *sound[:2]], ["--agreement", junk, "--agreement", junk], mixed, stranger):
        en, es = commands.refused("adopt", "boreal", *words, *SIGN)
        assert en.startswith("These are not both agencies' signatures over the same terms:")
        assert es.startswith("No son las firmas de ambas entidades")
    first = commands.signatures(replace(FIRST, valid_from=NOW + DAY))
    assert "first form" in commands.refused("adopt", "boreal", *first, *SIGN)[0]
    loose = commands.signatures(commands.following(kept_months=70))
    assert "kept_months: 70" in commands.refused("adopt", "boreal", *loose, *SIGN)[0]
    late = commands.signatures(commands.following(sweep_every=2 * HOUR))
    assert "put off" in commands.refused("adopt", "boreal", *late, *SIGN)[0]
