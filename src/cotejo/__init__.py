"""Cotejo: verified, person-specific requests between justice agencies, every step of which can be checked."""
