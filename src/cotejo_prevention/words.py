"""Every sentence of the pages, in Spanish and English; a test keeps the two complete."""

from typing import Final

CONSENT: Final = {
    "es": (
        "Usted decide si quiere esta ayuda. Si dice que sí, apuntamos cómo quiere que le llamemos, cómo"
        " ubicarle y el programa al que quiere ir. Solo lo lee la persona que le atiende hoy. No lo"
        " compartimos con policía, migración ni tribunales: está guardado aparte y esas oficinas no tienen"
        " acceso. No apuntamos qué hizo, con quién anduvo, qué tatuajes tiene ni su salud. Puede retirar su"
        " permiso cuando quiera, sin dar razones, con el código de su papel: todo lo suyo se borra ese mismo"
        " día y recibe un certificado. Decir que no, o retirarse, no tiene ninguna consecuencia."
    ),
    "en": (
        "You decide whether you want this help. If you say yes, we write down what you want to be called, how"
        " to reach you and the programme you want to go to. Only the person helping you today reads it. We do"
        " not share it with police, migration offices or courts: it is kept apart, and those offices have no"
        " access. We do not write down what you did, whom you went with, what tattoos you have or your health."
        " You can take back your permission whenever you want, without reasons, with the code on your paper:"
        " everything about you is erased that same day and you receive a certificate. Saying no, or leaving,"
        " has no consequence."
    ),
}

