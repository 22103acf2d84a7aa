"""Bytes a node has to refuse, and the code it refuses them by: `docs/vectors/refusals-1.json`.

1. By what reads them, in groups. Each entry has a `name`, the bytes as `text` or `hex`, the `code`; what else a reader
   needs stands in `with` of its group.
2. Everything is signed with the keys of `exchange-1.json`: what is wrong is one thing alone.
"""

import base64
import json
from collections.abc import Iterator
from typing import Any, Final

from cotejo.actions.status import list_id
from cotejo.exchange.slips import Slip
from cotejo.proof import exact, jws, records
from cotejo.proof.checkpoint import Checkpoint, sign_checkpoint
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.padding import SMALLEST, pad
from cotejo.proof.sealing import Suite
from cotejo.proof.status_list import SlotState, StatusList, first_list, sign_status_list
from cotejo.rules.agreement import DAY
from tools import vectors
from tools.vectors import FROM, NOW, TO, key_of, seed

LIST: Final = list_id(FROM, TO)
LOG: Final = f"{FROM}/link/{TO}"
KEY: Final = key_of(FROM, Purpose.MESSAGE)
STATUS: Final = key_of(FROM, Purpose.STATUS)
STRANGER: Final = SigningKey.from_seed(seed("stranger"), Purpose.MESSAGE)
Entry = dict[str, Any]


def refusals() -> Entry:
    """Return the whole file."""
    found = json.loads(vectors.FILE.read_text(encoding="utf-8"))
    groups = {
        "exact": {"with": {}, "refused": list(_exact())},
        "base64url": {"with": {}, "refused": list(_base64url())},
        "padding": {"with": {}, "refused": list(_padding())},
        "jws": {"with": {"type": str(jws.Typ.MESSAGE), "key": KEY.verifying.public.hex()}, "refused": list(_jws())},
        "claims": {"with": {"issuer": FROM, "addressee": TO}, "refused": list(_claims(found))},
        "envelope": {
            "with": {"issuer": FROM, "addressee": TO, "key_id": found["opening_key_ids"]["X25519"]},
            "refused": list(_envelopes(found)),
        },
        "line": {
            "with": {"sequence": 1, "last": found["message"]["sha256"], "now": NOW, "skew": 60_000},
            "refused": list(_line(found)),
        },
        "status_list": {
            "with": {"id": LIST, "key": STATUS.verifying.public.hex(), "now": NOW + DAY, "skew": 60_000}
            | {"longest_life": DAY, "held": sign_status_list(_held(), STATUS).decode()},
            "refused": list(_status()),
        },
        "checkpoint": {"with": {"log": LOG, "key": found["line"]["log_key"]}, "refused": list(_checkpoints(found))},
        "slip": {"with": {"issuer": FROM, "addressee": TO, "part": "0" * 64}, "refused": list(_slips())},
    }
    return {"format": "cotejo-vectors/1", "groups": groups}


def _text(name: str, text: str | bytes, code: str) -> Entry:
    return {"name": name, "text": text if isinstance(text, str) else text.decode(), "code": code}


def _hex(name: str, data: bytes, code: str) -> Entry:
    return {"name": name, "hex": data.hex(), "code": code}


def _exact() -> Iterator[Entry]:
    for name, text in (
        ("white space", '{"a": 1}'),
        ("other order", '{"b":1,"a":2}'),
        ("a member twice", '{"a":1,"a":1}'),
        ("a fraction", "1.0"),
        ("an exponent", "1e2"),
        ("not a number", "NaN"),
        ("minus zero", "-0"),
        ("beyond 2^53-1", "9007199254740992"),
        ("a needless escape", '"\\u0041"'),
        ("a line feed escaped by number", '"\\u000a"'),
        ("a control character escaped in capitals", '"\\u001F"'),
        ("an escaped slash", '"\\/"'),
        ("letters escaped that need not be", '"\\u00f1"'),
        ("half a surrogate pair", '"\\ud800"'),
        ("a byte order mark", "\ufeff1"),
        ("a comment", "1//"),
        ("nested too deep", "[" * 34 + "]" * 34),
        ("two values", "1 2"),
        ("nothing", ""),
    ):
        yield _text(name, text, "not_exact")


def _base64url() -> Iterator[Entry]:
    for name, text in (
        ("filled up", "AA=="),
        ("the other alphabet", "+/8"),
        ("bits left over", "AB"),
        ("one letter", "A"),
        ("a line break", "AA\n"),
        ("a space", "A A"),
    ):
        yield _text(name, text, "not_exact")


def _padding() -> Iterator[Entry]:
    sound = pad(b"content")
    for name, data in (
        ("no class", sound[:-1]),
        ("a byte in the filling", sound[:-1] + b"\1"),
        ("longer than it is", (SMALLEST).to_bytes(4, "big") + sound[4:]),
        ("nothing", b""),
    ):
        yield _hex(name, data, "bad_padding")


