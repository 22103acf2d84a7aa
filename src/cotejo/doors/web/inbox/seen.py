"""Who has read a received request: everybody's name but the protection officers', whose reading would tell (F44)."""

from collections import defaultdict
from collections.abc import Collection

from cotejo.doors.web.review.case import names_of
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.duties import Duty
from cotejo.store.models import Trace


def seen_by(reviews: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Return (officer id, name) of the readers of each of these requests, by name."""
    streams = {str(Stream(StreamKind.REVIEW, review)): review for review in reviews}
    pairs = (
        Trace.objects.filter(what="read", subject__in=streams, case__in=streams)
        .exclude(duty=Duty.PROTECTION)
        .values_list("subject", "by")
        .distinct()
    )
    readers: defaultdict[str, set[str]] = defaultdict(set)
    for subject, by in pairs:
        readers[streams[subject]].add(by)
    names = names_of(each for ids in readers.values() for each in ids)
    return {
        review: sorted(((by, names[by]) for by in ids if by in names), key=lambda pair: pair[1])
        for review, ids in readers.items()
    }
