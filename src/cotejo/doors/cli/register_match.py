"""`cotejo register match`: the register's rows ranked for each query of a file, as far as the engine is measured.

1. `query_id,rank,right_id,score,band,latency_ms`: score is the log posterior odds after competition, higher is better;
   latency is finding, weighing and explaining one query, in milliseconds.
2. For invented registers and for a folder of one's own. On a live node a query is an open case: the file names it in
   the column `case` (the number officers see), the subject is the case's own and no other column is taken, the
   protection officer signs, and each search is written down.
3. All queries are read and judged before the first is asked; the result takes its name when it is whole, and is for
   this account only. A query need tell no name: a number, an alias, a date with a parent will do. One that nothing in
   the index could find is named with its line, the others are answered.
"""

import csv
import io
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from cotejo.access.question import Denied, Thing, Verb, may
from cotejo.doors.cli.opening import Opened
from cotejo.doors.cli.signing_officer import acting
from cotejo.doors.cli.speaking import Told, refuse, refuse_reasons, say
from cotejo.identity import CandidateSource, PersonRecord, RegisterNotReady
from cotejo.identity.blocking import can_be_found
from cotejo.identity.columns import encode
from cotejo.identity.explanation import explain_weighed
from cotejo.identity.index.folder import Damaged, FolderRegister, NoRegisterHere
from cotejo.identity.register_file import ASKED_BY, NotARegister, RegisterFile, problem_at
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import BANDS
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text

HEADER: Final = ("query_id", "rank", "right_id", "score", "band", "latency_ms")
LIVE_COLUMNS: Final = {"id", "case"}
Ranking = tuple[str, int, str, str, str, str]


def match_in_folder(folder: Path, queries: Path, *, top: int, out: Path, name: Any) -> None:  # noqa: ANN401 - NameProblems
    """Rank the rows of a register in a folder. Raises `Told`."""
    try:
        register = FolderRegister(folder)
    except NoRegisterHere as problem:
        raise Told(
            Text(
                f"There is no register in {folder}. Import one first.",
                f"No hay un registro en {folder}. Importe uno primero.",
            )
        ) from problem
    except Damaged as problem:
        raise Told(
            Text(
                f"The register in {folder} is damaged ({problem}). Import it again.",
                f"El registro de {folder} está dañado ({problem}). Impórtelo de nuevo.",
            )
        ) from problem
    _write(out, _ranked(register, _read(queries, name), top))


def match_in_node(node: Opened, queries: Path, *, top: int, out: Path, by: str, name: Any) -> None:  # noqa: ANN401 - NameProblems
    """Rank the rows of a node's register. Raises `Told`."""
    if node.unit.world == "real":
        officer = acting(by, Duty.PROTECTION) if by else _nobody()
        subjects = _cases(node, queries, officer)
    else:
        subjects = _read(queries, name)
    try:
        _write(out, _ranked(node.unit.register, subjects, top))
    except RegisterNotReady as problem:
        raise Told(
            Text(
                "The register's index has to be made again first: cotejo register rebuild.",
                "Antes hay que rehacer el índice del registro: cotejo register rebuild.",
            )
        ) from problem


def _nobody() -> Officer:
    refuse(
        "On a live node the protection officer signs for a search: --by.",
        "En un nodo real la búsqueda la firma la persona de protección: --by.",
    )


def _read(path: Path, name: Any) -> list[PersonRecord]:  # noqa: ANN401 - NameProblems
    if not path.is_file():
        refuse(f"There is no file {path}.", f"No hay un archivo {path}.")
    try:
        with path.open("rb") as stream:
            rows = RegisterFile(stream, telling=ASKED_BY)
            numbered = list(rows.numbered())
    except NotARegister as broken:
        raise Told(*(problem.said for problem in broken.problems)) from broken
    tokens = Tokens()
    found = can_be_found(encode((query for _line, query in numbered), tokens), tokens)
    lost = [each for each, one in zip(numbered, found, strict=True) if not one]
    rows.note(*(problem_at(line, "", "not_found_by", query=query.id) for line, query in lost))
    name(rows.problems, sum(rows.counts.values()))
    return [query for (_line, query), one in zip(numbered, found, strict=True) if one]


