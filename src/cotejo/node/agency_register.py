"""The register of a node whose agency has one of its own: a view of its database, found through an index made from it.

1. `[register]` in `node.toml` names the view; `COTEJO_REGISTER_URL` says how to reach it. Nothing is imported.
2. Rows stay where they are. The node keeps the index alone, under its home, for its account only and in no backup.
3. Whoever searches asks the view first what changed. A row is shown as the view has it at that moment: one that is no
   longer there is not shown.
4. The worker has the index made again when much changed since, when it is lost or damaged, and once a day: then what
   a removed row left in it is gone.
5. When the agency's system does not answer, nothing is searched (`RegisterNotReady`).
"""

import fcntl
import json
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cotejo.identity import Model, PersonRecord, RegisterNotReady
from cotejo.identity.index import (
    MERGED_FROM,
    Damaged,
    LiveIndex,
    Progress,
    Ranked,
    build,
    open_generation,
    remove,
    silent,
)
from cotejo.identity.mapping import MappingError, read_mapping
from cotejo.identity.register_file import NotARegister
from cotejo.node.agency_view import AgencyView, Moment, ViewAt
from cotejo.node.home import Home, NodeError
from cotejo.node.node_file import NodeFile
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY
from cotejo.rules.words import Text
from cotejo.store.disk import FILE_MODE, make_folder, write_over

URL: Final = "COTEJO_REGISTER_URL"
MADE_EVERY: Final[Millis] = DAY
MOST_FOLLOWED: Final = 20_000
CURRENT: Final = "current"
DAMAGED: Final = ".damaged"
PROGRESS_EVERY: Final = 5_000


def view_at(home: Home, file: NodeFile, environment: Mapping[str, str]) -> ViewAt | None:
    """Return where the agency's register is; nothing when the node has none. Raises `NodeError`."""
    if file.register is None:
        return None
    dsn = environment.get(URL, "")
    if not dsn:
        raise NodeError(
            en=f"node.toml names a view of the agency's register. Say in {URL} how to reach its database.",
            es=f"node.toml nombra una vista del registro de la institución. Indique en {URL} cómo llegar a su base de "
            "datos.",
        )
    mapping = _mapping(home.folder / file.register.mapping) if file.register.mapping else {}
    return ViewAt(dsn=dsn, view=file.register.view, changed=file.register.changed, mapping=mapping)


def _mapping(path: Path) -> dict[str, str]:
    try:
        return read_mapping(path.read_text(encoding="utf-8"))
    except MappingError as problem:
        raise NodeError(
            en=f"{path}: {' '.join(text.en for text in problem.texts)}",
            es=f"{path}: {' '.join(text.es for text in problem.texts)}",
        ) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise NodeError(en=f"{path} cannot be read.", es=f"No se puede leer {path}.") from problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The generation that holds: its name, the view's moment it was made from, and when, in ms UTC."""

    name: str
    moment: Moment
    at: Millis


