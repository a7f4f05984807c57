"""Journeys of people through the whole program, in a real browser."""
