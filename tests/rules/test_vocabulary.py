"""Every code of a closed list has words in both languages."""

import pytest

from cotejo.rules.vocabulary import WORDS, words_of


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_every_member_of_every_list_has_words_in_both_languages(kind):
    assert all(words_of(member).en and words_of(member).es for member in kind)
