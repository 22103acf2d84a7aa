"""Step 3: a bulletin about a group passes; a name in it is impossible."""

from dataclasses import fields, replace
from typing import Any, Final

from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.bulletin import PassBulletin, PrepareBulletin
from cotejo.rules.bulletin_words import IncidentKind, Trend
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import Bulletin
from cotejo.simulation.invented import invented_id
from cotejo_demo.cases import ARRIVES_WITHIN, Story, done, expect
from cotejo_demo.cast import CHECKER, RECORDER
from cotejo_demo.knowledge import GROUPS
from cotejo_demo.node import wait_for

NUMBERS: Final = ("id", "count")


def play(story: Story) -> str:
    """Pass a bulletin on; then try to write a name into every field of one."""
    seed = story.world.file.seed
    told = Bulletin(
        id=invented_id(seed, "bulletin"),
        group_code=GROUPS[0].code,
        kind_code=IncidentKind.EXTORTION,
        month="2026-10",
        place_code="SV-SM",
        count=17,
        trend_code=Trend.UP,
    )
    stream = Stream(StreamKind.BULLETIN, told.id)
    done("a bulletin", story.alba.act(RECORDER, stream, PrepareBulletin(bulletin=told), Purpose.ANALYSIS))
    done("passing it", story.alba.act(CHECKER, stream, PassBulletin(partners=("boreal",)), Purpose.ANALYSIS))
    arrived = wait_for("The bulletin", lambda: story.boreal.ask("state", stream).bulletin, seconds=ARRIVES_WITHIN)
    expect(arrived == told, "the bulletin that arrived is another")
    name = story.world.people.sound.full_name
    tried = [each.name for each in fields(Bulletin) if each.name not in NUMBERS]
    for field in tried:
        named: dict[str, Any] = {"id": invented_id(seed, "bulletin", field), field: name}
        other = replace(told, **named)
        refused = story.alba.act(
            RECORDER, Stream(StreamKind.BULLETIN, other.id), PrepareBulletin(bulletin=other), Purpose.ANALYSIS
        )
        expect("bulletin.not_a_code" in refused.codes, f"a name was taken in the field {field}")
    return f"arrived as it left; a name was refused in each of {len(tried)} fields, and there is no field of free text"
