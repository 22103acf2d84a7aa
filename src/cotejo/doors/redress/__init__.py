"""The redress office's own process: its own role, schema and key."""
