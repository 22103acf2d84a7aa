"""Exact bytes, signatures, sealing, the tile log, checkpoints, status lists and key documents. Pure."""
