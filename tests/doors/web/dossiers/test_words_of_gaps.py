"""What a receipt names as missing is said in words, also when no gate of the request is meant."""

import pytest
from django.utils.translation import override

from cotejo.doors.web.records.templatetags.records import gap_in_words


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        ("wrong_body", "el programa de la contraparte no la entiende"),
        ("unknown_kind", "autorícela de nuevo cuando lo actualicen"),
        ("link.not_open", "su ensayo no ha terminado en ambos sentidos"),
    ],
)
def test_a_gap_of_the_line_is_said_in_words(gap: str, words: str) -> None:
    with override("es"):
        assert words in gap_in_words(gap)
