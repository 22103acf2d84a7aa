"""Every sentence of the office's pages, in Spanish and English, and the words of the law's closed lists."""

from collections.abc import Mapping
from typing import Final

from cotejo.rules.complaints import Outcome, Speaker, Stage, Wrong
from cotejo.rules.redress import ANSWER_WITHIN_WORKING_DAYS
from cotejo.rules.words import Text

MONTHS: Final = tuple(
    Text(en, es)
    for en, es in (
        ("January", "enero"),
        ("February", "febrero"),
        ("March", "marzo"),
        ("April", "abril"),
        ("May", "mayo"),
        ("June", "junio"),
        ("July", "julio"),
        ("August", "agosto"),
        ("September", "septiembre"),
        ("October", "octubre"),
        ("November", "noviembre"),
        ("December", "diciembre"),
    )
)

LANGUAGE_NAMES: Final[Mapping[str, str]] = {"es": "Español", "en": "English"}
"""What a language calls itself."""
SPEAKER_WORDS: Final[Mapping[Speaker, Text]] = {
    Speaker.PERSON: Text("I am the person the paper is about", "Soy la persona de la que trata el papel"),
    Speaker.FAMILY: Text("I am family", "Soy familiar"),
    Speaker.COUNSEL: Text(
        "I represent the person: lawyer or organisation", "Represento a la persona: defensa u organización"
    ),
}
LODGED_BY_WORDS: Final[Mapping[Speaker, Text]] = {
    Speaker.PERSON: Text("the person", "la persona"),
    Speaker.FAMILY: Text("family", "familiar"),
    Speaker.COUNSEL: Text("lawyer or organisation", "defensa u organización"),
}
"""Who lodged, as the office's own officers read it."""
WRONG_WORDS: Final[Mapping[Wrong, Text]] = {
    Wrong.NOT_THIS_PERSON: Text("It is not this person", "No es esta persona"),
    Wrong.NOT_TRUE: Text("What it says did not happen so", "Lo que dice no pasó así"),
    Wrong.CASE_ENDED: Text("The case ended, or the warrant no longer holds", "El caso terminó o la orden ya no vale"),
    Wrong.PROTECTED: Text("A court or an authority protects the person", "Un tribunal u otra autoridad la protege"),
    Wrong.FORCED: Text("Somebody was forced to say it", "Alguien fue obligado a decirlo"),
    Wrong.NOT_TOLD: Text("We were told nothing, or too little", "No nos dijeron nada, o muy poco"),
    Wrong.OTHER: Text("Something else", "Otra cosa"),
}
STAGE_WORDS: Final[Mapping[Stage, Text]] = {
    Stage.NONE: Text("Not lodged", "Sin presentar"),
    Stage.RECEIVED: Text("Received", "Recibida"),
    Stage.IN_REVIEW: Text("Being looked at", "En estudio"),
    Stage.DOCUMENTS_ASKED: Text("We asked you for something", "Le pedimos algo"),
    Stage.ANSWERED: Text("Answered", "Respondida"),
    Stage.CLOSED: Text("Closed", "Cerrada"),
}
OUTCOME_WORDS: Final[Mapping[Outcome, Text]] = {
    Outcome.UPHELD: Text("You are right", "Usted tiene razón"),
    Outcome.PARTLY: Text("You are right in part", "Usted tiene razón en parte"),
    Outcome.NOT_UPHELD: Text("We could not confirm it", "No pudimos confirmarlo"),
}
REPORT_WORDS: Final[Mapping[str, Text]] = {
    "handed_over": Text("Handed over", "Entrega"),
    "arrival": Text("Arrived", "Llegada"),
    "before_judge": Text("Brought before a judge", "Presentación ante el juez"),
    "custody": Text("In custody", "En custodia"),
    "counsel_and_family_told": Text("Counsel and family told", "Aviso a la defensa y a la familia"),
    "judgment": Text("Judgment", "Sentencia"),
}

