"""The register's index on the disk: possible same persons among ten million rows in milliseconds.

    build(folder, records)                       # a generation, a chunk at a time          (building.py)
    index = LiveIndex(open_generation(folder))   # mapped, shared by processes              (files.py, live.py)
    index.apply(changed, gone)                   # what changed since
    ranked = index.rank(subject, model, first=10)

Derived data: made again from the rows whenever it is damaged, old or gone, and never kept longer than they are.
"""

from cotejo.identity.index.building import Progress, build, silent
from cotejo.identity.index.files import Damaged, Generation, open_generation, remove
from cotejo.identity.index.live import MERGED_FROM, LiveIndex
from cotejo.identity.index.search import MOST_COMPARED, Ranked

__all__ = [
    "MERGED_FROM",
    "MOST_COMPARED",
    "Damaged",
    "Generation",
    "LiveIndex",
    "Progress",
    "Ranked",
    "build",
    "open_generation",
    "remove",
    "silent",
]
