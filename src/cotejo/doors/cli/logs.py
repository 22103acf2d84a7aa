"""`cotejo log`: is the log what was signed? From files alone, without a node, and for a node as a whole."""

from pathlib import Path
from typing import Annotated, Final

import typer

from cotejo.doors.cli.opening import Doors, HomeArgument
from cotejo.doors.cli.pairing import pair_command
from cotejo.doors.cli.speaking import Told, argument, both, option, refuse, say
from cotejo.proof.checkpoint import WitnessPolicy
from cotejo.proof.key_document import open_key_document
from cotejo.proof.notes import NoteKey
from cotejo.proof.refusals import ProofError
from cotejo.rules.words import Text
from cotejo_witness.folder import verify_folder

HOUSE: Final = "house"


def log_app(doors: Doors) -> typer.Typer:
    """Return the commands about the house log."""
    app = typer.Typer(
        help=both("The log of everything that was done and seen.", "El registro de todo lo que se hizo y se vio."),
        no_args_is_help=True,
    )

    @app.command("verify")
    def verify(
        folder: Annotated[
            Path,
            argument(
                "The log's files: checkpoint, tile/...", "Los archivos del registro: checkpoint, tile/...", exists=True
            ),
        ],
        key: Annotated[
            str,
            option(
                "The node's key document, or the log's key (name+hash+key).",
                "El documento de claves del nodo, o la clave del registro (nombre+huella+clave).",
            ),
        ],
        partner: Annotated[
            str,
            option(
                "With a key document: the log of messages to this node.",
                "Con un documento de claves: el registro de los mensajes hacia este nodo.",
            ),
        ] = "",
        witness: Annotated[
            list[str] | None,
            option("A witness's key; may be repeated.", "La clave de un testigo; se puede repetir."),
        ] = None,
        quorum: Annotated[
            int,
            option(
                "How many of them must have confirmed; 0: all.",
                "Cuántos de ellos deben haber confirmado; 0: todos.",
                min=0,
            ),
        ] = 0,
    ) -> None:
        """Verify a log from files alone: every entry, every tile, the signature, the confirmations.

        Verifica un registro solo con sus archivos: cada anotación, cada mosaico, la firma, las confirmaciones.
        """
        try:
            keys = tuple(NoteKey.from_text(_text_of(each)) for each in witness or ())
            policy = WitnessPolicy.asked(keys, quorum)
            found = verify_folder(folder, _log_key(key, partner), policy=policy)
        except ProofError as error:
            raise Told(Text(f"{error.reason.en} ({error.detail})", f"{error.reason.es} ({error.detail})")) from error
        say(
            f"{found.checkpoint.origin}: {found.checkpoint.size} entries; all agree with the signed checkpoint, which "
            f"{len(found.cosignatures)} of the named witnesses confirmed.",
            f"{found.checkpoint.origin}: {found.checkpoint.size} anotaciones; todas coinciden con el punto de control "
            f"firmado, que confirmaron {len(found.cosignatures)} de los testigos nombrados.",
        )

    @app.command("pair")
    def pair(
        first: Annotated[
            Path,
            argument(
                "One agency's logs/links/PARTNER.",
                "La carpeta logs/links/PARTNER de una entidad.",
                exists=True,
                file_okay=False,
            ),
        ],
        second: Annotated[
            Path,
            argument("The other agency's.", "La de la otra entidad.", exists=True, file_okay=False),
        ],
    ) -> None:
        """Pair each message of a link with its arrival, from two agencies' files alone and without content.

        Empareja cada mensaje de un enlace con su llegada, solo con los archivos de dos entidades y sin contenido.
        """
        pair_command(first, second)

    @app.command("key")
    def key_of(
        home: HomeArgument,
        partner: Annotated[
            str,
            option(
                "The log of our messages to this partner, not of the house.",
                "El registro de nuestros mensajes a esta contraparte, no el de la casa.",
            ),
        ] = "",
    ) -> None:
        """Print the key of this node's house log, or of its direction of a link, for witnesses and auditors.

        Imprime la clave del registro de la casa de este nodo, o la del registro de un enlace en su sentido, para
        testigos y quienes auditan.
        """
        signer = doors.keys(home)
        log = f"link/{partner}" if partner else HOUSE
        say(*2 * (signer.document.log_key(log, now=signer.now).text(),))

    @app.command("now")
    def now(home: HomeArgument) -> None:
        """Have a running node write tiles and checkpoint and ask its witnesses at once.

        Hace que un nodo en marcha escriba mosaicos y punto de control y pregunte enseguida a sus testigos.
        """
        with doors.node(home):
            from cotejo.store.queue import tell

            tell("logs")

    return app


def fsck(doors: Doors, home: Path) -> None:
    """Compare everything a node keeps. Raises `Told` with every finding."""
    with doors.node(home) as node:
        from cotejo.store.fsck import examine

        found = examine(node.places)
        if found.findings:
            raise Told(
                *(
                    Text(f"{each.where}, {each.which}: {each.words.en}", f"{each.where}, {each.which}: {each.words.es}")
                    for each in found.findings
                )
            )
        say(
            f"{found.leaves} log entries and {found.acts} acts: everything belongs together.",
            f"{found.leaves} anotaciones y {found.acts} actos: todo concuerda.",
        )


def _log_key(text: str, partner: str) -> NoteKey:
    content = _text_of(text)
    if "+" in content:
        return NoteKey.from_text(content)
    document = open_key_document(content.strip().encode())
    return document.log_key(f"link/{partner}" if partner else HOUSE, now=document.issued)


def _text_of(text: str) -> str:
    path = Path(text)
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else text
    except (OSError, UnicodeDecodeError):
        refuse(f"{path} cannot be read.", f"No se puede leer {path}.")
