"""Names and places for invented people: the frequent ones first, then a long tail composed from syllables.

1. Frequencies fall as Zipf's law says (`ranked`): a few names are borne by very many, most names by very few.
2. Given names depend on the year of birth: nobody born in 1950 is called Kevin.
3. The lists rank roughly as in life; the tail sounds Salvadoran and is made up.
"""

# ruff: noqa: E501, SIM905 - names read best as a text

import random
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, product
from typing import Final

Ranked = tuple[Sequence[str], Sequence[float]]

_MALE_ALWAYS: Final = (
    "José Juan Carlos Luis Miguel Manuel Francisco Jorge Mario Roberto Antonio Pedro Rafael Ricardo Óscar Mauricio "
    "René Julio Ernesto Alberto Daniel David Héctor Salvador Víctor Fernando Ramón Jesús Raúl Rubén Rolando Rodrigo "
    "Guillermo Armando Alfredo Alejandro Andrés Ángel Eduardo Enrique Arturo Gerardo Gustavo Javier Ismael Israel "
    "Ernesto César Samuel Sergio Hugo Marcos Mateo Pablo Tomás Vicente Noé Moisés Joaquín Benjamín Adán"
).split()
_MALE_OLDER: Final = (
    "Santos Rigoberto Tránsito Fidel Gilberto Balmore Ulises Ítalo Isaías Eliseo Catarino Toribio Anastasio Pilar "
    "Candelario Rutilio Teodoro Esteban Florentín Gregorio Hilario Jacinto Lázaro Leonardo Macario Nicolás Pantaleón "
    "Porfirio Rogelio Silverio Simón Valentín Virgilio Zacarías Abelardo Amílcar Arístides Atilio Cándido Cristóbal"
).split()
_MALE_YOUNGER: Final = (
    "Kevin Walter Edwin Nelson Saúl Marvin Douglas Alexander Josué Melvin Geovany Nahúm Elmer Cristian Jonathan "
    "Vladimir Wilfredo Bryan Diego Steven Erick Denis Franklin Wilber Wilmer Elder Rony Emerson Jefferson Anderson "
    "Brandon Axel Ronald Henry Stanley Christian Jairo Edgardo Osmín Gerson Elías Fabricio Darwin Adonay Yonatan"
).split()
_MALE_SECOND: Final = (
    "Antonio Alberto Alexander Ernesto Enrique Manuel Luis Armando Carlos Alfredo Roberto Mauricio Ángel Eduardo Adalberto "
    "Humberto Arnulfo Amílcar Israel Adonay Balmore Isaac Edgardo Obdulio Orlando Wilfredo Osmín Elías David Daniel "
    "Francisco José Javier Rafael Ricardo Salvador Vladimir Josué Iván Omar Rolando Stanley Steven Noel Odir Nahúm "
    "Leonel Lisandro Jesús Guillermo Germán Geovanni Gabriel Felipe Ezequiel Edenilson Danilo Baltazar Bladimir Antonio"
).split()
_FEMALE_ALWAYS: Final = (
    "María Ana Rosa Marta Sandra Claudia Gloria Blanca Patricia Carmen Silvia Elena Reina Sonia Margarita Francisca "
    "Teresa Cecilia Marina Beatriz Concepción Berta Verónica Guadalupe Ester Alicia Ángela Aída Carolina Cristina "
    "Dolores Emma Estela Eugenia Eva Gabriela Gladys Graciela Inés Isabel Josefa Juana Julia Laura Leticia Lilian "
    "Lorena Lucía Luisa Luz Mercedes Miriam Norma Olga Paula Rebeca Rocío Ruth Sara Susana Telma Victoria"
).split()
_FEMALE_OLDER: Final = (
    "Dora Vilma Mirna Gladis Lidia Irma Rutilia Ondina Zoila Tránsito Tomasa Ercilia Hortensia Elvira Etelvina "
    "Eduviges Petrona Catalina Cándida Cruz Delfina Dominga Emérita Felícita Fidelina Genoveva Herminia Hilda Jesús "
    "Lucila Magdalena Natividad Otilia Paz Raquel Rufina Santos Simona Transfiguración Vicenta Virginia Zenaida"
).split()
_FEMALE_YOUNGER: Final = (
    "Morena Karla Evelyn Yesenia Ingrid Wendy Roxana Xiomara Delmy Milagro Esmeralda Yanira Fátima Marisol Azucena "
    "Nohemy Idalia Brenda Xóchitl Zulma Jennifer Katherine Stephanie Michelle Andrea Alejandra Daniela Diana Fernanda "
    "Gabriela Glenda Heidy Jacqueline Jaqueline Johana Kenia Krissia Lisseth Madelin Mayra Melissa Mónica Nancy "
    "Paola Rosmery Sofía Tatiana Tania Valeria Vanessa Yancy Yolanda Jessica Yaneth"
).split()
_FEMALE_SECOND: Final = (
    "Elizabeth;del Carmen;Guadalupe;de los Ángeles;Beatriz;Elena;Margarita;Isabel;Patricia;Esmeralda;Lissette;Carolina;"
    "Yamileth;Marisol;Alejandra;Cecilia;Concepción;del Rosario;Esperanza;Estela;Eugenia;Gladis;Idalia;Ivette;Julia;"
    "Leonor;Lorena;Lucía;Luz;Magdalena;Maricela;Marlene;Mercedes;Milagro;Mirella;Noemí;Raquel;Rosibel;Rubidia;Sofía;"
    "Susana;Teresa;Verónica;Victoria;Xiomara;Yanira;Yesenia;de Jesús;de la Paz;del Tránsito;Abigail;Arely;Azucena;"
    "Antonia;Aracely;Cristina;Dinora;Emperatriz;Evelin;Floridalma;Haydeé;Jeannette;Judith"
).split(";")
_SURNAMES: Final = (
    "Hernández Martínez López García Rodríguez Flores Ramírez Pérez Rivas González Cruz Mejía Vásquez Reyes Portillo "
    "Alvarado Gómez Guevara Sánchez Torres Orellana Castro Rivera Ramos Díaz Chávez Morales Aguilar Campos Romero Ortiz "
    "Molina Escobar Henríquez Cortez Zelaya Guardado Menjívar Argueta Bonilla Ayala Serrano Villalobos Núñez Fuentes "
    "Benítez Alfaro Melgar Quintanilla Ventura Umaña Peña Linares Abarca Zepeda Cáceres Contreras Landaverde Osorio "
    "Barahona Iraheta Recinos Zúniga Lemus Majano Tobar Sorto Amaya Granados Claros Huezo Batres Cañas Renderos Arévalo "
    "Escalante Figueroa Marroquín Trejo Chicas Deras Membreño Quijano Siliézar Ulloa Velis Yánez Zavaleta Aguirre "
    "Alas Alemán Alvarenga Álvarez Amador Andrade Anaya Aparicio Aquino Aragón Arias Arriaza Artiga Ascencio Avelar "
    "Avilés Ávalos Barrera Barrientos Bautista Beltrán Bermúdez Bolaños Borja Bran Burgos Bustillo Cabrera Calderón "
    "Calles Callejas Canales Cardona Cardoza Carranza Carrillo Cartagena Castaneda Castañeda Castellanos Castillo Ceren Cerna "
    "Chacón Chamorro Chévez Cienfuegos Cisneros Colato Colindres Coreas Cornejo Coto Cubías Cuéllar Dubón Dueñas Durán "
    "Echeverría Elías Erazo Escamilla Escoto Espinoza Estrada Fabián Fernández Franco Funes Gálvez Garay Gil Girón "
    "Góchez Grande Grijalva Guerra Guerrero Guillén Gutiérrez Guzmán Herrera Hidalgo Interiano Jiménez Jovel Juárez "
    "Lara Larín Lazo Leiva León Lima Lino Lizama Lovo Lozano Luna Machado Macal Magaña Maldonado Mancía Manzano Marín "
    "Mármol Márquez Mata Mazariego Medina Medrano Méndez Mendoza Mercado Merino Mira Miranda Miguel Monge Monroy "
    "Montano Monterrosa Montes Monzón Mora Moran Moreno Muñoz Murcia Nájera Najarro Navarrete Navarro Nerio Nieto "
    "Nolasco Novoa Ochoa Olivares Oliva Olmedo Orantes Ortega Osegueda Pacheco Padilla Palacios Palma Panameño Parada "
    "Paredes Pascual Paz Peraza Perla Pineda Pinto Pleitez Pocasangre Polanco Polío Ponce Posada Prado Preza "
    "Quezada Quinteros Ramayo Rauda Rico Ríos Rivadeneira Robles Roque Rosa Rosales Ruano Rubio Ruiz Saavedra Salazar "
    "Salgado Salguero Salinas Salmerón Samayoa Sandoval Santamaría Santana Santos Saravia Segovia Segura Sermeño Sibrián "
    "Sigüenza Solano Solís Solórzano Soriano Sosa Soto Suárez Tejada Tejeda Tenorio Tévez Ticas Trigueros Turcios "
    "Urbina Urrutia Valdés Valencia Valiente Valladares Valle Vargas Vega Velado Velasco Velásquez Vides Viera Vigil "
    "Villacorta Villalta Villatoro Villegas Viscarra Zamora Zapata Zaldívar Zaldaña Zetino"
).split()
_SURNAMES_WITH_PARTICLE: Final = ("de León", "de la Cruz", "de Paz", "del Cid", "de la O", "San Juan", "de Jesús")
_SYLLABLES: Final = (
    "Al Ar Ber Cal Can Car Cas Cor Es Gal Gar Gua Lan Mal Man Mar Mel Mir Mon Mor Or Pal Pin Que Qui Sal San Sar Ta "
    "Tre Ur Val Ver Vil Za".split(),
    "a de di do la le li ma me mi na ni ra re ri ta te ti".split(),
    "da dez do ga gas jo la les llo lón na ñas nes no ra res rín ro ta tes tía za zar".split(),
)
_RARE_GIVEN: Final = {
    "M": (
        "Wil Ed Er Hen El Jos Dar Ner Mel Nel Yer Ger Os Al Dil".split(),
        "man ber lin mar son vin wil nor dy".split(),
    ),
    "F": (
        "Yo Kei Mi Da Ne Li Sel Yes Jei Mer Del Glen Ro Ar".split(),
        "selin mara lany dith rosy lia vany nora ly".split(),
    ),
}
_TAIL_OF_SURNAMES: Final = 2_000

