"""Editions: a whole version of a list as one thing: written, checked, compared, published, taken over."""
