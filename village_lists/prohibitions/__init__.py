"""The negative list: what must not be done, on which basis, and where it belongs."""
