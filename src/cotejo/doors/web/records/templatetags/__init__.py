"""Words of what stands in a file."""
