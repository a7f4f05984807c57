"""Signing in and out of officials; a second factor will stand between password and session."""
