"""Spanish as El Salvador writes it: a comma between thousands and a point before decimals."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
