"""Pieces of the inbox's pages."""
