"""Tests of the auditors' pages."""
