"""Gates: named pure checks on one package, the same at both ends (I2). One module a subject; `sender` has the list."""