TEXTS: Final = {
    "title": ("Prevención y reinserción", "Prevention and reintegration"),
    "demo": ("DEMO: todo es inventado", "DEMO: everything is invented"),
    "skip": ("Ir al contenido", "Skip to content"),
    "menu": ("Secciones", "Sections"),
    "other_language": ("English", "Español"),
    "directory": ("Programas", "Programmes"),
    "directory_intro": (
        "Puede ver esta lista sin decir quién es. Esta página no guarda quién la visita.",
        "You can read this list without saying who you are. This page keeps no record of who visits it.",
    ),
    "directory_empty": ("Todavía no hay programas en la lista.", "There are no programmes in the list yet."),
    "offers": ("Qué ofrece", "What it offers"),
    "place": ("Dónde", "Where"),
    "contact": ("Cómo llegar a ellos", "How to reach them"),
    "hours": ("Horario", "Hours"),
    "ages": ("Edades", "Ages"),
    "spoken": ("Idiomas", "Languages"),
    "places": ("Cupos", "Places"),
    "free": ("Gratuito", "Free of charge"),
    "costs": ("Pregunte por el costo", "Ask about the cost"),
    "yourself": (
        "Puede ir por su cuenta: no hace falta que nadie le remita.",
        "You can go on your own: nobody has to refer you.",
    ),
    "consent_page": ("Antes de decir que sí", "Before you say yes"),
    "withdraw": ("Retirar mi permiso", "Take back my permission"),
    "withdraw_intro": (
        "Escriba el código de su papel. No pedimos su nombre ni la razón.",
        "Type the code on your paper. We ask neither your name nor a reason.",
    ),
    "code": ("Código de su papel", "Code on your paper"),
    "code_hint": ("Cinco grupos de cuatro letras y números", "Five groups of four letters and digits"),
    "withdraw_button": ("Borrar todo lo mío", "Erase everything about me"),
    "code_unknown": (
        "No hay nada guardado con ese código. Revise que esté bien escrito; si ya lo usó, ya está borrado.",
        "Nothing is kept under that code. Check how it is written; if you used it before, it is already erased.",
    ),
    "certificate": ("Certificado de retiro", "Certificate of withdrawal"),
    "certificate_says": (
        (
            "La remisión con este número fue borrada en esta fecha. Su clave fue destruida: nadie puede volver a"
            " leerla, tampoco desde una copia de la base de datos."
        ),
        (
            "The referral with this number was erased on this date. Its key was destroyed: nobody can read it"
            " again, not from a copy of the database either."
        ),
    ),
    "certificate_number": ("Número", "Number"),
    "certificate_date": ("Fecha (UTC)", "Date (UTC)"),
    "certificate_keep": (
        "Imprima o copie esta página: no guardamos ninguna. Si quiere, escriba su nombre en el papel.",
        "Print or copy this page: we keep none. If you want, write your name on the paper.",
    ),
    "sign_in": ("Entrada del personal", "Staff sign-in"),
    "sign_out": ("Salir", "Sign out"),
    "name": ("Nombre de usuario", "User name"),
    "password": ("Contraseña", "Password"),
    "sign_in_wrong": (
        "El nombre y la contraseña no van juntos, o la cuenta debe esperar cinco minutos tras varios intentos.",
        "Name and password do not belong together, or the account must wait five minutes after several attempts.",
    ),
    "mine": ("Mis remisiones", "My referrals"),
    "mine_intro": (
        "Aquí están solo las que usted hizo. Nadie más las lee y no hay búsqueda de personas.",
        "Only the ones you made are here. Nobody else reads them, and there is no search for persons.",
    ),
    "mine_empty": ("Todavía no ha hecho ninguna remisión.", "You have made no referral yet."),
    "new": ("Nueva remisión", "New referral"),
    "person_name": ("Cómo quiere que le llamen", "What the person wants to be called"),
    "person_name_hint": ("No hace falta el nombre del documento", "It need not be the name on a document"),
    "reach": ("Cómo ubicarle", "How to reach the person"),
    "reach_hint": ("Puede quedar vacío", "May stay empty"),
    "programme": ("Programa", "Programme"),
    "choose": ("Elija uno", "Choose one"),
    "consent": ("Permiso", "Permission"),
    "consent_read": ("Lea estas palabras en voz alta", "Read these words aloud"),
    "spoken_in": ("Si alguien interpretó: a qué idioma", "If somebody interpreted: into which language"),
    "consent_by": ("Quién dijo que sí", "Who said yes"),
    "by_person": ("La persona", "The person"),
    "by_person_and_guardian": (
        "La persona y su madre, padre o responsable (si es menor de 18)",
        "The person and a parent or guardian (if under 18)",
    ),
    "consent_tick": (
        "Leí las palabras completas y la respuesta fue que sí",
        "I read the words in full and the answer was yes",
    ),
    "make": ("Guardar la remisión", "Save the referral"),
    "problems": ("Falta corregir", "Please correct"),
    "no_name": ("Escriba cómo quiere que le llamen.", "Write what the person wants to be called."),
    "too_long": (
        "Hay un texto de más de 200 letras: acórtelo.",
        "One text has more than 200 letters: shorten it.",
    ),
    "no_programme": ("Elija un programa de la lista.", "Choose a programme from the list."),
    "no_consent_by": ("Indique quién dijo que sí.", "Say who said yes."),
    "no_consent": (
        "Sin permiso no hay remisión: lea las palabras y marque la casilla solo si la respuesta fue que sí.",
        "Without permission there is no referral: read the words and tick the box only if the answer was yes.",
    ),
    "other_words": (
        "Las palabras del permiso cambiaron mientras llenaba la página: léalas otra vez.",
        "The words of the permission changed while you filled in the page: read them again.",
    ),
    "made": ("Remisión guardada", "Referral saved"),
    "made_code": (
        "Escriba este código en el papel de la persona. Se muestra una sola vez y no queda guardado.",
        "Write this code on the person's paper. It is shown once and is not kept.",
    ),
    "made_use": (
        "Con él, la persona puede borrar todo cuando quiera, sin pasar por usted.",
        "With it the person can erase everything at any time, without going through you.",
    ),
    "state": ("Estado", "State"),
    "state_referred": ("Remitida", "Referred"),
    "state_started": ("Ayuda iniciada", "Help started"),
    "state_completed": ("Ayuda completada", "Help completed"),
    "to_started": ("La ayuda empezó", "Help has started"),
    "to_completed": ("La ayuda se completó", "Help is completed"),
    "made_on": ("Fecha", "Date"),
    "consent_record": ("Permiso registrado", "Recorded permission"),
    "consent_when": ("Cuándo (UTC)", "When (UTC)"),
    "consent_recorded_by": ("Registrado por", "Recorded by"),
    "consent_language": ("Idioma de las palabras", "Language of the words"),
    "consent_words": ("Palabras mostradas", "Words shown"),
    "none": ("ninguno", "none"),
    "withdraw_here": ("La persona retira su permiso", "The person takes back the permission"),
    "withdraw_here_says": (
        "Se destruye la clave y se borra la remisión. No se puede deshacer.",
        "The key is destroyed and the referral erased. This cannot be undone.",
    ),
    "withdraw_sure": ("La persona me lo pidió", "The person asked me to"),
    "withdraw_unsure": (
        "Marque la casilla solo si la persona se lo pidió.",
        "Tick the box only if the person asked you to.",
    ),
    "refused_form": (
        "La página estuvo abierta demasiado tiempo o vino de otro sitio. Ábrala de nuevo.",
        "The page was open too long or came from elsewhere. Open it again.",
    ),
    "not_found": ("Esta página no existe.", "This page does not exist."),
    "broken": (
        "Algo falló aquí y no se guardó nada. Avise a quien coordina.",
        "Something failed here and nothing was saved. Tell the coordinator.",
    ),
    "back": ("Volver a los programas", "Back to the programmes"),
    "apart": (
        "Esta instalación está separada de policía, migración y tribunales. Esas oficinas no tienen acceso.",
        "This installation is separate from police, migration offices and courts. Those offices have no access.",
    ),
    "withdraw_here_button": ("Borrar la remisión", "Erase the referral"),
}

_POSITION = {"es": 0, "en": 1}


def texts(language: str) -> dict[str, str]:
    """Every sentence in `es` or `en`."""
    return {name: pair[_POSITION[language]] for name, pair in TEXTS.items()}
