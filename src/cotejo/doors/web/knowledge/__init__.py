"""What is known about groups and incidents: recorded by one officer, checked by another of another unit; no person."""