class ViewIndexing:
    """The generations of the index of a view; one holds, and `current` names it."""

    def __init__(self, folder: Path, view: AgencyView, *, clock: Callable[[], Millis]) -> None:
        self._folder = folder
        self._view = view
        self._clock = clock

    def made(self) -> Made | None:
        """Return the generation that holds."""
        try:
            told = json.loads((self._folder / CURRENT).read_bytes())
            moment = Moment(rows=told["rows"], mark=told["mark"])
            return Made(name=told["name"], moment=moment, at=told["at"])
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def opened(self, made: Made) -> LiveIndex:
        """Check a generation and map it. Raises `Damaged`, which is noted for whoever makes it again, and `OSError`."""
        try:
            return LiveIndex(open_generation(self._folder / made.name))
        except Damaged:
            (self._folder / made.name).with_suffix(DAMAGED).touch(mode=FILE_MODE)
            raise

    def rebuild(self, *, progress: Progress = silent) -> int:
        """Make the index from the view as it is now. Return how many rows it has. Raises `OSError`, `NotARegister`."""
        make_folder(self._folder)
        with self._alone(), self._view.moment(patient=True) as asking:
            at, moment, name = self._clock(), asking.now(), secrets.token_hex(16)
            rows = build(self._folder / name, _counted(asking.everybody(), moment.rows, progress))
            told = {"name": name, "rows": moment.rows, "mark": moment.mark, "at": at}
            write_over(self._folder / CURRENT, json.dumps(told).encode())
            self._sweep(name)
        return rows

    def wanting(self) -> bool:
        """Say whether the index must be made again; not while the agency's system does not answer."""
        made = self.made()
        try:
            with self._view.moment() as asking:
                if made is None or self._spoilt(made):
                    return asking.now().rows > MERGED_FROM or made is not None
                if asking.count_since(made.moment.mark) > MERGED_FROM:
                    return True
                return self._clock() - made.at > MADE_EVERY
        except (OSError, NotARegister):
            return False

    def _spoilt(self, made: Made) -> bool:
        folder = self._folder / made.name
        return not folder.is_dir() or folder.with_suffix(DAMAGED).exists()

    def _sweep(self, current: str) -> None:
        for left in self._folder.iterdir():
            if left.is_dir() and left.name != current:
                remove(left)
            elif left.suffix == DAMAGED:
                left.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with os.fdopen(os.open(self._folder / "lock", os.O_WRONLY | os.O_CREAT, FILE_MODE), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class AgencyRegister:
    """An agency's own register (`cotejo.identity.CandidateSource`). `clock` gives ms UTC."""

    def __init__(self, home: Home, at: ViewAt, *, model: Model, clock: Callable[[], Millis]) -> None:
        self.model = model
        self._view = AgencyView(at)
        self.indexing = ViewIndexing(home.index / "view", self._view, clock=clock)
        self._clock = clock
        self._turn = threading.Lock()
        self._index = LiveIndex()
        self._made: Made | None = None
        self._mark = ""
        self._looked: Millis = 0

    def ranked(self, subject: PersonRecord, model: Model, *, first: int) -> Ranked:
        """Return every compared row, best first. Raises `RegisterNotReady`."""
        with self._turn:
            self._follow()
            return self._index.rank(subject, model, first=first)

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        """Return the rows with these ids as the view has them now. Raises `RegisterNotReady`."""
        if not ids:
            return ()
        with _answering(), self._view.moment() as asking:
            return asking.rows(ids)

    def as_of(self) -> int:
        """Return when the view was last looked at, in ms UTC."""
        return self._looked

    def faults(self) -> Iterator[Text]:
        """Say what is wrong with the view, or with the role that reads it."""
        try:
            with self._view.moment() as asking:
                yield from asking.faults()
        except NotARegister as problem:
            for each in problem.problems:
                column = f" {each.column}" if each.column else ""
                yield Text(
                    f"The view of the agency's register:{column} {each.words.en}",
                    f"La vista del registro de la institución:{column} {each.words.es}",
                )
        except OSError as problem:
            yield Text(
                f"The agency's register does not answer; nothing can be searched: {problem.__cause__}",
                f"El registro de la institución no responde; no se puede buscar nada: {problem.__cause__}",
            )

    def _follow(self) -> None:
        """Bring the index of this process to what the view says now."""
        at, made = self._clock(), self._newest_made()
        with _answering(), self._view.moment() as asking:
            if made is None and asking.now().rows < len(self._index):  # few rows, all in memory, and some are gone
                self._index, self._mark = LiveIndex(), ""
            mark = asking.mark()
            changed = asking.since(self._mark, MOST_FOLLOWED + 1)
        if len(changed) > MOST_FOLLOWED:
            raise RegisterNotReady("the index is being made")
        held = self._index.rows([record.id for record in changed])
        if fresh := [record for record in changed if held.get(record.id) != record]:
            self._index.apply(fresh, ())
        self._mark, self._looked = mark, at

    def _newest_made(self) -> Made | None:
        """Open the generation that holds, when it is another one, and return it."""
        made = self.indexing.made()
        if made == self._made:
            return made
        try:
            self._index = LiveIndex() if made is None else self.indexing.opened(made)
        except (Damaged, OSError) as problem:
            if self.indexing.made() == made:
                raise RegisterNotReady(str(problem)) from problem
            return self._newest_made()  # another generation took its place at this moment
        self._made, self._mark = made, made.moment.mark if made else ""
        return made


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (OSError, NotARegister) as problem:
        raise RegisterNotReady(str(problem)) from problem


def _counted(records: Iterator[PersonRecord], total: int, progress: Progress) -> Iterator[PersonRecord]:
    for done, record in enumerate(records, start=1):
        yield record
        if done % PROGRESS_EVERY == 0:
            progress(done, total)
    progress(total, total)
