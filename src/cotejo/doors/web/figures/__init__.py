"""Public figures: what a period's release would say, and its release by the statistics officer."""
