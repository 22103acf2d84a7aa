"""The words of a comparison, in English and Spanish: fields, levels, bands, readings."""

from typing import Final

from cotejo.identity.levels import Field, Level
from cotejo.identity.weighing import Band
from cotejo.rules.words import Text

FIELDS: Final[dict[Field, Text]] = {
    Field.GIVEN: Text("given names", "nombres"),
    Field.FIRST_SURNAME: Text("first surname", "primer apellido"),
    Field.SECOND_SURNAME: Text("second surname", "segundo apellido"),
    Field.BIRTH_DATE: Text("birth date", "fecha de nacimiento"),
    Field.SEX: Text("sex", "sexo"),
    Field.BIRTH_PLACE: Text("birthplace", "lugar de nacimiento"),
    Field.DUI: Text("DUI", "DUI"),
    Field.PASSPORT: Text("passport", "pasaporte"),
    Field.FATHER: Text("father", "padre"),
    Field.MOTHER: Text("mother", "madre"),
}

LEVELS: Final[dict[Level, Text]] = {
    Level.SAME: Text("agrees", "coincide"),
    Level.AS_FAR_AS_DOCUMENTED: Text("agrees as far as both tell it", "coincide hasta donde ambos lo dicen"),
    Level.GIVEN_AND_SURNAME: Text(
        "a given name and a surname agree; one side says no more",
        "coinciden un nombre y un apellido; un lado no dice más",
    ),
    Level.COMMON_GIVEN_AND_SURNAME: Text(
        "a very common given name and a surname agree; one side says no more",
        "coinciden un nombre muy común y un apellido; un lado no dice más",
    ),
    Level.SPELLING: Text("written differently, sounds or looks alike", "escrito distinto, suena o se ve parecido"),
    Level.OTHER_ORDER: Text("the same in another order", "lo mismo en otro orden"),
    Level.NICKNAME: Text("a usual short form of the other", "forma corta usual del otro"),
    Level.ONE_OF_THE_GIVEN: Text("one of the other's given names", "uno de los nombres del otro"),
    Level.OTHER_SECOND_GIVEN: Text(
        "same first given name, other second given name", "mismo primer nombre, otro segundo nombre"
    ),
    Level.IN_OTHER_PLACE: Text("is the second surname of the other", "es el segundo apellido del otro"),
    Level.MARRIED_NAME: Text("is the married name of the other", "es el apellido de casada del otro"),
    Level.RESEMBLES: Text("some letters alike, not the same", "algunas letras parecidas, no es igual"),
    Level.OTHER_FIRST_GIVEN: Text(
        "other first given name, another given name in common", "otro primer nombre, otro nombre en común"
    ),
    Level.PARTLY: Text("agrees in part", "coincide en parte"),
    Level.TO_THE_MONTH: Text(
        "agrees to the month; no day on one side", "coincide hasta el mes; falta el día en un lado"
    ),
    Level.TO_THE_YEAR: Text("agrees to the year; one side says no more", "coincide hasta el año; un lado no dice más"),
    Level.DAY_OFF_BY_ONE: Text("one day apart", "un día de diferencia"),
    Level.DAY_MONTH_SWAPPED: Text("day and month changed places", "día y mes intercambiados"),
    Level.FIRST_OF_JANUARY: Text(
        "same year; 1 January often stands for an unknown day",
        "mismo año; el 1 de enero suele indicar día desconocido",
    ),
    Level.ONE_DIGIT: Text(
        "one digit apart, or two neighbouring ones swapped", "difiere en una cifra, o en dos vecinas intercambiadas"
    ),
    Level.OTHER_DAY: Text("same year and month, another day", "mismo año y mes, otro día"),
    Level.OTHER_MONTH: Text("same year and day, another month", "mismo año y día, otro mes"),
    Level.OTHER_YEAR: Text("same day and month, another year", "mismo día y mes, otro año"),
    Level.YEAR_OFF_BY_ONE: Text("same day and month, one year apart", "mismo día y mes, un año de diferencia"),
    Level.YEARS_OFF_BY_ONE: Text("years one apart; one side says no more", "un año de diferencia; un lado no dice más"),
    Level.YEARS_NEAR: Text(
        "two or three years apart; one side says no more", "dos o tres años de diferencia; un lado no dice más"
    ),
    Level.YEARS_DIFFER: Text("differs, as far as both tell it", "es distinta, hasta donde ambos la dicen"),
    Level.SAME_YEAR: Text("same year, another month", "mismo año, otro mes"),
    Level.SAME_BADLY_WRITTEN: Text(
        "the same, but badly written: check digit or form is wrong",
        "lo mismo, pero mal escrito: el dígito verificador o la forma no corresponde",
    ),
    Level.DIFFERS: Text("differs", "es distinto"),
    Level.A_GENERATION_APART: Text("differs by a generation", "difiere en una generación"),
    Level.BADLY_WRITTEN: Text(
        "badly written on one side, cannot be compared", "mal escrito en un lado, no se puede comparar"
    ),
    Level.IMPOSSIBLE: Text(
        "not a possible date on one side, cannot be compared", "fecha imposible en un lado, no se puede comparar"
    ),
    Level.UNKNOWN: Text("not known", "no se sabe"),
}