# Municipality and department, the populous ones first.
PLACES: Final = tuple(
    tuple(place.split("|"))
    for place in (
        "San Salvador|San Salvador;Soyapango|San Salvador;Santa Ana|Santa Ana;San Miguel|San Miguel;Mejicanos|San Salvador;"
        "Apopa|San Salvador;Santa Tecla|La Libertad;Ciudad Delgado|San Salvador;Ahuachapán|Ahuachapán;"
        "Ilopango|San Salvador;Sonsonate|Sonsonate;Colón|La Libertad;Usulután|Usulután;Tonacatepeque|San Salvador;"
        "San Martín|San Salvador;Chalchuapa|Santa Ana;Cuscatancingo|San Salvador;Zacatecoluca|La Paz;"
        "San Vicente|San Vicente;Cojutepeque|Cuscatlán;Metapán|Santa Ana;Izalco|Sonsonate;La Unión|La Unión;"
        "Quezaltepeque|La Libertad;San Juan Opico|La Libertad;Acajutla|Sonsonate;Panchimalco|San Salvador;"
        "Ayutuxtepeque|San Salvador;Chalatenango|Chalatenango;Conchagua|La Unión;Jiquilisco|Usulután;"
        "San Francisco Gotera|Morazán;Sensuntepeque|Cabañas;Ilobasco|Cabañas;Atiquizaya|Ahuachapán;"
        "San Pedro Perulapán|Cuscatlán;Moncagua|San Miguel;Chirilagua|San Miguel;Jujutla|Ahuachapán;Tacuba|Ahuachapán;"
        "Santiago Nonualco|La Paz;Olocuilta|La Paz;San Luis Talpa|La Paz;Berlín|Usulután;Santa Elena|Usulután;"
        "Ciudad Barrios|San Miguel;Chinameca|San Miguel;Tecoluca|San Vicente;Apastepeque|San Vicente;Nueva Concepción|"
        "Chalatenango;La Palma|Chalatenango;Tejutla|Chalatenango;Corinto|Morazán;Jocoro|Morazán;Santa Rosa de Lima|"
        "La Unión;Pasaquina|La Unión;Victoria|Cabañas;Suchitoto|Cuscatlán;El Congo|Santa Ana;Coatepeque|Santa Ana;"
        "Nahuizalco|Sonsonate;Armenia|Sonsonate;Juayúa|Sonsonate;Ciudad Arce|La Libertad;Zaragoza|La Libertad"
    ).split(";")
)


