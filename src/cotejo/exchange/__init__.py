"""What two nodes say to each other: messages, receipts, floors, withdrawal and sweep. Pure, sans-I/O."""
