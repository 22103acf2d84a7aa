"""The Unit in memory, a virtual clock and a faulty network."""
