"""Tests of village_lists."""
