"""Linking whole files: an agency's own register against an earlier delivery, or against itself.

    people, tokens = read_people([Path("LEFT.csv"), Path("RIGHT.csv")])
    for chunk in linked(*people, tokens, model=standard_model(), blocking=DuckDB()):
        chunk.left, chunk.right, chunk.scores, chunk.bands        # numbers of rows, log posterior odds, index in BANDS

1. The comparison is the pages' own (`columns.levels`, `weighing`): a file and a page say the same of a pair.
2. Never partner data in bulk: what leaves a file command is a file of the operator's own.
3. Memory grows with the number of people (about 300 bytes each), not with the number of pairs.
"""
