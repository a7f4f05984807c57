"""Tests of village_lists.documents."""
