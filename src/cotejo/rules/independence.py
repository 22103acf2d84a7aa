"""How many independent sources a set of items comes from.

1. Items that share an ancestor through `derived_from`, however far back, count once: A, B from A, C from B is one
   (F08).
2. Items of the same origin, or taken from the same document, count once.
3. An ancestor that is not in the file still joins its descendants.
"""

from collections.abc import Iterable, Mapping

from cotejo.rules.package import EvidenceItem


def independent_sources(items: Iterable[EvidenceItem], every: Iterable[EvidenceItem]) -> int:
    """Count the groups among `items` that share no ancestor, origin or document; `every` holds the ancestors."""
    parents = {each.id: each.derived_from for each in every}
    groups: list[set[str]] = []
    for item in items:
        marks = {f"item:{each}" for each in _ancestors(item.id, parents)}
        marks |= {f"origin:{item.origin}"} if item.origin else set()
        marks |= {f"document:{item.document}"} if item.document else set()
        joined = [group for group in groups if group & marks]
        groups = [group for group in groups if not group & marks]
        groups.append(marks.union(*joined))
    return len(groups)


def _ancestors(start: str, parents: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    open_ends = [start]
    while open_ends:
        each = open_ends.pop()
        if each not in found:
            found.add(each)
            open_ends.extend(parents.get(each, ()))
    return found
