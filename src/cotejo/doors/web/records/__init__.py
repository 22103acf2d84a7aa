"""Records: a person's file is found, written, and checked statement by statement against its documents."""
