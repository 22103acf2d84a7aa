"""`cotejo bench exchange`: the exchange on throwaway nodes of an invented world, beside what nobody can do without."""
