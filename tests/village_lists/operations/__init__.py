"""Tests of village_lists/people."""
