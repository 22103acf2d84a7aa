"""Is it the same person? Names, identifiers, keys, comparison and explanation in words; people decide."""
