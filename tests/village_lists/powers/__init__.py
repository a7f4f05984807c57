"""Tests of village_lists.powers."""
