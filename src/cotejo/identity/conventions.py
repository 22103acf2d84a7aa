"""How people of El Salvador and their neighbours are named: words, as data, that the parser and the comparison read.

Other countries' conventions are added here, not in code.
"""

# ruff: noqa: SIM905 - names read best as a text

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
# one letter between two of them is another name, not a slip. Given names, then surnames.
ESTABLISHED_GIVEN: Final = frozenset(
    """
    adan adela adolfo adrian adriana agustin alba alberto alejandra alejandro alexander alexis alfonso alfredo
    alicia alma alonso alvaro amalia amanda amilcar amparo ana andrea andres angel angela angelica anibal
    antonia antonio araceli ariel armando arnoldo arnulfo arturo aurora baltazar beatriz benjamin bernardo berta
    bladimir blanca brenda bryan camilo candelaria carla carlos carmen carolina catalina catarina cecilia cesar
    christian clara claudia concepcion consuelo cristian cristina cristobal daisy dalia daniel daniela david
    delmy denis deysi diana diego dina dinora dolores domingo dora douglas edgar edgardo edith eduardo edwin
    efrain elena elias elisa eliseo elizabeth elmer elsa elvira emerson emilia emilio emma enrique ercilia
    ernesto esmeralda esperanza esteban estela ester eugenia eugenio eva evelin evelio evelyn fabricio fatima
    federico felicita felipe felix fernando fidel flor floridalma francisca francisco franklin gabriel gabriela
    geovany gerardo gerson gilberto giovanni gladis gloria graciela gregorio griselda guadalupe guillermo
    gustavo haydee hector henry heriberto herminia hernan hilda hugo humberto idalia ignacio iliana ingrid irene
    iris irma isaac isabel isaias ismael israel ivan ivania jacqueline jaime jairo javier jennifer jeremias
    jessica jesus joaquin joel jonathan jorge jose josefina joseph josue juan juana juanita julia julian julieta
    julio karen karina karla katherine kevin laura leonardo leonel leticia lidia lilian liliana lorena lorenzo
    lourdes lucas lucia luis luisa luz magdalena manuel marcela marcelo marco marcos margarita maria mariana
    maribel maricela marina mario marisol marlene marta martha martin marvin mateo mauricio maximo mayra melida
    melvin mercedes michael miguel milagro mirian mirna misael moises monica morena nancy natalia natan nelly
    nelson nestor nicolas noe nohemy nora norberto norma olga olivia ondina oscar osmin pablo paola patricia
    paula paz pedro pilar rafael ramiro ramon raquel raul rebeca regina reina rene ricardo rigoberto rita
    roberto rodolfo rodrigo rogelio roger rolando romeo rosa rosario roxana ruben ruth salomon salvador samuel
    sandra santiago santos sara saul sergio silvia simon sofia sonia susana tatiana telma teresa tomas transito
    ulises valentin vanessa verenice veronica vicente victor victoria vilma virginia vladimir walter wendy
    wilber wilfredo william wilmer wilson xavier xenia xiomara yaneth yanira yesenia yolanda yovani zoila zulma
    """.split()
)
ESTABLISHED_SURNAMES: Final = frozenset(
    """
    abarca abrego acevedo acosta aguilar aguirre alas alfaro alvarado alvarenga alvarez amaya andrade aparicio
    aquino aragon araujo arce arevalo argueta arias arriaza ascencio avalos avelar avila ayala baires barahona
    barrera barrientos barrios batres bautista bejarano beltran benavides benitez bermudez bernal bolaños
    bonilla borja bran bravo bustamante caballero cabrera caceres calderon calles campos canales carballo
    cardona carpio carranza carrillo castaneda castañeda castellanos castellon castillo castro cañas cerna
    cerritos chacon chavez chicas cisneros claros corado cordero cordova coreas cornejo coronado cortez coto
    crespin cruz cuellar deras diaz dominguez duarte dubon duran echeverria elias erazo escalante escobar escoto
    espinal espinoza estrada fernandez figueroa flamenco flores franco fuentes funes galan galdamez galindo
    galvez gamez garay garcia garza giron gomez gonzalez granados grande guardado guerra guerrero guevara
    gutierrez guzman henriquez hernandez herrera hidalgo huezo ibarra iglesias iraheta jacobo jimenez jovel
    juarez landaverde lara larin lazo leiva lemus leon linares lobo lopez lovo lozano luna machado majano
    maldonado mancia maravilla marin marroquin martinez mata mayorga medina mejia melara melendez melgar
    membreño mena mendez mendoza menjivar mercado meza miranda molina monge montano monterrosa montes montoya
    mora morales moran moreira moreno murcia muñoz najarro navarrete navarro nerio nieto nolasco novoa nuñez
    ochoa oliva olivares orantes ordoñez orellana ortega ortez ortiz osorio pacas pacheco padilla palacios palma
    parada paredes parras paz peraza pereira perez peña pineda pinto ponce portillo posada preza quijada quijano
    quintanilla quinteros ramirez ramos rauda recinos renderos reyes rivas rivera rivero robles rodas rodriguez
    rojas romano romero rosa rosales ruano rubio ruiz saavedra salamanca salazar salguero salinas sanabria
    sanchez sandoval santamaria santana santos saravia serrano sibrian siguenza silva solano solis soriano sorto
    sosa soto suarez tejada tobar toledo torres trejo trujillo turcios ulloa umaña urbina urias valdez valencia
    valladares valle vargas vasquez vega velasco velasquez velis ventura vides vigil villalobos villalta
    villanueva villatoro zaldaña zaldivar zamora zapata zavala zavaleta zelaya zepeda zuniga zuñiga
    """.split()
)

# Given names so common that two people's parents often share them.
COMMON_GIVEN: Final = frozenset(
    """
    ana antonio blanca carlos carmen francisco gloria jorge jose juan luis manuel maria mario marta miguel rosa
    santos
    """.split()
)
