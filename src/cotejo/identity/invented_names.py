"""Names and places for invented people, the frequent ones first: a few are borne by very many, as in life."""

# ruff: noqa: SIM905 - names read best as a text

from typing import Final

MALE_GIVEN: Final = (
    "José Juan Carlos Luis Miguel Manuel Francisco Jorge Mario Roberto Antonio Pedro Rafael Ricardo Óscar "
    "Mauricio Santos René Julio Ernesto Alberto Daniel David Kevin Walter Wilfredo Héctor Salvador Víctor "
    "Fernando Ramón Jesús Rigoberto Edwin Nelson Saúl Marvin Douglas Alexander Josué Melvin Geovany Nahúm "
    "Isaías Elmer Noé Cristian Jonathan Fidel Gilberto Adán Eliseo Vladimir Balmore Ulises Ítalo"
).split()
FEMALE_GIVEN: Final = (
    "María Ana Rosa Marta Sandra Claudia Gloria Blanca Patricia Carmen Morena Karla Silvia Evelyn Elena Reina "
    "Yesenia Dora Sonia Margarita Francisca Teresa Cecilia Vilma Mirna Gladis Juana Lidia Marina Ingrid Wendy "
    "Beatriz Roxana Xiomara Delmy Milagro Concepción Esmeralda Yanira Berta Irma Fátima Marisol Azucena "
    "Nohemy Idalia Brenda Xóchitl Verónica Zulma Guadalupe Rutilia Ester Ondina"
).split()
SURNAMES: Final = (
    "Hernández Martínez López García Rodríguez Flores Ramírez Pérez Rivas González Cruz Mejía Vásquez Reyes "
    "Portillo Alvarado Gómez Guevara Sánchez Torres Orellana Castro Rivera Ramos Díaz Chávez Morales Aguilar "
    "Campos Romero Ortiz Molina Escobar Henríquez Cortez Zelaya Guardado Menjívar Argueta Bonilla Ayala "
    "Serrano Villalobos Núñez Fuentes Benítez Alfaro Melgar Quintanilla Ventura Umaña Peña Linares Abarca "
    "Zepeda Cáceres Contreras Landaverde Osorio Barahona Iraheta Recinos Zúniga Lemus Majano Tobar Sorto "
    "Amaya Granados Claros Huezo Batres Cañas Renderos Arévalo Escalante Figueroa Marroquín Trejo Chicas "
    "Deras Membreño Quijano Siliézar Ulloa Velis Yánez Zavaleta"
).split()
PLACES: Final = (
    "San Salvador",
    "Soyapango, San Salvador",
    "Santa Ana",
    "San Miguel",
    "Mejicanos, San Salvador",
    "Apopa, San Salvador",
    "Santa Tecla, La Libertad",
    "Ahuachapán",
    "Usulután",
    "Ilopango, San Salvador",
    "Sonsonate",
    "Colón, La Libertad",
    "Chalchuapa, Santa Ana",
    "Cojutepeque, Cuscatlán",
    "San Vicente",
    "Zacatecoluca, La Paz",
    "La Unión",
    "Metapán, Santa Ana",
    "Chalatenango",
    "San Francisco Gotera, Morazán",
    "Sensuntepeque, Cabañas",
    "Izalco, Sonsonate",
    "Quezaltepeque, La Libertad",
    "Jiquilisco, Usulután",
)
