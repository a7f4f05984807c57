"""Tests of app/cadres."""
