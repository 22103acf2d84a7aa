"""One file a verb: every write goes through here, whoever asks."""
