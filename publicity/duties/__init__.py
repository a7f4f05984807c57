"""What is due, from whom, for which period, and how it stands (P6, first for accounts)."""
