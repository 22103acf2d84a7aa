"""Who did and saw what: the list of acts, reads and refusals, for auditors and the oversight body; never content."""