def _compact(header: str, payload: bytes = b"{}", key: SigningKey = KEY) -> str:
    first = f"{_b64(header.encode())}.{_b64(payload)}"
    return f"{first}.{_b64(key.sign(first.encode()))}"


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _header(**changes: Any) -> str:  # noqa: ANN401 - a header may say anything
    header = {"alg": "Ed25519", "kid": KEY.key_id, "typ": str(jws.Typ.MESSAGE)}
    return json.dumps({k: v for k, v in {**header, **changes}.items() if v is not None}, separators=(",", ":"))


def _sorted(**changes: Any) -> str:  # noqa: ANN401 - a header may say anything
    return json.dumps(json.loads(_header(**changes)), sort_keys=True, separators=(",", ":"))


def _jws() -> Iterator[Entry]:
    sound = _compact(_sorted())
    kid = KEY.key_id
    for name, text, code in (
        ("alg none", _compact(_sorted(alg="none")), "forbidden_algorithm"),
        ("alg none, no signature", _compact(_sorted(alg="none")).rpartition(".")[0] + ".", "forbidden_algorithm"),
        ("alg EdDSA", _compact(_sorted(alg="EdDSA")), "forbidden_algorithm"),
        ("alg HS256", _compact(_sorted(alg="HS256")), "forbidden_algorithm"),
        ("zip", _compact(_sorted(zip="DEF")), "not_exact"),
        ("b64 false and crit", _compact(_sorted(b64=False, crit=["b64"])), "not_exact"),
        ("empty crit", _compact(_sorted(crit=[])), "not_exact"),
        ("a key of its own", _compact(_sorted(jwk={})), "not_exact"),
        ("no type", _compact(_sorted(typ=None)), "not_exact"),
        ("kid is a number", _compact(_sorted(kid=7)), "not_exact"),
        ("another kid", _compact(_sorted(kid="0" * 32)), "unknown_key"),
        ("another type", _compact(_sorted(typ=str(jws.Typ.STATUS_LIST))), "wrong_type"),
        (
            "a member twice",
            _compact(f'{{"alg":"Ed25519","alg":"Ed25519","kid":"{kid}","typ":"{jws.Typ.MESSAGE}"}}'),
            "not_exact",
        ),
        ("white space", _compact(_sorted().replace(",", ", ")), "not_exact"),
        ("other order", _compact(_header(alg=None)[:-1] + ',"alg":"Ed25519"}'), "not_exact"),
        ("another key under this kid", _compact(_sorted(), key=STRANGER), "bad_signature"),
        ("another payload", sound.replace(".e30.", ".W10."), "bad_signature"),
        ("filled up", sound + "==", "not_exact"),
        ("two parts", sound.rpartition(".")[0], "not_exact"),
        ("five parts", sound + "..", "not_exact"),
        ("nothing", "", "not_exact"),
    ):
        yield _text(name, text, code)


def _signed(found: Entry, **changes: Any) -> bytes:  # noqa: ANN401 - claims may say anything
    claims = {**json.loads(found["message"]["claims"]), **changes}
    return jws.sign(exact.to_bytes(claims), KEY, typ=jws.Typ.MESSAGE)


def _claims(found: Entry) -> Iterator[Entry]:
    """Yield messages whose seal and signature are right and whose claims are not: signed text in place of envelope."""
    for name, changes, code in (
        ("a claim more", {"x": 1}, "wrong_body"),
        ("a number as text", {"seq": "1"}, "wrong_body"),
        ("a short salt", {"salt": "00"}, "wrong_body"),
        ("an id in capitals", {"mid": "A" * 32}, "wrong_body"),
        ("a control character", {"prev": "\1"}, "wrong_body"),
        ("a version beyond 2^31-2", {"ver": 2**31}, "wrong_body"),
        ("another issuer", {"iss": "cresta"}, "unknown_partner"),
        ("another addressee", {"aud": "cresta"}, "not_for_us"),
        ("another version of the exchange", {"v": 2}, "unknown_version"),
        ("another version with a claim more", {"v": 2, "x": 1}, "unknown_version"),
    ):
        yield _text(name, _signed(found, **changes), code)


def _envelopes(found: Entry) -> Iterator[Entry]:
    sound = bytes.fromhex(found["message"]["envelopes"]["X25519"])
    elsewhere = vectors.opening_of(FROM)[Suite.X25519].sealing
    for name, data, code in (
        ("nothing", b"", "not_readable"),
        ("another magic", b"CTJ2" + sound[4:], "not_readable"),
        ("an unknown suite", sound[:4] + b"\x09" + sound[5:], "not_readable"),
        ("a key we do not hold", sound[:5] + bytes.fromhex(elsewhere.key_id) + sound[21:], "not_readable"),
        ("another suite with our key", sound[:4] + b"\x02" + sound[5:], "unknown_partner"),
        ("one bit of the capsule", sound[:21] + bytes((sound[21] ^ 1,)) + sound[22:], "unknown_partner"),
        ("one bit of the content", sound[:60] + bytes((sound[60] ^ 1,)) + sound[61:], "unknown_partner"),
        ("cut short", sound[:-1], "unknown_partner"),
        ("a byte more", sound + b"\0", "unknown_partner"),
    ):
        yield _hex(name, data, code)


