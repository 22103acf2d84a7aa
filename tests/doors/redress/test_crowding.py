"""Nobody floods the office, nobody is kept from following a complaint, and no address is kept."""

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.doors.redress.crowding import MOST, WINDOW, Turnstile, address_of
from cotejo.rules.paper_codes import PAPER_CODE
from tests.doors.redress.conftest import Served

NOW = 1_795_780_800_000
SOUND = {"speaker": "person", "wrong": "other", "text": "Palabras inventadas."}


def test_the_office_takes_so_many_complaints_an_hour_from_one_address_and_then_the_next() -> None:
    turnstile = Turnstile()
    passed = [turnstile.opens_at("192.0.2.7", f"{n}", now=NOW + n) for n in range(MOST)]
    assert passed == [0] * MOST
    assert turnstile.opens_at("192.0.2.7", "one more", now=NOW + MOST) == NOW + WINDOW
    assert turnstile.opens_at("192.0.2.8", "a neighbour", now=NOW + MOST) == 0
    assert turnstile.opens_at("192.0.2.7", "3", now=NOW + MOST) == 0, "a form sent again is the same complaint"
    assert turnstile.opens_at("192.0.2.7", "one more", now=NOW + WINDOW) == 0


def test_an_ipv6_household_is_one_address_and_a_mapped_one_is_its_ipv4() -> None:
    turnstile = Turnstile()
    for n in range(MOST):
        turnstile.opens_at(f"2001:db8:1:2::{n:x}", f"{n}", now=NOW)
        turnstile.opens_at("::ffff:192.0.2.7", f"m{n}", now=NOW)
    assert turnstile.opens_at("2001:db8:1:2:ffff::1", "more", now=NOW)
    assert turnstile.opens_at("192.0.2.7", "more", now=NOW)
    assert turnstile.opens_at("2001:db8:1:3::1", "more", now=NOW) == 0


@pytest.mark.parametrize("address", ["", "unknown", "127.0.0.1", "::1", "10.0.0.1, 10.0.0.2", "x" * 4_000])
def test_without_a_known_address_nobody_is_held_up(address: str) -> None:
    turnstile = Turnstile()
    assert not any(turnstile.opens_at(address, f"{n}", now=NOW) for n in range(3 * MOST))


def test_an_address_is_kept_as_a_digest_and_for_an_hour() -> None:
    turnstile = Turnstile()
    turnstile.opens_at("192.0.2.7", "a", now=NOW)
    assert "192.0.2" not in repr(vars(turnstile))
    turnstile.opens_at("192.0.2.8", "b", now=NOW + WINDOW)
    assert len(turnstile._passed) == 1
    assert Turnstile()._place("192.0.2.7") != Turnstile()._place("192.0.2.7"), "no digest outlives its process"


@settings(max_examples=40, deadline=None)
@given(gaps=st.lists(st.integers(0, WINDOW // 4), min_size=1, max_size=80))
def test_no_hour_holds_more_than_its_share_and_the_moment_told_is_kept(gaps: list[int]) -> None:
    turnstile, at, passed = Turnstile(), NOW, list[int]()
    for n, gap in enumerate(gaps):
        at += gap
        opens = turnstile.opens_at("192.0.2.7", f"{n}", now=at)
        if opens:
            assert at < opens <= at + WINDOW
        else:
            passed.append(at)
        assert sum(at - WINDOW < each for each in passed) <= MOST


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.7", "203.0.113.9", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "", ""),
        ("::1", "192.0.2.7", "192.0.2.7"),
        ("", "192.0.2.7", ""),
    ],
)
def test_only_a_proxy_of_this_machine_is_believed(peer: str, forwarded: str, address: str) -> None:
    assert address_of(peer, forwarded) == address


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Many complaints came from this connection"), ("es", "llegaron muchas quejas")]
)
def test_f65_a_crowd_at_one_connection_waits_and_what_was_lodged_goes_on(
    served: Served, language: str, words: str
) -> None:
    request, crowd = secrets.token_hex(16), served.visitor(language)
    crowd.client.headers["X-Forwarded-For"] = f"198.51.100.{1 if language == 'en' else 2}"
    receipts = [crowd.lodge(request, "x") for _ in range(MOST)]

    pages = {code: crowd.send("/complaint/", {**SOUND, "code": code}) for code in (request, served.card())}
    for page in pages.values():
        assert page.status_code == 429
        assert words in page.text
        assert "Palabras inventadas." in page.text, "what was typed is kept"
        assert 0 < int(page.headers["Retry-After"]) <= 3_600
    unknown = crowd.send("/complaint/", {**SOUND, "code": PAPER_CODE.make(secrets.token_bytes)})
    assert unknown.status_code == 429, "the same whether a code exists or not (F67)"

    assert served.signals(request) == ["suspend"]
    follow = crowd.send("/status/", {"code": receipts[-1], "do": "write", "text": "Sigo aquí."})
    assert follow.status_code == 200
    assert "Sigo aquí." in follow.text
    other = served.visitor(language)
    other.client.headers["X-Forwarded-For"] = f"198.51.100.{3 if language == 'en' else 4}"
    assert other.lodge(request, "x")
