"""What cadres may and may not do: places, people, rule book, powers, procedures, prohibitions."""
