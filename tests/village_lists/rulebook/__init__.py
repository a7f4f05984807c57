"""Tests of village_lists/rulebook."""
