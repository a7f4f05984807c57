"""Tests of the exchange of whole lists."""
