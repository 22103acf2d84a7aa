"""A sentence is supported, contradicted, or cannot be known; the page without a program says the same."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo_portal.release import Release
from cotejo_portal.sentence import ENDLESS, Comparison, Sentence, Verdict, check, judge, possible, sentence_ranges

RANGES = st.one_of(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    st.sampled_from([(0, ENDLESS), (1, ENDLESS)]),
)
HOLDS = {
    Comparison.AT_LEAST: int.__ge__,
    Comparison.MORE_THAN: int.__gt__,
    Comparison.AT_MOST: int.__le__,
    Comparison.FEWER_THAN: int.__lt__,
    Comparison.EXACTLY: int.__eq__,
}


@settings(max_examples=60, deadline=None)
@given(bounds=RANGES, comparison=st.sampled_from(Comparison), number=st.integers(0, 100))
def test_the_verdict_is_what_trying_every_possible_count_gives(
    bounds: tuple[int, int], comparison: Comparison, number: int
) -> None:
    low, high = bounds
    tried = {HOLDS[comparison](count, number) for count in range(low, min(high, 300) + 1)}
    expected = (
        Verdict.CANNOT_BE_KNOWN if len(tried) > 1 else (Verdict.SUPPORTED if True in tried else Verdict.CONTRADICTED)
    )
    assert judge(low, high, comparison, number) is expected


@settings(max_examples=60, deadline=None)
@given(bounds=RANGES, comparison=st.sampled_from(Comparison), number=st.integers(0, 100))
def test_the_printed_ranges_give_each_number_the_verdict_of_the_command(
    bounds: tuple[int, int], comparison: Comparison, number: int
) -> None:
    ranges = sentence_ranges(*bounds, comparison)
    held = [verdict for verdict, text in ranges.items() if holds(text, number)]
    assert held == [judge(*bounds, comparison, number)]


def holds(text: str, number: int) -> bool:
    """Read `N ≤ 5, N ≥ 9`, `3 ≤ N ≤ 7`, `N = 4` or `—` as a reader would."""
    for part in text.split(", "):
        if found := re.fullmatch(r"(?:(\d+) ≤ )?N ([≤≥=]) (\d+)", part):
            low, sign, bound = found.groups()
            within = {"≤": number <= int(bound), "≥": number >= int(bound), "=": number == int(bound)}[sign]
            if within and (low is None or int(low) <= number):
                return True
        else:
            assert part == "—"
    return False


@settings(max_examples=60, deadline=None)
@given(count=st.integers(0, 200), up=st.booleans())
def test_a_published_number_stands_for_every_count_that_may_be_behind_it(count: int, up: bool) -> None:
    said = count if count == 0 else None if count < 10 else (-(-count // 5) * 5 if up else count // 5 * 5)
    low, high = possible(said, guarded=False)
    assert low <= count <= high


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        (("requests-sent", "at-least", 300, "", ""), Verdict.SUPPORTED),
        (("requests-sent", "more-than", 1000, "", ""), Verdict.CONTRADICTED),
        (("requests-sent", "exactly", 400, "", ""), Verdict.CANNOT_BE_KNOWN),
        (("requests-sent", "at-least", 20, "2026-03", "extradition"), Verdict.SUPPORTED),
        (("requests-sent", "fewer-than", 20, "2026-03", ""), Verdict.CONTRADICTED),
        (("requests-sent", "at-least", 100, "", "extradition"), Verdict.SUPPORTED),
        (("refused-at-gates", "at-least", 40, "", "evidence"), Verdict.SUPPORTED),
        (("refused-at-gates", "at-most", 6, "", "custody"), Verdict.CANNOT_BE_KNOWN),
        (("refused-at-gates", "at-least", 1, "2026-03", "evidence"), Verdict.CANNOT_BE_KNOWN),
        (("withdrawals-issued", "at-least", 1, "", "extradition"), Verdict.CANNOT_BE_KNOWN),
        (("requests-sent", "at-least", 1, "2027-01", ""), Verdict.CANNOT_BE_KNOWN),
        (("people-deported", "at-least", 1, "", ""), Verdict.CANNOT_BE_KNOWN),
    ],
)
def test_a_journalists_sentence_is_answered_from_the_release_alone(
    release: Release, sentence: tuple[str, str, int, str, str], verdict: Verdict
) -> None:
    figure, comparison, number, month, part = sentence
    asked = Sentence(figure=figure, comparison=Comparison(comparison), number=number, month=month, part=part)
    assert check(release, asked).verdict is verdict
