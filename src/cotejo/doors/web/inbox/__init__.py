"""Received requests: the list, the request as the receiver reads it, its documents, questions, opening the review."""
