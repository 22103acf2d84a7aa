"""Programs for whoever works on Cotejo; none is part of it."""
