"""Signing in, enrolling, and the person's own account."""
