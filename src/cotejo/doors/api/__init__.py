"""The programming interface for an agency's own systems."""
