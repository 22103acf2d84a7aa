"""How every program speaks to whoever types its commands: English and Spanish. It knows nothing of the programs."""
