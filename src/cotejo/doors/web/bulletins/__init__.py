"""Bulletins: knowledge about groups in codes, counts, months and places, in which no person can stand."""
