"""Ways in, strangers to each other."""
