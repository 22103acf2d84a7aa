"""A release is published as it was signed and witnessed, or refused in a sentence."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from cotejo.proof.notes import NoteKey
from cotejo_portal.problems import Unfit
from cotejo_portal.release import FIGURES, TOTAL, Release, open_release
from cotejo_portal.trust import Trust
from tests.portal.conftest import LOG, WITNESS, Office


def refused(content: bytes, trust: Trust) -> str:
    with pytest.raises(Unfit) as found:
        open_release(content, trust)
    assert found.value.es != found.value.en
    return found.value.en


def changed(content: bytes, **fields: str) -> bytes:
    return json.dumps({**json.loads(content), **fields}).encode()


def test_a_signed_and_witnessed_release_is_read(release: Release) -> None:
    assert [figure.code for figure in release.payload.figures] == list(FIGURES)
    assert [each.witness for each in release.cosignatures] == [WITNESS.name]
    total = release.payload.figures[0].said()[TOTAL, TOTAL]
    assert total is not None
    assert abs(total - sum(31 + at + 22 + 2 * at + 4 + at for at in range(6))) < 5


def test_an_unsigned_release_is_refused(release_file: bytes, trust: Trust) -> None:
    assert "not signed" in refused(changed(release_file, signed=""), trust)
    assert "not signed" in refused(b'{"format":"cotejo-release/1"}', trust)
    assert "not a release" in refused(b"[]", trust)


def test_one_altered_figure_is_refused(release_file: bytes, trust: Trust) -> None:
    header, payload, signature = json.loads(release_file)["signed"].split(".")
    content = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    altered = content.replace(b'"value":35', b'"value":40', 1)
    assert altered != content
    forged = ".".join([header, base64.urlsafe_b64encode(altered).decode().rstrip("="), signature])
    assert "altered" in refused(changed(release_file, signed=forged), trust)


def test_a_release_under_another_key_or_without_enough_witnesses_is_refused(
    release_file: bytes, trust: Trust, office: Office
) -> None:
    checkpoint = office.checkpoint()[1]
    unwitnessed = "".join(line for line in checkpoint.splitlines(keepends=True) if WITNESS.name not in line)
    assert "witnesses" in refused(changed(release_file, checkpoint=unwitnessed), trust)
    stranger = NoteKey(name=LOG.name, key=type(LOG.key)(purpose=LOG.key.purpose, public=bytes([9] + [7] * 31)))
    with pytest.raises(Unfit, match="signature"):
        open_release(release_file, Trust(log=stranger, witnesses=trust.witnesses))


def test_a_release_counted_from_another_state_of_the_log_is_refused(office: Office, trust: Trust) -> None:
    content = office.release(lambda payload: payload["log"].update(size=3))
    assert "another state" in refused(content, trust)


def cell(payload: dict[str, Any], row: str, column: str, figure: int = 0) -> dict[str, Any]:
    found = [each for each in payload["figures"][figure]["cells"] if (each["row"], each["column"]) == (row, column)]
    return dict(found[0]) and found[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: p["figures"].pop(), "“withdrawals-swept” is missing"),
        (lambda p: p["figures"].append(p["figures"][0]), "there twice"),
        (lambda p: p["figures"][1].update(code="another"), "nobody could explain"),
        (lambda p: cell(p, "2026-01", "extradition").update(value=7), "must not be said"),
        (lambda p: cell(p, "2026-01", "extradition").update(value=33), "must not be said"),
        (lambda p: cell(p, "2026-01", "extradition").update(value=-5), "must not be said"),
        (lambda p: p["figures"][1].update(guarded=True) or cell(p, "*", "*", 1).update(value=0), "must not be said"),
        (lambda p: cell(p, "2026-02", "*", 2).update(value=None), "could be computed"),
        (lambda p: p["figures"][0]["cells"].pop(), "missing, repeated"),
        (lambda p: p["figures"][0]["labels"].pop("removal"), "no label"),
        (lambda p: p["period"].update({"from": "2026-02"}), "outside the period"),
        (lambda p: p["period"].update({"from": "2026-13"}), "not two months"),
        (lambda p: p.update(world="mixed"), "neither real nor invented"),
        (lambda p: p.update(issuer="boreal.example"), "not the issuer's"),
        (lambda p: p["figures"][0].update(dimensions=["month", "name"]), "do not fit"),
        (lambda p: p["figures"][0].update(name="x"), "malformed"),
        (lambda p: p.update(format="cotejo-release/2"), "not of format"),
    ],
)
def test_f69_a_signed_release_that_says_too_much_or_too_little_is_refused(
    office: Office, trust: Trust, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    assert said in refused(office.release(change), trust)


def test_f68_every_fault_of_a_release_is_named_at_once(office: Office, trust: Trust) -> None:
    def spoil(payload: dict[str, Any]) -> None:
        payload["figures"].pop()
        payload["world"] = "mixed"
        cell(payload, "2026-01", "extradition").update(value=7)

    sentence = refused(office.release(spoil), trust)
    assert all(part in sentence for part in ("is missing", "neither real", "must not be said"))
