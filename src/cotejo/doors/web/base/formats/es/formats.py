"""Spanish as El Salvador writes it: a comma between thousands, a point before decimals, short unmistakable dates."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
DATE_FORMAT = "j b Y"
