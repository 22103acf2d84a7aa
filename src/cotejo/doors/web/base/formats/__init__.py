"""How numbers and dates are written here, where Django writes them otherwise."""
