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
    groups = _Groups()
    climbed: set[str] = set()
    names = set()
    for item in items:
        name = f"item:{item.id}"
        names.add(name)
        groups.join(name, f"origin:{item.origin}" if item.origin else name)
        groups.join(name, f"document:{item.document}" if item.document else name)
        _climb(item.id, parents, groups, climbed)
    return len({groups.of(name) for name in names})


def _climb(start: str, parents: Mapping[str, tuple[str, ...]], groups: "_Groups", climbed: set[str]) -> None:
    """Join an item with every ancestor, each looked at once however many descend from it."""
    open_ends = [start]
    while open_ends:
        each = open_ends.pop()
        if each not in climbed:
            climbed.add(each)
            for parent in parents.get(each, ()):
                groups.join(f"item:{each}", f"item:{parent}")
                open_ends.append(parent)


class _Groups:
    """Names that belong together, in nearly constant time each (disjoint sets)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, name: str) -> str:
        """Return the one name that stands for the group of this one."""
        path = []
        while (above := self._above.get(name, name)) != name:
            path.append(name)
            name = above
        for each in path:
            self._above[each] = name
        return name

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        self._above[self.of(one)] = self.of(other)
