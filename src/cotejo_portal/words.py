"""Every sentence of the public pages in Spanish and English, and what each figure means; tests keep them complete."""

from typing import Final

from cotejo_portal.sentence import Comparison, Verdict

MONTHS: Final = {
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}

# Per figure: name, definition, denominator, what it shows, what it does not show.
FIGURES: Final = {
    "requests-sent": {
        "es": (
            "Solicitudes enviadas, por mes y vía",
            (
                "Solicitudes cuyo envío se autorizó y que salieron de esta oficina en el mes. Cada solicitud es"
                " sobre una sola persona."
            ),
            "Es un recuento completo: cada envío deja una anotación en el registro; no hay muestra ni estimación.",
            "Cuántas veces esta oficina pidió a otra que actuara sobre alguien, y por qué vía legal.",
            "No muestra si la otra oficina actuó, si la persona fue hallada, ni si lo pedido era justo.",
        ),
        "en": (
            "Requests sent, by month and route",
            (
                "Requests whose sending was authorised and that left this office in the month. Each request is"
                " about one person."
            ),
            "A complete count: every sending leaves an entry in the log; no sample and no estimate.",
            "How often this office asked another to act upon somebody, and by which legal route.",
            (
                "It does not show whether the other office acted, whether the person was found, or whether asking"
                " was just."
            ),
        ),
    },
    "refused-at-gates": {
        "es": (
            "Detenidas en los controles, por motivo",
            (
                "Expedientes que no pudieron enviarse o aceptarse porque un control no se cumplió. Se cuenta el"
                " primer control de la lista."
            ),
            (
                "Cada intento detenido cuenta una vez. Un expediente corregido y presentado de nuevo puede contar"
                " otra vez."
            ),
            "Qué faltaba cuando se quiso actuar sin base suficiente.",
            "No muestra cuántas personas son, ni errores que ningún control detectó.",
        ),
        "en": (
            "Stopped at the gates, by reason",
            (
                "Files that could not be sent or accepted because a gate was not passed. The first gate in the"
                " list is counted."
            ),
            "Each stopped attempt counts once. A file corrected and presented again may count again.",
            "What was missing when somebody wanted to act without sufficient grounds.",
            "It does not show how many persons these are, nor errors that no gate found.",
        ),
    },
    "withdrawals-issued": {
        "es": (
            "Retiros emitidos, por mes",
            "Solicitudes ya enviadas que esta oficina retiró: no deben volver a usarse.",
            "Es un recuento completo de los retiros del mes, sea cual sea la fecha del envío.",
            "Cuántas veces se comprobó que algo ya enviado no debía sostenerse.",
            "No muestra el motivo ni si alguien sufrió daño antes del retiro.",
        ),
        "en": (
            "Withdrawals issued, by month",
            "Requests already sent that this office withdrew: they must not be used again.",
            "A complete count of the month's withdrawals, whatever the date of sending.",
            "How often it turned out that something already sent should not stand.",
            "It does not show the reason, nor whether anybody was harmed before the withdrawal.",
        ),
    },
    "withdrawals-swept": {
        "es": (
            "Retiros con limpieza completa, por mes",
            (
                "Retiros en los que cada oficina con copia respondió que la suya quedó bloqueada y borrada. Se"
                " cuenta el mes de la última respuesta."
            ),
            "Los retiros emitidos en el periodo. El porcentaje se da solo si son 50 o más.",
            "Que cada oficina con copia contestó.",
            (
                "No muestra qué hizo cada una fuera del sistema. Un retiro emitido a fin de periodo puede"
                " completarse en el siguiente."
            ),
        ),
        "en": (
            "Withdrawals with the sweep completed, by month",
            (
                "Withdrawals for which every office with a copy answered that its own was blocked and erased. The"
                " month of the last answer counts."
            ),
            "The withdrawals issued in the period. The percentage is given only if they are 50 or more.",
            "That every office with a copy answered.",
            (
                "It does not show what each did outside the system. A withdrawal issued late in the period may"
                " complete in the next."
            ),
        ),
    },
}

