"""Referrals to prevention and rehabilitation: a separate installation with its own database and keys."""
