"""The invented world and the nine-step story; nothing imports it."""
