"""Partner agencies: agreement in words, newest status held, both directions of the line, pause and resume."""
