"""Tests of village_lists/places."""
