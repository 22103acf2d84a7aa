"""English with the day first and the month in letters, which nobody on either side of a border misreads."""

DATE_FORMAT = "j M Y"
