"""What the demonstration is made of: places, people, months of accounts."""