TEXTS: Final = {
    "title": ("Cifras públicas", "Public figures"),
    "demo": ("DEMO: todo es inventado", "DEMO: everything is invented"),
    "skip": ("Ir al contenido", "Skip to content"),
    "menu": ("Secciones", "Sections"),
    "other_language": ("English", "Español"),
    "home": ("Cifras", "Figures"),
    "check": ("Comprobar una frase", "Check a sentence"),
    "proof": ("Firma y registro", "Signature and log"),
    "method": ("Método y límites", "Method and limits"),
    "intro": (
        "Cifras de {issuer}, de {first} a {last}, contadas sobre un registro que testigos externos confirman.",
        "Figures of {issuer}, {first} to {last}, counted from a log that outside witnesses confirm.",
    ),
    "requests": ("Solicitudes entre oficinas", "Requests between offices"),
    "prevention": ("Prevención y reinserción", "Prevention and reintegration"),
    "prevention_intro": (
        (
            "De una instalación separada, con su propia base de datos y su propio personal. No las firma esta"
            " oficina; la huella del archivo está en la página de la firma."
        ),
        (
            "From a separate installation with its own database and staff. This office does not sign them;"
            " the file's hash is on the signature page."
        ),
    ),
    "prevention_none": (
        "Todavía no hay un semestre terminado con cifras de prevención.",
        "There is no finished half-year with prevention figures yet.",
    ),
    "offer": ("{programmes} programas con {places} cupos", "{programmes} programmes with {places} places"),
    "half_year": ("Semestre", "Half-year"),
    "referred": ("Remisiones con permiso", "Referrals with permission"),
    "started": ("Ayuda iniciada", "Help started"),
    "started_in_30_days": ("Iniciada en 30 días", "Started within 30 days"),
    "completed": ("Ayuda completada", "Help completed"),
    "withdrawn": ("Permisos retirados", "Permissions taken back"),
    "month": ("Mes", "Month"),
    "route": ("Vía", "Route"),
    "offence": ("Clase de delito", "Class of offence"),
    "gate": ("Motivo", "Reason"),
    "count": ("Número", "Number"),
    "total": ("Total", "Total"),
    "whole_period": ("Todo el periodo", "Whole period"),
    "not_said": ("no se dice", "not said"),
    "not_said_note": (
        (
            "«No se dice»: el número es pequeño, o permitiría calcular uno pequeño. Los demás están"
            " redondeados a 5, cada uno por separado, así que los totales pueden no cuadrar."
        ),
        (
            "“Not said”: the number is small, or would let a small one be computed. Others are rounded to 5,"
            " each on its own, so totals may not add up."
        ),
    ),
    "definition": ("Qué se cuenta", "What is counted"),
    "denominator": ("Sobre qué", "Out of what"),
    "shows": ("Qué muestra", "What it shows"),
    "shows_not": ("Qué no muestra", "What it does not show"),
    "percentage": ("Porcentaje", "Percentage"),
    "percentage_none": ("No se da: menos de 50 retiros.", "Not given: fewer than 50 withdrawals."),
    "percentage_says": (
        "{rate} % de los retiros emitidos (aproximado: sobre números redondeados).",
        "{rate} % of the withdrawals issued (approximate: of rounded numbers).",
    ),
    "download": ("Descargar", "Download"),
    "table_label": ("Tabla: {name}", "Table: {name}"),
    "check_intro": (
        (
            "Tome la frase, busque la cifra y el periodo, y lea la fila de su comparación con el número N de"
            " la frase. La respuesta sale solo de esta publicación."
        ),
        (
            "Take the sentence, find the figure and the period, and read the row of its comparison with the"
            " sentence's number N. The answer comes from this release alone."
        ),
    ),
    "check_command": (
        "Lo mismo en una línea de órdenes, con el archivo de esta página:",
        "The same on a command line, with the file from this page:",
    ),
    "check_elsewhere": (
        (
            "Lo que no está en estas páginas (otra oficina, otro periodo, otra división) no puede saberse por"
            " esta publicación."
        ),
        (
            "What is not on these pages (another office, another period, another division) cannot be known"
            " from this release."
        ),
    ),
    "sentence_says": ("La frase dice", "The sentence says"),
    "answer": ("Respuesta", "Answer"),
    "published_as": ("Publicado: {said}", "Published: {said}"),
    "proof_intro": (
        (
            "Las cifras llevan la firma del registro de {issuer}. El registro tenía {size} anotaciones; su"
            " raíz la confirmaron estos testigos."
        ),
        (
            "The figures carry the signature of the log of {issuer}. The log had {size} entries; its root was"
            " confirmed by these witnesses."
        ),
    ),
    "witness": ("Testigo", "Witness"),
    "confirmed": ("Confirmó (UTC)", "Confirmed (UTC)"),
    "root": ("Raíz del registro", "Root of the log"),
    "rules": ("Versión de las reglas", "Version of the rules"),
    "signature": ("Firma de las cifras", "Signature of the figures"),
    "signature_note": (
        (
            "JWS compacto, Ed25519, sobre los bytes exactos de payload.json. El texto entero está en"
            " release.json; aquí, la cabecera y la firma."
        ),
        (
            "Compact JWS, Ed25519, over the exact bytes of payload.json. The whole text is in release.json;"
            " here are header and signature."
        ),
    ),
    "checkpoint": ("Punto de control", "Checkpoint"),
    "how_to_check": ("Cómo comprobarlo", "How to check it"),
    "how_1": (
        "Consiga las claves de confianza (trust.txt) de alguien en quien confíe, no de esta página.",
        "Get the keys to trust (trust.txt) from somebody you trust, not from this page.",
    ),
    "how_2": (
        "Descargue release.json y prevention.json, y reconstruya esta carpeta: debe salir igual, byte por byte.",
        (
            "Download release.json and prevention.json and build this folder again: it must come out equal,"
            " byte for byte."
        ),
    ),
    "how_3": ("Compare las huellas con SHA256SUMS.", "Compare the hashes with SHA256SUMS."),
    "how_4": (
        "Una auditoría con el paquete de filas puede contar de nuevo. Una sola fila alterada se señala por su línea.",
        "An auditor with the bundle of rows can count again. One altered row is named by its line.",
    ),
    "proof_limits": (
        (
            "La firma muestra que las cifras son las que la oficina contó sobre ese registro; los testigos, que el"
            " registro solo creció. Nada de esto muestra que cada anotación sea verdad, ni lo que se hizo fuera del"
            " sistema."
        ),
        (
            "The signature shows that the figures are those the office counted from that log; the witnesses, that the"
            " log only grew. None of this shows that every entry is true, nor what was done outside the system."
        ),
    ),
    "prevention_hash": ("Huella SHA-256 de prevention.json", "SHA-256 of prevention.json"),
    "method_rules": ("Cómo se protegen las personas", "How persons are protected"),
    "method_1": (
        "Del 1 al 9 no se dice. En tablas de protección, niñez y salud, tampoco el 0.",
        "1 to 9 is not said. In tables on protection, children and health, 0 is not said either.",
    ),
    "method_2": (
        "Lo demás se redondea a un múltiplo de 5, siempre igual para la misma celda.",
        "Everything else is rounded to a multiple of 5, always the same way for the same cell.",
    ),
    "method_3": (
        "Se callan más celdas hasta que ninguna callada pueda acotarse a menos de 10 con lo publicado.",
        "More cells are withheld until none withheld can be pinned down to less than 10 from what is published.",
    ),
    "method_4": (
        "Porcentajes solo sobre 50 o más. Los periodos no se traslapan: no hay nada que restar.",
        "Percentages only of 50 or more. Periods do not overlap: there is nothing to subtract.",
    ),
    "method_refuses": ("Lo que este sistema no hace", "What this system does not do"),
    "refuses_1": (
        "No puntúa ni clasifica personas, no predice, no compara rostros, tatuajes ni voces.",
        "It does not score or rank persons, predict, or compare faces, tattoos or voices.",
    ),
    "refuses_2": (
        "No envía listas. No responde si alguien está en un lugar.",
        "It sends no lists. It does not answer whether somebody is in a place.",
    ),
    "refuses_3": (
        "No hace deportable a nadie: decide solo el derecho del país que recibe.",
        "It makes nobody deportable: only the receiving country's own law decides.",
    ),
    "method_contest": ("Si se trata de usted", "If it is about you"),
    "contest": (
        (
            "Puede saber qué se afirma, discutirlo y hacerlo corregir, en cualquiera de las oficinas, en"
            " español o inglés, por sí o con quien le defienda."
        ),
        (
            "You can learn what is alleged, contest it and have it corrected, at either office, in Spanish or"
            " English, yourself or through whoever defends you."
        ),
    ),
    "because": ("El número verdadero está entre {low} y {high}.", "The true number is between {low} and {high}."),
    "because_not_said": (
        "La publicación no dice este número: es pequeño, o permitiría calcular uno pequeño.",
        "The release does not say this number: it is small, or would let a small one be computed.",
    ),
    "because_absent": (
        "La publicación no tiene esa cifra, ese mes o esa división.",
        "The release has no such figure, month or division.",
    ),
    "recounted": (
        "Recontado: {leaves} anotaciones, {rows} filas. Todas las cifras concuerdan.",
        "Recounted: {leaves} entries, {rows} rows. Every figure agrees.",
    ),
    "choose_language": ("Elija idioma", "Choose a language"),
}

