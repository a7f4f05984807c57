"""Tests of app/editing."""
