"""tantivy as a peer for retrieval: one full-text index over names, dates, numbers and parents, ranked by BM25."""

import statistics
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import tantivy

from cotejo.identity.invented_population import Truth
from cotejo.identity.names import fold
from cotejo.identity.phonetics import phonetic
from cotejo.identity.record import PersonRecord

SHOWN: Final = 10
ASKED: Final = 2_000


def recall(
    records: Iterable[PersonRecord], dossiers: Sequence[PersonRecord], truth: Mapping[str, Truth]
) -> dict[str, Any]:
    """Index a register in memory and ask it for the first dossiers whose person is in it."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("row", stored=True, tokenizer_name="raw")
    builder.add_text_field("told", stored=False)
    index = tantivy.Index(builder.build())
    began = time.perf_counter()
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for record in records:
        writer.add_document(tantivy.Document(row=record.id, told=" ".join(_words(record))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    built = time.perf_counter() - began
    asked = [dossier for dossier in dossiers if truth[dossier.id].row][:ASKED]
    found, first, took = 0, 0, []
    searcher = index.searcher()
    for dossier in asked:
        began = time.process_time()
        query = index.parse_query(" ".join(f'"{word}"' for word in _words(dossier)), ["told"])
        rows = [searcher.doc(address)["row"][0] for _score, address in searcher.search(query, SHOWN).hits]
        took.append((time.process_time() - began) * 1000)
        found += truth[dossier.id].row in rows
        first += rows[:1] == [truth[dossier.id].row]
    return {
        "queries": len(asked),
        "recall_1": round(first / max(len(asked), 1), 4),
        "recall_10": round(found / max(len(asked), 1), 4),
        "cpu_p50_ms": round(statistics.median(took), 2),
        "cpu_p95_ms": round(statistics.quantiles(took, n=20)[-1], 2),
        "build_s": round(built, 1),
    }


def _words(record: PersonRecord) -> list[str]:
    """Return what is indexed and asked: each word of a name as written and by sound, dates, numbers, parents."""
    name = fold(record.full_name or f"{record.given} {record.surname}").split()
    parents = [f"p{word}" for word in fold(f"{record.father} {record.mother}").split()]
    numbers = [text.replace("-", "") for text in (record.dui, record.passport) if text]
    born = [f"d{record.dob.replace('-', '')}", f"y{record.dob[:4]}"] if record.dob else []
    return [*name, *(f"s{phonetic(word)}" for word in name), *parents, *numbers, *born]
