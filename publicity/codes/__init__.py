"""The short codes that stand on paper: their letters, their check character, their picture."""
