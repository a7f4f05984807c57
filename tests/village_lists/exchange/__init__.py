"""Tests of village_lists/exchange."""
