"""Step 9: a journalist checks a sentence: supported, contradicted, or cannot be known; one altered row is found.

The figures are counted from the rows Alba's acts left beside its log, signed over a checkpoint the witness confirmed;
the portal is built from them and from the prevention installation's counts, by its own program.
"""

import json
from pathlib import Path
from typing import Any, Final

from cotejo.rules.acts import Refused
from cotejo.rules.figures import month_of, months
from cotejo_demo.cases import Story, expect
from cotejo_demo.cast import STATISTICS
from cotejo_demo.node import now_ms, wait_for
from cotejo_portal.recount import recount
from cotejo_portal.release import Release, read_release, write_release
from cotejo_portal.sentence import Comparison, Sentence, Verdict, check
from cotejo_portal.trust import read_trust

HALF_YEAR: Final = 6
WITNESSED_WITHIN: Final = 60.0


def play(story: Story) -> str:
    """Release Alba's figures, build the portal, ask three sentences, and alter one row of the auditor's bundle."""
    release = _release(story)
    _build(story)
    month = month_of(now_ms())
    asked = {
        Verdict.SUPPORTED: Sentence(
            figure="requests-sent", comparison=Comparison.AT_LEAST, number=1, month=month, part="extradition"
        ),
        Verdict.CONTRADICTED: Sentence(
            figure="withdrawals-issued", comparison=Comparison.EXACTLY, number=0, month=month
        ),
        Verdict.CANNOT_BE_KNOWN: Sentence(figure="requests-sent", comparison=Comparison.EXACTLY, number=5, month=month),
    }
    for verdict, sentence in asked.items():
        said = check(release, sentence).verdict
        expect(said is verdict, f"of {sentence.figure} the portal says {said}, not {verdict}")
    bundle = story.world.places.release / "leaves.jsonl"
    counted = recount(bundle, release)
    expect(not counted.findings, f"the recount differs: {[each.en for each in counted.findings]}")
    found = recount(_altered(bundle), release).findings
    expect(any("altered" in each.en for each in found), "the altered row was not found")
    altered = next(each.en for each in found if "altered" in each.en)
    expect(not story.alba.ask("fsck"), "Alba's own comparison finds something")
    return (
        f"supported, contradicted, cannot be known: one sentence each; {counted.rows} rows of {counted.leaves} leaves "
        f"recounted; {altered}"
    )


def _release(story: Story) -> Release:
    places = story.world.places
    places.release.mkdir(exist_ok=True)
    acts = story.alba.ask("streams")
    story.alba.ask("tell_logs")
    size = wait_for("A witnessed checkpoint", lambda: _witnessed(story, acts), seconds=WITNESSED_WITHIN)
    last = month_of(now_ms())
    first = _months_before(last, HALF_YEAR - 1)
    signed: Any = story.alba.ask("release", story.alba.people[STATISTICS["alba"]], first, last)
    expect(not isinstance(signed, Refused), "the release was refused")
    note = story.alba.ask("checkpoint").decode()
    (places.release / "release.json").write_bytes(write_release(signed=signed.decode(), checkpoint=note))
    key = story.alba.cli("log", "key", str(story.alba.folder)).strip()
    trusted = f"log {key}\nwitness {story.world.witness_key()}\nquorum 1\n"
    (places.release / "trust.txt").write_text(trusted, encoding="utf-8")
    with (places.release / "leaves.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in story.alba.ask("bundle", size))
    return read_release(places.release / "release.json", read_trust(places.release / "trust.txt"))


def _witnessed(story: Story, acts: int) -> int:
    """Return the size of the newest checkpoint when it holds these acts and the witness confirmed it; else 0."""
    size, confirmed = story.alba.ask("witnessed", story.world.witness_key())
    return size if confirmed and size >= acts else 0


def _months_before(month: str, many: int) -> str:
    at = int(month[:4]) * 12 + int(month[5:]) - 1 - many
    return months(f"{at // 12}-{at % 12 + 1:02}", month)[0]


def _build(story: Story) -> None:
    places, run = story.world.places, story.world.run
    counts = places.release / "prevention.json"
    run("cotejo_prevention.main", "counts", str(places.prevention), str(counts))
    run("cotejo_portal.main", "build", str(places.release / "release.json"), str(places.portal))
    expect((places.portal / "index.html").is_file(), "the portal has no first page")


def _altered(bundle: Path) -> Path:
    """Write the auditor's bundle with one row changed, and return where."""
    lines = [json.loads(line) for line in bundle.read_text(encoding="utf-8").splitlines()]
    counted = next(line for line in lines if line.get("row", {}).get("act") == "withdrawal.sent")
    counted["row"]["act"] = "request.sent"
    path = bundle.with_name("leaves-altered.jsonl")
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path
