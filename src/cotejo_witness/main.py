"""`cotejo-witness`: what an ombudsman or a university types."""

import secrets
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cotejo.proof.checkpoint import WitnessPolicy
from cotejo.proof.keys import SEED_SIZE
from cotejo.proof.notes import NoteKey, read_note
from cotejo.proof.package_report import NotKeys, anchors_of, refusal, report
from cotejo.proof.refusals import ProofError
from cotejo_speaking.two_languages import InTwoLanguages, argument, both, language, option, told
from cotejo_witness.appointing import appoint, revoke
from cotejo_witness.folder import verify_folder
from cotejo_witness.heads import heads
from cotejo_witness.memory import Memory, MemoryFault
from cotejo_witness.serving import serve as serve_witness
from cotejo_witness.speaking import HomeOption, memory_in, say, shown, stop, stop_for

app = typer.Typer(
    help=both(
        "Confirm that the logs of justice agencies only ever grow, and verify them from files.",
        "Confirma que los registros de entidades de justicia solo crecen, y los verifica con sus archivos.",
    ),
    cls=InTwoLanguages,
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command()(appoint)
app.command()(revoke)
app.command()(heads)
KeyArgument = Annotated[
    str,
    argument(
        "The log's key (name+hash+key), or a file that holds it.",
        "La clave del registro (nombre+huella+clave), o un archivo que la contiene.",
    ),
]

WitnessesOption = Annotated[
    list[str] | None,
    option("A witness's key or its file; may be repeated.", "La clave de un testigo o su archivo; se puede repetir."),
]
QuorumOption = Annotated[
    int,
    option(
        "How many of these witnesses must have confirmed; 0: all.",
        "Cuántos de estos testigos deben haber confirmado; 0: todos.",
        min=0,
    ),
]


@app.command()
def init(
    home: Annotated[Path, argument("A new, empty folder.", "Una carpeta nueva y vacía.")],
    name: Annotated[str, option("The witness's public name.", "El nombre público del testigo.")] = "witness",
) -> None:
    """Make a witness: a folder with a new key. The public key is printed; give it to every log.

    Crea un testigo: una carpeta con una clave nueva. Imprime la clave pública; entréguela a cada registro.
    """
    try:
        memory = Memory.create(home, name=name, seed=secrets.token_bytes(SEED_SIZE))
    except (MemoryFault, OSError) as error:
        stop_for(error)
    print(memory.note_key.text())


@app.command("add-log")
def add_log(key: KeyArgument, home: HomeOption) -> None:
    """Follow a log from its beginning. A log followed once is followed for ever, under the same key.

    Sigue un registro desde su comienzo. Un registro que se siguió una vez se sigue para siempre, con la misma clave.
    """
    memory, log = memory_in(home), _key(key)
    try:
        new = memory.add(log, now=int(datetime.now(UTC).timestamp() * 1000))
    except (MemoryFault, OSError) as error:
        stop_for(error)
    say(
        f"{log.name} is {'now' if new else 'already'} followed.",
        f"{log.name} {'se sigue desde ahora' if new else 'ya se seguía'}.",
    )


@app.command()
def status(home: HomeOption) -> None:
    """Say which logs are followed, how far each was confirmed and when, and what evidence is kept.

    Dice qué registros se siguen, hasta dónde y cuándo se confirmó cada uno, y qué pruebas se conservan.
    """
    memory = memory_in(home)
    print(memory.note_key.text())
    for watched in memory.watched():
        name, size, moment = watched.log.name, watched.held.size, shown(watched.confirmed)
        say(
            f"{name}: {size} entries, {f'confirmed {moment}' if watched.confirmed else 'not confirmed yet'}",
            f"{name}: {size} anotaciones, {f'confirmado {moment}' if watched.confirmed else 'aún sin confirmar'}",
        )
    for path in memory.evidence():
        say(f"EVIDENCE of a log with two faces: {path}", f"PRUEBA de un registro con dos caras: {path}")


@app.command()
def serve(
    home: HomeOption,
    port: Annotated[
        int,
        option("The port; 0 takes any free one.", "El puerto; 0 toma cualquiera que esté libre.", min=0, max=65535),
    ] = 8790,
    host: Annotated[
        str,
        option(
            "Where to listen; put a TLS proxy before any other address.",
            "Dónde escucha; ante cualquier otra dirección ponga un proxy con TLS.",
        ),
    ] = "127.0.0.1",
) -> None:
    """Answer logs that ask for confirmation, until stopped.

    Responde a los registros que piden confirmación, hasta que se detenga.
    """
    memory = memory_in(home)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    name = memory.name

    def ready(at: str) -> None:
        print(told(f"witness {name} listens on {at}", f"el testigo {name} escucha en {at}"), flush=True)

    try:
        serve_witness(memory, host=host, port=port, ready=ready)
    except KeyboardInterrupt:
        print(told(f"witness {name} stopped", f"el testigo {name} se detuvo"), flush=True)
    except OSError as error:
        why = error.strerror or error
        stop(
            f"Cannot listen on {host} port {port}: {why}. Choose another with --port.",
            f"No se puede escuchar en {host}, puerto {port}: {why}. Elija otro con --port.",
        )


@app.command()
def verify(
    folder: Annotated[
        Path,
        argument("The log's files: checkpoint, tile/...", "Los archivos del registro: checkpoint, tile/..."),
    ],
    log_key: Annotated[
        str,
        option("The log's key, or a file that holds it.", "La clave del registro, o un archivo que la contiene."),
    ] = "",
    witness: WitnessesOption = None,
    quorum: QuorumOption = 0,
    home: Annotated[
        Path | None,
        option(
            "A witness's folder: also compare with what it confirmed.",
            "La carpeta de un testigo: compara también con lo que confirmó.",
        ),
    ] = None,
) -> None:
    """Verify a log from files alone: every entry, every tile, the signature and the confirmations.

    Verifica un registro solo con sus archivos: cada anotación, cada mosaico, la firma y las confirmaciones.
    """
    memory = memory_in(home) if home else None
    try:
        watched = memory.find(_origin(folder)) if memory else None
        log = _key(log_key) if log_key else watched.log if watched else None
        if log is None:
            stop(
                "Give the log's key with --log-key, or the folder of a witness that follows it with --home.",
                "Indique la clave del registro con --log-key, o la carpeta de un testigo que lo sigue con --home.",
            )
        keys = tuple(_key(text) for text in witness or ())
        policy = WitnessPolicy.asked(keys, quorum)
        found = verify_folder(folder, log, policy=policy, held=watched.held if watched else None)
    except ProofError as error:
        stop(f"{error.reason.en}\n({error.detail})", f"{error.reason.es}\n({error.detail})")
    size, files = found.checkpoint.size, found.files
    say(
        f"{log.name}: {size} entries, {files} files; all agree with the signed checkpoint.",
        f"{log.name}: {size} anotaciones, {files} archivos; todo concuerda con el punto de control firmado.",
    )
    for cosignature in found.cosignatures:
        by, at = cosignature.witness, shown(cosignature.seconds * 1000)
        say(f"confirmed by {by} {at}", f"confirmado por {by} {at}")
    if watched:
        say(
            f"It continues the {watched.held.size} entries this witness confirmed.",
            f"Continúa las {watched.held.size} anotaciones que este testigo confirmó.",
        )
    say(
        "This shows that nothing signed was altered. It does not show that what an entry stands for is true.",
        "Esto muestra que nada de lo firmado se alteró. No muestra que lo que una anotación representa sea verdad.",
    )


@app.command("verify-package")
def verify_package(
    file: Annotated[
        Path,
        argument(
            "A package file an agency gave out about one case.",
            "Un archivo de paquete que una entidad entregó sobre un caso.",
        ),
    ],
    keys: Annotated[
        list[Path] | None,
        option(
            "An agency's key document; may be repeated.", "El documento de claves de una entidad; se puede repetir."
        ),
    ] = None,
    witness: WitnessesOption = None,
    quorum: QuorumOption = 0,
    spanish: Annotated[
        bool, option("The report in Spanish, whatever the language here.", "El informe en español.", "--es")
    ] = False,
) -> None:
    """Check a package file with public keys alone, and say what it shows and what it does not.

    Comprueba un archivo de paquete solo con claves públicas y dice qué muestra y qué no.
    """
    named, spanish = tuple(_key(text) for text in witness or ()), spanish or language() == "es"
    try:
        policy = WitnessPolicy.asked(named, quorum)
        anchors = anchors_of([(each.name, each.read_bytes()) for each in keys or ()])
        with file.open("rb") as opened:
            found = report(opened, anchors=anchors, policy=policy)
    except NotKeys as error:
        _stop_in(error.sentence, spanish=spanish)
    except OSError as error:
        _stop_in((f"{error.filename} cannot be read.", f"No se puede leer {error.filename}."), spanish=spanish)
    except ProofError as error:
        _stop_in(refusal(error), spanish=spanish)
    for line in found.lines(spanish=spanish):
        print(line)


def _key(text: str) -> NoteKey:
    try:
        path = Path(text)
        return NoteKey.from_text(path.read_text(encoding="utf-8") if path.is_file() else text)
    except (ProofError, OSError, ValueError):
        stop(
            f"Not a key (name+hash+key) and not a file that holds one: {text[:100]}",
            f"No es una clave (nombre+huella+clave) ni un archivo que la contenga: {text[:100]}",
        )


def _origin(folder: Path) -> str:
    try:
        return read_note((folder / "checkpoint").read_bytes()).text.partition("\n")[0]
    except OSError as error:
        place = folder / "checkpoint"
        stop(f"{place} cannot be read: {error.strerror}.", f"No se puede leer {place}: {error.strerror}.")


def _stop_in(sentence: tuple[str, str], *, spanish: bool) -> NoReturn:
    """Stop with a sentence in Spanish when that was asked for, else in both languages: a court may show it to any."""
    en, es = sentence
    stop(es if spanish else f"{en}\n{es}", es)


if __name__ == "__main__":
    app()
