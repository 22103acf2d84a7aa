"""The node's memory: PostgreSQL and Django models behind the Unit."""