def ranked(names: Sequence[str], *, flat: float = 2.0, steep: float = 1.0) -> Ranked:
    """Return the names, each once, with cumulative weights 1/(rank + flat)^steep, for `random.choices`."""
    once = tuple(dict.fromkeys(names))
    return once, tuple(accumulate((rank + flat) ** -steep for rank in range(len(once))))


@cache
def first_given(sex: str, *, young: bool) -> Ranked:
    """Return first given names of a sex, for those born before or from 1980 on."""
    always, old, new = (
        (_MALE_ALWAYS, _MALE_OLDER, _MALE_YOUNGER) if sex == "M" else (_FEMALE_ALWAYS, _FEMALE_OLDER, _FEMALE_YOUNGER)
    )
    of_the_time = new if young else old
    mixed = always[:4] + [name for pair in zip(always[4:], of_the_time, strict=False) for name in pair] + of_the_time
    rare = ["".join(parts) for parts in product(*_RARE_GIVEN[sex])]
    return ranked([*mixed, *always, *rare], steep=1.15)


@cache
def second_given(sex: str) -> Ranked:
    """Return second given names of a sex."""
    return ranked(
        [*(_MALE_SECOND if sex == "M" else _FEMALE_SECOND), *first_given(sex, young=True)[0]], flat=4.0, steep=1.15
    )


@cache
def surnames() -> Ranked:
    """Return surnames: some hundred frequent ones, and a tail of two thousand."""
    tail = ["".join(parts) for parts in product(*_SYLLABLES)]
    random.Random("rare surnames").shuffle(tail)  # noqa: S311 - invented people, reproducible
    return ranked([*_SURNAMES, *_SURNAMES_WITH_PARTICLE, *tail[:_TAIL_OF_SURNAMES]])


@cache
def places() -> tuple[Sequence[tuple[str, ...]], Sequence[float]]:
    """Return municipalities with their departments, and cumulative weights."""
    return PLACES, tuple(accumulate(1 / (rank + 3) for rank in range(len(PLACES))))
