"""How people of El Salvador and their neighbours are named: words, as data, that the parser and the comparison read.

Other countries' conventions are added here, not in code.
"""

from typing import Final

# Join the word after them: `de la Cruz`, `del Cid`, `San Martín`.
PARTICLES: Final = frozenset(
    ["de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "van", "von", "der", "den", "al", "san"]
)

# Given names that begin with a particle: `María de los Ángeles`, `Juan de Dios`.
GIVEN_WITH_PARTICLE: Final = frozenset(
    (
        "de los angeles",
        "del carmen",
        "de jesus",
        "de dios",
        "de la cruz",
        "del rosario",
        "de la paz",
        "de la luz",
        "del socorro",
        "del pilar",
        "del transito",
        "del milagro",
        "de los milagros",
        "de los remedios",
        "de lourdes",
        "de fatima",
        "de guadalupe",
        "de maria",
        "de las mercedes",
        "de la concepcion",
    )
)

# Second surnames that look like a married name.
SURNAME_WITH_DE: Final = frozenset(("de leon", "de paz", "de jesus", "de dios", "de anda", "de haro", "de sola"))

# Generations and styles written after a surname; they belong to the documented name and are not compared.
AFTER_A_SURNAME: Final = frozenset(("jr", "sr", "ii", "iii", "iv", "hijo"))

# Words for "nothing is known", in any field.
NOTHING_KNOWN: Final = frozenset(
    (
        "desconocido",
        "desconocida",
        "ignorado",
        "ignorada",
        "se ignora",
        "no consta",
        "no registra",
        "no reporta",
        "sin dato",
        "sin datos",
        "ninguno",
        "ninguna",
        "unknown",
        "none",
        "null",
        "n a",
        "n d",
        "s d",
        "nd",
        "na",
    )
)

_NICKNAMES: Final = """
    chepe chepito pepe joe joseph: jose
    paco pancho chico frank francis: francisco
    memo guille william bill billy: guillermo
    will willie bill: william wilfredo wilber
    beto: alberto roberto humberto gilberto norberto heriberto rigoberto adalberto
    tono tonito tony anthony: antonio
    neto ernie ernest: ernesto
    tito: alberto roberto humberto ernesto
    lito: carlos manuel miguel
    charlie charly charles carlitos: carlos
    juancho johnny john jonny juanito: juan
    johnny john jonny jhonny: jonathan
    meme manny manolo manuelito: manuel
    lencho: lorenzo
    nando fer: fernando hernando
    rafa fito ralph: rafael
    fito: adolfo rodolfo
    mike migue miguelito michael: miguel
    mike: michael
    quique kike henry: enrique
    lucho guicho wicho louis luisito: luis
    rob bob bobby robert: roberto
    rick ricky richard richie: ricardo
    ed eddie edward lalo guayo: eduardo
    lalo: gerardo
    george coque jorgito: jorge
    sal chamba: salvador
    chus chuz chuy chucho: jesus
    nacho: ignacio
    goyo greg: gregorio
    tavo gus: gustavo octavio
    moncho ray raymond: ramon
    mundo ray raymond: raymundo edmundo
    chente vince vicent vincent: vicente
    chago james: santiago
    mincho ben benny: benjamin
    pete peter: pedro
    paul: pablo
    steve steven stephen: esteban
    andy andrew: andres
    matt matthew: mateo
    tom tomy thomas: tomas
    alex: alejandro alexander alexis
    danny dany: daniel
    dave: david
    gabe gabi: gabriel
    nico nicholas: nicolas
    vic: victor
    vic: victoria
    mau mauri: mauricio
    javi: javier
    jimmy jaimito: jaime
    leo: leonardo leonel leonidas
    max: maximo maximiliano
    phil phillip philip: felipe
    fred freddy alfred: alfredo
    freddy: federico fredis
    polo: leopoldo
    chepa chepita fina: josefina josefa
    concha conchita: concepcion
    chela grace: graciela marcela isela
    lupe lupita: guadalupe
    mari mary maritza: maria
    nena lena helen: elena magdalena
    tere terry theresa teresita: teresa
    paty pati pat: patricia
    rosy rosie rose: rosa rosario
    chayo chayito: rosario
    lola lolita: dolores
    meche mercy: mercedes
    anita annie ann anne anna: ana
    paca chica francis frances: francisca
    mago margie margaret margot: margarita
    chabela isa chabelita elizabeth: isabel
    licha alice: alicia
    lucy: lucia luz
    lety leti letty: leticia
    vero: veronica
    sandy: sandra
    gaby gabi: gabriela
    caro caroline: carolina
    vicky toya: victoria
    betty bety: beatriz berta elizabeth
    liz lisa beth: elizabeth
    tina cristy christy: cristina
    tina: martina ernestina
    chelo: consuelo
    moncha: ramona
    juanita jane: juana
    nati: natividad natalia
    susy susan: susana
    sony: sonia
    katy kathy: katherine
    jackie: jacqueline
    jenny: jennifer
    tencha: hortensia
    vilmita: vilma
    gloris: gloria
"""


def _nicknames() -> dict[str, frozenset[str]]:
    names: dict[str, frozenset[str]] = {}
    for line in _NICKNAMES.strip().splitlines():
        shorts, longs = line.split(":")
        for short in shorts.split():
            names[short] = names.get(short, frozenset()) | frozenset(longs.split())
    return names


# Short forms and foreign forms by which people are called, and the names in the civil registry.
NICKNAMES: Final[dict[str, frozenset[str]]] = _nicknames()

MALE: Final = frozenset(("m", "h", "masculino", "hombre", "varon", "male"))
FEMALE: Final = frozenset(("f", "femenino", "mujer", "female"))

# Words a birthplace may carry or not.
PLACE_FILLERS: Final = frozenset(
    [
        "departamento",
        "depto",
        "dpto",
        "municipio",
        "ciudad",
        "canton",
        "caserio",
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "salvador",
        "sv",
        "us",
        "usa",
        "republica",
    ]
)

# Frequent names of El Salvador and of its people in the United States (folded): each is a name in its own right, so
# one letter between two of them is another name, not a slip.
ESTABLISHED_GIVEN: Final = frozenset(
    (
        "adan adolfo adrian agustin alberto alejandro alexander alexis alfonso alfredo alonso alvaro amilcar andres "
        "angel anibal antonio ariel armando arnoldo arnulfo arturo baltazar benjamin bernardo bladimir bryan camilo "
        "carlos cesar christian cristian cristobal daniel david denis diego domingo douglas eduardo edgar edgardo edwin "
        "efrain elias eliseo elmer emerson emilio enrique ernesto esteban eugenio evelio fabricio federico felipe felix "
        "fernando fidel francisco franklin gabriel geovany gerardo gerson gilberto giovanni gregorio guillermo gustavo "
        "hector henry heriberto hernan hugo humberto ignacio isaac isaias ismael israel ivan jaime jairo javier jeremias "
        "jesus joaquin joel jonathan jorge jose joseph josue juan julian julio kevin leonardo leonel lorenzo lucas luis "
        "manuel marcelo marco marcos mario martin marvin mateo mauricio maximo melvin michael miguel misael moises natan "
        "nelson nestor nicolas noe norberto oscar osmin pablo pedro rafael ramiro ramon raul rene ricardo rigoberto "
        "roberto rodolfo rodrigo rogelio roger rolando romeo ruben salomon salvador samuel santiago santos saul sergio "
        "simon tomas ulises valentin vicente victor vladimir walter wilber wilfredo william wilmer wilson xavier yovani "
        # given names of women
        "adela adriana alba alejandra alicia alma amalia amanda amparo ana andrea angela angelica antonia araceli "
        "aurora beatriz berta blanca brenda candelaria carla carmen carolina catalina catarina cecilia clara claudia "
        "concepcion consuelo cristina daisy dalia daniela deysi delmy diana dina dinora dolores dora edith elena elisa "
        "elizabeth elsa elvira emma emilia ercilia esmeralda esperanza estela ester eugenia eva evelin evelyn fatima "
        "felicita flor floridalma francisca gabriela gladis gloria graciela griselda guadalupe haydee herminia hilda "
        "idalia iliana ingrid irene iris irma isabel ivania jacqueline jennifer jessica josefina juana juanita julia "
        "julieta karen karina karla katherine laura leticia lidia lilian liliana lorena lourdes lucia luisa luz magdalena "
        "marcela margarita maria mariana maribel maricela marina marisol marlene marta martha mayra melida mercedes "
        "milagro mirian mirna monica morena nancy natalia nelly nohemy nora norma olga olivia ondina paola patricia paula "
        "paz pilar raquel rebeca regina reina rita rosa rosario roxana ruth sandra sara silvia sofia sonia susana "
        "tatiana telma teresa transito vanessa verenice veronica victoria vilma virginia wendy xenia xiomara yanira "
        "yaneth yesenia yolanda zoila zulma "
    ).split()
)
ESTABLISHED_SURNAMES: Final = frozenset(
    (
        "abarca abrego acevedo acosta aguilar aguirre alas alfaro alvarado alvarenga alvarez amaya andrade aparicio "
        "aquino aragon araujo arce arevalo argueta arias arriaza ascencio avalos avelar avila ayala baires barahona "
        "barrera barrientos barrios batres bautista bejarano beltran benavides benitez bermudez bernal bolaños bonilla "
        "borja bran bravo bustamante caballero cabrera caceres calderon calles campos canales cañas cardona carballo "
        "carpio carranza carrillo castaneda castañeda castellanos castellon castillo castro cerna cerritos chacon chavez "
        "chicas cisneros claros coto cordero cordova coreas cornejo coronado corado cortez crespin cruz cuellar deras "
        "diaz dominguez dubon duarte duran echeverria elias erazo escalante escobar escoto espinal espinoza estrada "
        "fernandez figueroa flamenco flores franco fuentes funes galan galdamez galindo galvez gamez garay garcia garza "
        "giron gomez gonzalez granados grande guardado guerra guerrero guevara gutierrez guzman henriquez hernandez "
        "herrera hidalgo huezo ibarra iglesias iraheta jacobo jimenez jovel juarez landaverde lara larin lazo leiva leon "
        "lemus linares lobo lopez lovo lozano luna machado majano maldonado mancia marin marroquin martinez mata maravilla "
        "mayorga medina mejia melara melendez melgar membreño mena mendez mendoza menjivar mercado meza miranda molina "
        "monge montano monterrosa montes montoya mora morales moran moreno moreira muñoz murcia najarro navarrete navarro "
        "nerio nieto nolasco novoa nuñez ochoa olivares oliva orantes ordoñez orellana ortega ortez ortiz osorio pacas "
        "pacheco padilla palacios palma parada paredes parras paz peña peraza pereira perez pineda pinto ponce portillo "
        "posada preza quijada quijano quintanilla quinteros ramirez ramos rauda recinos renderos reyes rivas rivera rivero "
        "robles rodas rodriguez rojas romero romano rosales rosa rubio ruano ruiz saavedra salamanca salazar salguero "
        "salinas sanabria sanchez sandoval santamaria santana santos saravia serrano sibrian siguenza silva solano solis "
        "soriano sorto sosa soto suarez tejada toledo tobar torres trejo trujillo turcios ulloa umaña urbina urias "
        "valdez valencia valladares valle vargas vasquez vega velasco velasquez velis ventura vides vigil villalobos "
        "villalta villanueva villatoro zamora zaldaña zaldivar zapata zavala zavaleta zelaya zepeda zuniga zuñiga"
    ).split()
)

# Given names so common that two people's parents often share them.
COMMON_GIVEN: Final = frozenset(
    "maria jose ana juan carlos luis rosa manuel marta francisco antonio miguel jorge mario carmen santos gloria blanca".split()
)
