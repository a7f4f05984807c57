"""Tests of the pages for the county's stewards."""
