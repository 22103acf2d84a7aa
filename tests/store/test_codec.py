"""Acts to exact bytes and back, for every act the law declares."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof.records import NotThisRecord
from cotejo.rules.acts import ACTS, Act
from cotejo.store import codec
from tests.builders.memory import CATEGORISED

codec.load_law()
st.register_type_strategy(int, st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1))


@pytest.mark.parametrize("code", sorted(ACTS))
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_every_act_comes_back_from_its_bytes(code: str, data: st.DataObject) -> None:
    written: Act = data.draw(st.from_type(ACTS[code]))

    body = codec.encode(written)

    assert codec.decode(code, body) == written
    assert codec.encode(codec.decode(code, body)) == body


def test_a_field_no_act_has_is_refused() -> None:
    body = msgspec.json.decode(codec.encode(CATEGORISED)) | {"zeal": 1}

    with pytest.raises(NotThisRecord):
        codec.decode(CATEGORISED.code, msgspec.json.encode(body, order="sorted"))


def test_another_spelling_of_the_same_act_is_refused() -> None:
    with pytest.raises(NotThisRecord):
        codec.decode(CATEGORISED.code, codec.encode(CATEGORISED) + b" ")


def test_a_code_no_module_of_the_law_declares_is_named() -> None:
    with pytest.raises(codec.UnknownAct, match=r"person\.forgotten"):
        codec.decode("person.forgotten", b"{}")