def _line(found: Entry) -> Iterator[Entry]:
    """Yield messages that are readable and not the next of their line."""
    last, mid = found["message"]["sha256"], "ab" * 16
    for name, changes, code in (
        ("a number left out", {"mid": mid, "seq": 3, "prev": last}, "gap"),
        ("a number taken before", {"mid": mid, "seq": 1}, "same_number_other_bytes"),
        ("after another message", {"mid": mid, "seq": 2, "prev": "0" * 64}, "broken_line"),
        ("from the future", {"mid": mid, "seq": 2, "prev": last, "iat": NOW + 60_001}, "from_the_future"),
        ("another agreement", {"mid": mid, "seq": 2, "prev": last, "agreement": "0" * 64}, "wrong_agreement"),
    ):
        yield _text(name, _signed(found, **changes), code)


def _held() -> StatusList:
    first = first_list(LIST, slots=64, now=NOW, life=DAY)
    return first.following({9: SlotState.NEVER_AGAIN}, now=NOW + DAY - 1, life=DAY)


def _status() -> Iterator[Entry]:
    held = _held()

    def sound(**changes: Any) -> StatusList:  # noqa: ANN401 - a list may say anything
        terms = {"id": LIST, "n": held.n + 1, "iat": NOW + DAY, "exp": NOW + 2 * DAY, "bits": held.bits}
        return StatusList(**{**terms, **changes})

    for name, listed, code in (
        ("another list", sound(id="0" * 32), "not_exact"),
        ("an older number", sound(n=1), "status_behind"),
        ("the number held on another list", sound(n=held.n), "status_behind"),
        ("expired", sound(iat=NOW, exp=NOW + DAY), "status_expired"),
        ("ends within the difference of clocks", sound(exp=NOW + DAY + 60_000), "status_expired"),
        ("from the future", sound(iat=NOW + DAY + 60_001, exp=NOW + 2 * DAY), "status_from_the_future"),
        ("too long", sound(exp=NOW + 2 * DAY + 1), "status_too_long"),
        ("a slot brought back", sound(bits=bytes(len(held.bits))), "status_rewound"),
    ):
        yield _text(name, sign_status_list(listed, STATUS), code)
    payload = exact.to_bytes({**json.loads(held.to_bytes()), "n": True})
    yield _text("a truth in place of a number", jws.sign(payload, STATUS, typ=jws.Typ.STATUS_LIST), "not_exact")
    message = jws.sign(held.to_bytes(), KEY, typ=jws.Typ.MESSAGE)
    yield _text("signed as a message", message, "wrong_type")


def _checkpoints(found: Entry) -> Iterator[Entry]:
    sound = found["line"]["checkpoint"]
    key = key_of(FROM, Purpose.LOG)
    other = sign_checkpoint(Checkpoint(origin=f"{FROM}/house", size=1, root=bytes(32)), key).decode()
    stranger = SigningKey.from_seed(seed("stranger"), Purpose.LOG)
    for name, text, code in (
        ("another log", other, "other_log"),
        ("one leaf more", sound.replace("\n1\n", "\n2\n"), "bad_signature"),
        ("a nought before the size", sound.replace("\n1\n", "\n01\n"), "bad_checkpoint"),
        ("a negative size", sound.replace("\n1\n", "\n-1\n"), "bad_checkpoint"),
        ("a line more", sound.replace("\n\n", "\nmore\n\n"), "bad_checkpoint"),
        ("no signature", sound.partition("\n\n")[0] + "\n\n", "bad_checkpoint"),
        ("cut short", sound[:-2], "bad_checkpoint"),
        ("carriage returns", sound.replace("\n", "\r\n"), "bad_checkpoint"),
        (
            "a stranger's signature",
            sign_checkpoint(Checkpoint(origin=LOG, size=1, root=bytes(32)), stranger).decode(),
            "bad_signature",
        ),
        ("nothing", "", "bad_checkpoint"),
    ):
        yield _text(name, text, code)


def _slips() -> Iterator[Entry]:
    def slip(**changes: str) -> bytes:
        said = records.encode(Slip(**{"iss": FROM, "aud": TO, "part": "0" * 64, **changes}))
        return jws.sign(said, KEY, typ=jws.Typ.PART)

    for name, text, code in (
        ("for another part", slip(part="1" * 64), "not_for_us"),
        ("for another node", slip(aud="cresta"), "not_for_us"),
        ("another issuer", slip(iss="cresta"), "unknown_partner"),
        ("a message", _compact(_sorted()).encode(), "not_readable"),
        ("a stranger's", jws.sign(b"{}", STRANGER, typ=jws.Typ.PART), "unknown_partner"),
        ("nothing", b"", "not_readable"),
    ):
        yield _text(name, text, code)
