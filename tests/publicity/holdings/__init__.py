"""Tests of registers: holdings, contracts, and how they stand."""
