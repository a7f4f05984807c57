"""Tests of village_lists.library."""
