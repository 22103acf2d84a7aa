"""Requests about one person to one partner: prepared, certified, sent, and followed until they end."""
