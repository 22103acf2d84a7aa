"""The law of a case: pure types, gates, decide and evolve. No clock, no chance, no framework."""
