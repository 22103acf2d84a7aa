"""How good the engine is, and how fast, beside its peers; on invented people and on FEBRL."""