BANDS: Final[dict[Band, Text]] = {
    Band.MANY_AGREE: Text("many details agree", "muchos datos coinciden"),
    Band.POSSIBLE: Text("possible same person", "posible misma persona"),
    Band.CANNOT_TELL: Text("cannot be told from these details", "no se puede saber con estos datos"),
    Band.CONTRADICTED: Text("the details contradict each other", "los datos se contradicen"),
}

LINE: Final = Text(
    "{field}: {level}. Request: {subject}. Register: {candidate}.",
    "{field}: {level}. Solicitud: {subject}. Registro: {candidate}.",
)
# What a field adds to or takes from "the same person", against the likeliest other reading.
ADDS_MUCH: Final = Text("adds much", "suma mucho")
ADDS_LITTLE: Final = Text("adds a little", "suma un poco")
ADDS_NOTHING: Final = Text("adds nothing", "no suma nada")
TAKES_LITTLE: Final = Text("takes a little", "resta un poco")
TAKES_MUCH: Final = Text("takes much", "resta mucho")
AGAINST: Final = Text(
    "Each field adds to “the same person”, or takes from it, against the likeliest other explanation: {who}.",
    "Cada dato suma a «la misma persona», o le resta, frente a la otra explicación más probable: {who}.",
)
NOT_TOLD: Final = Text("not told", "no lo dice")
COUNTS: Final = Text(
    "Differ: {differing}. Nearly agree: {close}. Not known: {unknown}. Agree: {agreeing}.",
    "Difieren: {differing}. Casi coinciden: {close}. No se saben: {unknown}. Coinciden: {agreeing}.",
)

NOBODY_BEARS: Final = Text(
    "No row of this register bears the name {name}.", "Ninguna fila de este registro lleva el nombre {name}."
)
ONE_BEARS: Final = Text(
    "One row of this register bears the name {name}.", "Una fila de este registro lleva el nombre {name}."
)
MANY_BEAR: Final = Text(
    "{count} rows of this register bear the name {name}.", "{count} filas de este registro llevan el nombre {name}."
)
NAME_NOT_COUNTED: Final = Text(
    "The request tells no given name and surname together: how many bear the name cannot be counted.",
    "La solicitud no dice nombre y apellido juntos: no se puede contar cuántos llevan el nombre.",
)

