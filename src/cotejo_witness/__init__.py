"""A small program an ombudsman or a university runs: cosigns checkpoints and verifies logs."""
