"""Blocks of papers shown on a page: the same typed content, nothing typed twice."""

from django import template

from cotejo.papers.paper import Table
from cotejo.rules.words import Text

register = template.Library()


@register.filter
def table_rows(table: Table) -> list[list[tuple[Text, str]]]:
    """Return a table's rows, each cell with its heading, for narrow screens."""
    return [list(zip(table.headings, row, strict=True)) for row in table.rows]
