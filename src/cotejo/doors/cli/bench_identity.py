"""`cotejo bench identity`: the identity engine and its peers on an invented population, every figure with its count."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from cotejo.doors.cli.linking import chosen_model
from cotejo.doors.cli.speaking import option, refuse, say

if TYPE_CHECKING:
    from cotejo.identity import PersonRecord
    from cotejo.identity.bench.running import Peer
    from cotejo.identity.invented_population import Truth

DATABASE: Final = "COTEJO_BENCH_DATABASE_URL"
OwnDatabase = Callable[[], AbstractContextManager[str]]


def identity_command(own_database: OwnDatabase) -> Callable[..., None]:
    """Return the command; `own_database` opens a throwaway database of this program and gives its address."""

    def identity(
        persons: Annotated[
            int,
            option(
                "How many people the invented register has.", "Cuántas personas tiene el registro inventado.", min=100
            ),
        ] = 100_000,
        dossiers: Annotated[
            int,
            option("How many dossiers are asked for.", "Cuántos expedientes se consultan.", min=100),
        ] = 50_000,
        seed: Annotated[int, option("The same seed, the same people.", "La misma semilla da las mismas personas.")] = 7,
        peers: Annotated[
            bool,
            option(
                "Measure Splink, tantivy, pg_trgm too.", "Mide también Splink, tantivy y pg_trgm.", "--peers/--no-peers"
            ),
        ] = False,
        linking: Annotated[
            bool,
            option("Measure linking whole files.", "Mide el enlace de archivos enteros.", "--linking/--no-linking"),
        ] = True,
        online: Annotated[
            bool,
            option(
                "Measure asking one at a time too.", "Mide también las consultas de una en una.", "--online/--no-online"
            ),
        ] = True,
        as_json: Annotated[
            bool, option("Print all figures as JSON.", "Imprime todas las cifras en JSON.", "--json")
        ] = False,
        model: Annotated[
            Path | None,
            option(
                "A model file instead of one learnt.", "Un archivo de modelo en lugar de uno aprendido.", exists=True
            ),
        ] = None,
        database: Annotated[
            str,
            option(
                "A PostgreSQL whose pg_trgm is measured with the peers; without it this program's own is asked.",
                "Un PostgreSQL cuyo pg_trgm se mide junto con los otros motores; sin él se consulta el "
                "de este programa.",
                envvar=DATABASE,
            ),
        ] = "",
    ) -> None:
        """Measure linking and asking on invented people: who is found, who is mistaken for whom, how fast.

        Mide el enlace y la consulta con personas inventadas: a quién se halla, a quién se confunde con quién, en cuánto
        tiempo.
        """
        if peers and not linking:
            refuse("Peers are measured in linking.", "Los otros motores se miden al enlazar.")
        from cotejo.identity.bench.running import measured
        from cotejo.identity.bench.splink_peer import VARIANTS

        found = measured(
            persons,
            dossiers,
            seed,
            peers=VARIANTS if peers else (),
            others={"pg_trgm": _trigrams(database, own_database)} if peers else {},
            linking=linking,
            online=online,
            model=chosen_model(model) if model else None,
        )
        if as_json:
            text = json.dumps(found, indent=2)
            say(text, text)
            return
        for who, figures in found.items():
            if isinstance(figures, dict):
                for name, figure in figures.items():
                    say(f"{who}.{name}: {figure}", f"{who}.{name}: {figure}")

    return identity


def _trigrams(database: str, own_database: OwnDatabase) -> "Peer":
    def peer(
        records: "Iterable[PersonRecord]", dossiers: "Sequence[PersonRecord]", truth: "Mapping[str, Truth]"
    ) -> dict[str, Any]:
        from cotejo.doors.cli.bench_trigrams import measure_trigrams

        with nullcontext(database) if database else own_database() as address:
            return measure_trigrams(address, records, dossiers, truth)

    return peer