TEXTS: Final[Mapping[str, Text]] = {
    "title": Text("Redress office", "Oficina de reparación"),
    "skip": Text("Skip to the content", "Ir al contenido"),
    "demo": Text(
        "Invented people and agencies. Nothing here is about a real person.",
        "Personas y entidades inventadas. Nada aquí trata de una persona real.",
    ),
    "apart": Text(
        "This office is apart from the agency. The agency's officers cannot read what you write here; they only learn "
        "that a request may not be used.",
        "Esta oficina está separada de la entidad. Su personal no puede leer lo que usted escribe aquí; solo se entera "
        "de que una solicitud no puede usarse.",
    ),
    "start": Text("Start", "Inicio"),
    "staff": Text("For the office's staff", "Para el personal de la oficina"),
    "start_title": Text("Something is wrong with a request", "Algo está mal en una solicitud"),
    "start_intro": Text(
        "If you were given a copy of a request about you, or about somebody you care for, you can contest it here. You "
        "need no account and no lawyer, and it costs nothing.",
        "Si le entregaron el traslado de una solicitud sobre usted, o sobre alguien cercano, puede impugnarla aquí. No "
        "necesita cuenta ni abogado, y es gratis.",
    ),
    "lodge_link": Text("Lodge a complaint", "Presentar una queja"),
    "lodge_note": Text(
        f"The request may not be used while we look at it. We answer within {ANSWER_WITHIN_WORKING_DAYS} working days.",
        f"La solicitud no puede usarse mientras la estudiamos. Respondemos en {ANSWER_WITHIN_WORKING_DAYS} días "
        "hábiles.",
    ),
    "status_link": Text("Follow a complaint", "Seguir una queja"),
    "status_note": Text("With the receipt code you were shown.", "Con el código de recibo que se le mostró."),
    "where_link": Text("After a hand-over: where the person is", "Después de una entrega: dónde está la persona"),
    "where_note": Text("With the code on your paper.", "Con el código de su papel."),
    "lodge_title": Text("Lodge a complaint", "Presentar una queja"),
    "lodge_intro": Text(
        "Answer what you can. You can add documents and write to us later.",
        "Responda lo que pueda. Después puede agregar documentos y escribirnos.",
    ),
    "who": Text("Who are you?", "¿Quién es usted?"),
    "mandate": Text("Document that shows you may represent the person", "Documento que le permite representarla"),
    "mandate_hint": Text(
        "Only if you represent somebody. You can send it later; the request is blocked meanwhile.",
        "Solo si representa a alguien. Puede enviarlo después; la solicitud queda bloqueada mientras tanto.",
    ),
    "code": Text("Code on your paper, or the request number", "Código de su papel, o el número de la solicitud"),
    "code_hint": Text(
        "The code has four groups of five letters and digits. The number has 32.",
        "El código tiene cuatro grupos de cinco letras y cifras. El número tiene 32.",
    ),
    "code_problem": Text(
        "This code or number is not complete, or has a slip. Look at the paper again.",
        "Este código o número no está completo o tiene un error. Revise el papel.",
    ),
    "speaker_problem": Text("Say who you are.", "Diga quién es usted."),
    "wrong": Text("What is wrong? Choose all that fit.", "¿Qué está mal? Elija todo lo que corresponda."),
    "text": Text("Tell us in your own words", "Cuéntenos con sus palabras"),
    "in_custody": Text("The person is held, or has been handed over", "La persona está detenida o ya fue entregada"),
    "in_custody_hint": Text("Then we answer within three days.", "Entonces respondemos en tres días."),
    "documents": Text("Documents, if you have any", "Documentos, si tiene"),
    "documents_hint": Text(
        "PDF or photograph (JPEG, PNG), at most 10 MB each, three at most; more can follow.",
        "PDF o fotografía (JPEG, PNG), de 10 MB como máximo cada uno, tres como máximo; después puede enviar más.",
    ),
    "document_problem": Text(
        "{name} is not a PDF, JPEG or PNG of at most 10 MB. Take a photograph of it and attach that.",
        "{name} no es un PDF, JPEG o PNG de 10 MB como máximo. Tómele una fotografía y adjúntela.",
    ),
    "documents_problem": Text("Attach three documents at most here.", "Adjunte aquí tres documentos como máximo."),
    "crowded": Text(
        "Many complaints came from this connection in the last hour. Send this one again after {moment}, use another "
        "connection, or bring it to the office on paper. What you lodged before goes on as it is.",
        "En la última hora llegaron muchas quejas desde esta conexión. Envíe esta después de {moment}, use otra "
        "conexión o llévela en papel a la oficina. Lo que ya presentó sigue su curso.",
    ),
    "optional": Text("(optional)", "(opcional)"),
    "send": Text("Send the complaint", "Enviar la queja"),
    "problems": Text("To put right", "Por corregir"),
    "receipt_title": Text("Your complaint is with us", "Recibimos su queja"),
    "receipt_intro": Text(
        "This is your receipt code. It is shown only now. Write it down or print this page, and keep it where nobody "
        "else finds it: whoever has it can read our answers.",
        "Este es su código de recibo. Solo se muestra ahora. Anótelo o imprima esta página, y guárdelo donde nadie más "
        "lo encuentre: quien lo tenga puede leer nuestras respuestas.",
    ),
    "receipt_code": Text("Receipt code", "Código de recibo"),
    "receipt_next": Text("What happens now", "Qué sigue"),
    "receipt_blocked": Text(
        "From now on the request you named may not be used, until two of our officers end the block.",
        "Desde ahora la solicitud que usted nombró no puede usarse, hasta que dos personas de esta oficina levanten el "
        "bloqueo.",
    ),
    "receipt_due": Text("We answer by {day}.", "Respondemos a más tardar el {day}."),
    "receipt_follow": Text(
        "You can read our messages and answer with this code, under “Follow a complaint”.",
        "Con este código puede leer nuestros mensajes y contestar, en «Seguir una queja».",
    ),
    "print_hint": Text("To print, use your browser's menu.", "Para imprimir, use el menú de su navegador."),
    "status_title": Text("Follow a complaint", "Seguir una queja"),
    "receipt_hint": Text("Four groups of four letters and digits.", "Cuatro grupos de cuatro letras y cifras."),
    "receipt_problem": Text(
        "This code is not complete, or has a slip. Look at your receipt again.",
        "Este código no está completo o tiene un error. Revise su recibo.",
    ),
    "open": Text("Open", "Abrir"),
    "nothing_title": Text("There is nothing to show for this code", "No hay nada que mostrar con este código"),
    "nothing": Text(
        "Look at the code again. If it is right and you expected something here, come to the office or write to it.",
        "Revise el código. Si está bien y esperaba encontrar algo, acuda a la oficina o escríbale.",
    ),
    "again": Text("Try again", "Intentar de nuevo"),
    "stage": Text("Stage", "Etapa"),
    "stages": Text("Received, being looked at, answered, closed.", "Recibida, en estudio, respondida, cerrada."),
    "court": Text("Court", "Tribunal"),
    "court_unknown": Text(
        "The office names it in its answer.",
        "La oficina lo indica en su respuesta.",
    ),
    "blocked": Text("What is blocked", "Qué está bloqueado"),
    "blocked_yes": Text(
        "The request you named: nobody may use it while this complaint is open.",
        "La solicitud que usted nombró: nadie puede usarla mientras esta queja esté abierta.",
    ),
    "blocked_no": Text("Nothing any more, by this complaint.", "Ya nada, por esta queja."),
    "answers": Text("Who answers", "Quién responde"),
    "due": Text("By when", "Para cuándo"),
    "overdue": Text("This is late. The block stays.", "Está atrasada. El bloqueo sigue."),
    "answer": Text("Our answer", "Nuestra respuesta"),
    "upheld_next": Text(
        "The request stays blocked until what was wrong has been put right.",
        "La solicitud sigue bloqueada hasta que se corrija lo que estaba mal.",
    ),
    "no_mandate": Text(
        "We still need the document that shows you may represent the person.",
        "Aún necesitamos el documento que le permite representar a la persona.",
    ),
    "messages": Text("Messages", "Mensajes"),
    "no_messages": Text("There are none yet.", "Todavía no hay."),
    "from_you": Text("You", "Usted"),
    "from_office": Text("The office", "La oficina"),
    "from_person": Text("Whoever lodged", "Quien presentó la queja"),
    "document_added": Text("Document added", "Documento agregado"),
    "write": Text("Write to us", "Escríbanos"),
    "message": Text("Message", "Mensaje"),
    "write_send": Text("Send message", "Enviar mensaje"),
    "add_document": Text("Add a document", "Agregar un documento"),
    "document": Text("Document", "Documento"),
    "document_missing": Text("Choose a document first.", "Elija primero un documento."),
    "is_mandate": Text("It shows that I may represent the person", "Muestra que puedo representar a la persona"),
    "document_send": Text("Send document", "Enviar documento"),
    "where_title": Text("Where the person is", "Dónde está la persona"),
    "where_intro": Text(
        "After a hand-over the other country reports where the person is. Type the code on your paper; we keep no "
        "record of it.",
        "Después de una entrega, el otro país informa dónde está la persona. Escriba el código de su papel; no "
        "guardamos registro de ello.",
    ),
    "paper_code": Text("Code on your paper", "Código de su papel"),
    "paper_hint": Text("Four groups of five letters and digits.", "Cuatro grupos de cinco letras y cifras."),
    "paper_problem": Text(
        "This code is not complete, or has a slip. Look at the paper again.",
        "Este código no está completo o tiene un error. Revise el papel.",
    ),
    "place": Text("Place", "Lugar"),
    "when": Text("When", "Cuándo"),
    "next_report": Text("Next report due", "Próximo informe"),
    "next_overdue": Text(
        "This report is late. You can complain about it here.",
        "Ese informe está atrasado. Puede quejarse aquí.",
    ),
    "sign_in_title": Text("Sign in", "Iniciar sesión"),
    "username": Text("User name", "Nombre de usuario"),
    "password": Text("Password", "Contraseña"),
    "totp": Text("Code on your telephone", "Código de su teléfono"),
    "sign_in": Text("Sign in", "Iniciar sesión"),
    "sign_in_problem": Text(
        "Name, password and code do not belong together, or this account is locked for a quarter of an hour.",
        "Nombre, contraseña y código no corresponden, o la cuenta está cerrada por un cuarto de hora.",
    ),
    "sign_out": Text("Sign out", "Cerrar sesión"),
    "queue_title": Text("Complaints", "Quejas"),
    "queue_empty": Text("No complaint is open.", "No hay quejas abiertas."),
    "queue_caption": Text("Open complaints, what is due first above", "Quejas abiertas, primero la que vence antes"),
    "number": Text("Complaint", "Queja"),
    "lodged": Text("Lodged", "Presentada"),
    "late": Text("Late", "Atrasada"),
    "block_only": Text("Answered; still blocks", "Respondida; aún bloquea"),
    "shown": Text("{first} to {last} of {total}", "{first} a {last} de {total}"),
    "pages": Text("Pages of this list", "Páginas de esta lista"),
    "earlier": Text("Previous", "Anterior"),
    "later": Text("Next", "Siguiente"),
    "yes": Text("yes", "sí"),
    "blocks": Text("The request, while this complaint is open.", "La solicitud, mientras esta queja esté abierta."),
    "write_person": Text("Write to whoever lodged", "Escribir a quien presentó la queja"),
    "said_so": Text("In their own words", "En sus palabras"),
    "late_title": Text("Complaints whose answer is late", "Quejas con respuesta atrasada"),
    "late_intro": Text(
        "For the oversight body: numbers and days, nothing of what a complaint says. Every one of them still blocks.",
        "Para el órgano de supervisión: números y días, nada de lo que dice una queja. Todas siguen bloqueando.",
    ),
    "late_none": Text("No answer is late.", "Ninguna respuesta está atrasada."),
    "late_of": Text("Late: {late}, of {total} open complaints.", "Atrasadas: {late}, de {total} quejas abiertas."),
    "late_days": Text("Days late", "Días de atraso"),
    "back": Text("All complaints", "Todas las quejas"),
    "case_title": Text("Complaint {number}", "Queja {number}"),
    "request": Text("Request", "Solicitud"),
    "says": Text("Lodged by", "Presentada por"),
    "mandate_missing": Text("The mandate is missing.", "Falta el mandato."),
    "alleged": Text("What is wrong", "Qué está mal"),
    "custody_yes": Text("Held, or handed over", "Detenida o entregada"),
    "acknowledge": Text("Say that we have begun", "Comunicar que empezamos"),
    "ask_documents": Text("Ask for documents", "Pedir documentos"),
    "asked": Text("We ask you for", "Le pedimos"),
    "pass_on": Text("Pass on to another body as well", "Pasar también a otro órgano"),
    "pass_on_hint": Text("This office still answers, by the same day.", "Esta oficina responde igual, en ese plazo."),
    "passed": Text("We passed it on to", "Lo pasamos a"),
    "begun": Text("We have begun to look at your complaint.", "Empezamos a estudiar su queja."),
    "to": Text("To whom", "A quién"),
    "answer_title": Text("Answer", "Respuesta"),
    "answer_hint": Text(
        "One officer proposes, another confirms. The block stays, whatever the answer.",
        "Una persona propone, otra confirma. El bloqueo sigue, sea cual sea la respuesta.",
    ),
    "outcome": Text("Outcome, as the person will read it", "Resultado, como lo leerá la persona"),
    "reasons": Text("Reasons, as the person will read them", "Razones, como las leerá la persona"),
    "propose_answer": Text("Propose this answer", "Proponer esta respuesta"),
    "confirm_answer": Text("Confirm this answer", "Confirmar esta respuesta"),
    "proposed_by": Text("Proposed by {name}", "Propuesta de {name}"),
    "waits_second": Text("Another officer confirms it.", "Lo confirma otra persona."),
    "lift_title": Text("End of the block", "Fin del bloqueo"),
    "lift_hint": Text(
        "After the answer. State what was put right, or why nothing had to be. Another officer confirms.",
        "Después de la respuesta. Diga qué se corrigió, o por qué no hizo falta. Confirma otra persona.",
    ),
    "lift_reasons": Text("Reasons", "Razones"),
    "propose_lift": Text("Propose to end the block", "Proponer levantar el bloqueo"),
    "confirm_lift": Text("End the block", "Levantar el bloqueo"),
    "lifted": Text("The block is ended.", "El bloqueo terminó."),
    "enrol_title": Text("Set up your account", "Prepare su cuenta"),
    "enrol_intro": Text(
        "Add this key to the application on your telephone that shows codes; then choose a password.",
        "Agregue esta clave a la aplicación de su teléfono que muestra códigos; luego elija una contraseña.",
    ),
    "enrol_key": Text("Key", "Clave"),
    "again_password": Text("Password again", "Repita la contraseña"),
    "finish": Text("Finish", "Terminar"),
    "link_ended_title": Text("This link no longer works", "Este enlace ya no sirve"),
    "link_ended": Text("Ask the office for a new one.", "Pida otro a la oficina."),
    "too_large_title": Text("This is too much at once", "Es demasiado de una vez"),
    "too_large": Text(
        "Send the complaint with fewer or smaller documents; the rest can follow.",
        "Envíe la queja con menos documentos o más pequeños; el resto puede seguir.",
    ),
    "form_too_old_title": Text("This form was open too long", "Este formulario estuvo abierto demasiado tiempo"),
    "form_too_old": Text(
        "Nothing was sent. Go back, open the page again and repeat. Your browser must accept cookies of this page.",
        "Nada se envió. Vuelva, abra la página de nuevo y repita. Su navegador debe aceptar las cookies de la página.",
    ),
    "bad_request_title": Text("This page did not understand", "Esta página no entendió"),
    "bad_request": Text(
        "Nothing was done. Begin again from the start.", "Nada se hizo. Empiece de nuevo desde el inicio."
    ),
    "not_here_title": Text("There is no such page", "Esa página no existe"),
    "not_here": Text("Begin again from the start.", "Empiece de nuevo desde el inicio."),
    "our_fault_title": Text("Something failed here", "Algo falló aquí"),
    "our_fault": Text(
        "It is not your fault. Try again in some minutes; what you sent may not have arrived.",
        "No es culpa suya. Intente de nuevo en unos minutos; lo que envió puede no haber llegado.",
    ),
}