VERDICTS: Final = {
    Verdict.SUPPORTED: ("sostenida", "supported"),
    Verdict.CONTRADICTED: ("contradicha", "contradicted"),
    Verdict.CANNOT_BE_KNOWN: ("no puede saberse", "cannot be known"),
}

COMPARISONS: Final = {
    Comparison.AT_LEAST: ("al menos N", "at least N"),
    Comparison.MORE_THAN: ("más de N", "more than N"),
    Comparison.AT_MOST: ("como máximo N", "at most N"),
    Comparison.FEWER_THAN: ("menos de N", "fewer than N"),
    Comparison.EXACTLY: ("exactamente N", "exactly N"),
}

_POSITION: Final = {"es": 0, "en": 1}


def say(name: str, language: str, /, **values: object) -> str:
    """Return a sentence with its places filled."""
    return TEXTS[name][_POSITION[language]].format(**values)


def verdict(found: Verdict, language: str) -> str:
    """Return the verdict in words."""
    return VERDICTS[found][_POSITION[language]]


def comparison(compared: Comparison, language: str) -> str:
    """Return the comparison in words."""
    return COMPARISONS[compared][_POSITION[language]]


def month(code: str, language: str) -> str:
    """Return `2026-03` as `marzo de 2026` or `March 2026`."""
    year, number = code.split("-")
    name = MONTHS[language][int(number) - 1]
    return f"{name} de {year}" if language == "es" else f"{name} {year}"
