"""The protection officer's desk: search of the own register, protection check of every possible same person, pauses.

Nobody else reaches a page of this package; everybody else reads "on hold".
"""