def _cases(node: Opened, path: Path, officer: Officer) -> list[PersonRecord]:
    """Return the subjects of the open cases a file names, each search written down; or refuse, all reasons at once."""
    from cotejo.actions.register import record_of
    from cotejo.rules.acts import Stream, StreamKind
    from cotejo.rules.cases import state_of
    from cotejo.rules.review_state import Review
    from cotejo.rules.review_words import ReviewState
    from cotejo.store.models import LocalNumber

    answer = may(officer, Verb.READ, Thing(kind="protection"), purpose=Purpose.PROTECTION)
    if isinstance(answer, Denied):
        refuse_reasons([answer.reason])
    named = _named_cases(path)
    numbers = LocalNumber.objects.filter(stream_kind=StreamKind.REVIEW, number__in=[case for _id, case in named])
    streams = {number: Stream(StreamKind.REVIEW, id_) for number, id_ in numbers.values_list("number", "stream_id")}
    subjects, wrong = [], []
    for query, case in named:
        state: Review | None = (
            state_of(StreamKind.REVIEW, node.unit.entries(streams[case])) if case in streams else None
        )
        if state is None or state.package is None or state.state is not ReviewState.OPEN or state.paused:
            wrong.append(
                Text(f"Query {query}: {case} is no open case.", f"Consulta {query}: {case} no es un caso abierto.")
            )
        else:
            subjects.append((query, streams[case], record_of(state.package.subject)))
    if wrong:
        raise Told(*wrong)
    for _query, stream, _subject in subjects:
        node.unit.note(
            "search",
            who=officer,
            purpose=Purpose.PROTECTION,
            subject=f"protection:{stream.id}",
            case=str(stream),
            now=node.now,
        )
    return [_renamed(subject, query) for query, _stream, subject in subjects]


def _named_cases(path: Path) -> list[tuple[str, int]]:
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise Told(Text("The queries cannot be read as CSV.", "Las consultas no se pueden leer como CSV.")) from problem
    if not rows or set(rows[0]) != LIVE_COLUMNS or not all((row["case"] or "").isdecimal() for row in rows):
        refuse(
            "On a live node each query names an open case: columns id and case, nothing else. The person asked for is "
            "the one of the case.",
            "En un nodo real cada consulta nombra un caso abierto: columnas id y case, y nada más. La persona buscada "
            "es la del caso.",
        )
    return [(row["id"], int(row["case"])) for row in rows]


def _renamed(subject: PersonRecord, query: str) -> PersonRecord:
    from dataclasses import replace

    return replace(subject, id=query)


def _ranked(register: CandidateSource, queries: Sequence[PersonRecord], top: int) -> Iterator[Ranking]:
    model = register.model
    for query in queries[:1]:  # what a process loads once is nobody's latency
        register.ranked(query, model, first=top)
    for query in queries:
        began = time.perf_counter()
        ranked = register.ranked(query, model, first=top)
        ids = ranked.ids.at(np.arange(min(top, len(ranked))))
        places = {id_: place for place, id_ in enumerate(ids)}
        pairs = ranked.pairs(query, [(places[row.id], row) for row in register.rows(ids)], model)
        explain_weighed(query, pairs, ranked.namesakes, model)
        took = f"{(time.perf_counter() - began) * 1000:.3f}"
        for place, id_ in enumerate(ids):
            band = BANDS[int(ranked.bands[place])].value
            yield query.id, place + 1, id_, f"{float(ranked.scores[place]):.9f}", band, took


def _write(out: Path, rows: Iterable[Ranking]) -> None:
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    written = 0
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline=""
        ) as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            for row in rows:
                writer.writerow(row)
                written += 1
        draft.replace(out)
    except OSError as problem:
        raise Told(Text(f"{out} cannot be written.", f"No se puede escribir {out}.")) from problem
    finally:
        draft.unlink(missing_ok=True)
    say(f"Rows in {out}: {written}.", f"Filas en {out}: {written}.")