NEVER_ENOUGH: Final = Text(
    "A name, sex, birthplace and one more detail are never enough to say it is the same person.",
    "Nombre, sexo, lugar de nacimiento y un dato más nunca bastan para decir que es la misma persona.",
)
REREAD: Final = Text(
    "The names were compared in another reading than the usual one (a surname filed as a middle name, surnames first, "
    "or an alias).",
    "Los nombres se compararon en una lectura distinta de la usual (apellido anotado como segundo nombre, apellidos "
    "primero, o un alias).",
)
NUMBER_AGAINST_DETAILS: Final = Text(
    "A number agrees while other details differ: it may be a relative's, or mistyped. It does not outweigh them.",
    "Un número coincide mientras otros datos difieren: puede ser de un familiar o estar mal digitado. No pesa más que "
    "ellos.",
)
DECIDES: Final = Text("Most would be told by: {field}. {where}", "Lo que más diría: {field}. {where}")
ONLY_REGISTER_TELLS: Final = Text(
    "This register tells it, the request does not.", "Este registro lo dice, la solicitud no."
)
ONLY_REQUEST_TELLS: Final = Text(
    "The request tells it, this register does not.", "La solicitud lo dice, este registro no."
)
NEITHER_TELLS: Final = Text("Neither tells it.", "Ninguno lo dice.")
BOTH_UNREADABLE: Final = Text("It is told, but cannot be compared.", "Está dicho, pero no se puede comparar.")

EXPLAINED_BETTER: Final = Text(
    "Explained as well or better by {who}: {facts}.",
    "Se explica igual de bien o mejor por {who}: {facts}.",
)
EXPLAINED_AS_WELL: Final = Text(
    "Explained as well by {who}: {facts}.",
    "Se explica igual de bien por {who}: {facts}.",
)
NOT_RULED_OUT: Final = Text(
    "Less likely, but not ruled out, is {who}: {facts}.", "Menos probable, pero sin descartar: {who}; {facts}."
)
STRANGER: Final = Text("another person, no relative", "otra persona, sin parentesco")
NAMESAKE: Final = Text("another person of the same name", "otra persona del mismo nombre")
TWIN: Final[dict[str, Text]] = {
    "M": Text("a twin brother", "un hermano gemelo"),
    "F": Text("a twin sister", "una hermana gemela"),
    "": Text("a twin", "un gemelo o una gemela"),
}
SIBLING: Final[dict[str, Text]] = {
    "M": Text("a brother", "un hermano"),
    "F": Text("a sister", "una hermana"),
    "": Text("a brother or sister", "un hermano o una hermana"),
}
NAMED_ALIKE: Final = Text(
    "{who} given the same names again, which is rare", "{who} con los mismos nombres otra vez, lo que es raro"
)
PARENT: Final[dict[str, Text]] = {
    "M": Text("the father", "el padre"),
    "F": Text("the mother", "la madre"),
    "": Text("a parent", "el padre o la madre"),
}
CHILD: Final[dict[str, Text]] = {
    "M": Text("a son", "un hijo"),
    "F": Text("a daughter", "una hija"),
    "": Text("a son or daughter", "un hijo o una hija"),
}
PARENT_OR_CHILD: Final = Text("a parent or a child", "el padre, la madre, un hijo o una hija")

SAME_PARENTS: Final = Text("same parents", "mismos padres")
SAME_MOTHER: Final = Text("same mother", "misma madre")
SAME_FATHER: Final = Text("same father", "mismo padre")
SAME_SURNAMES: Final = Text("same surnames", "mismos apellidos")
SAME_FIRST_SURNAME: Final = Text("same first surname", "mismo primer apellido")
SAME_GIVEN: Final = Text("same given names", "mismos nombres")
GIVEN_AS_FAR: Final = Text(
    "the same given names as far as both tell them", "los mismos nombres hasta donde ambos los dicen"
)
OTHER_SECOND_GIVEN: Final = Text("other second given name", "otro segundo nombre")
OTHER_GIVEN: Final = Text("other given names", "otros nombres")
PARENT_NAMED: Final = Text(
    "one bears the name the other gives for a parent", "uno lleva el nombre que el otro da de su padre o madre"
)
BORN_SAME_DAY: Final = Text("born the same day", "nacidos el mismo día")
OTHER_BIRTH_DATE: Final = Text("another birth date", "otra fecha de nacimiento")
OTHER_NUMBER: Final = Text("another number", "otro número")
NOTHING_TELLS_THEM_APART: Final = Text("nothing known tells them apart", "nada de lo que se sabe los distingue")
ONE_MONTH_APART: Final = Text("one month apart", "un mes de diferencia")
MONTHS_APART: Final = Text("{count} months apart", "{count} meses de diferencia")
YEARS_APART: Final = Text("{count} years apart", "{count} años de diferencia")
