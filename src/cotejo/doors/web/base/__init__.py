"""The ground every screen stands on: frame, rail, error pages, shared pieces."""
