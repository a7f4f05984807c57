"""Tests of the steps that change the shape of the database."""
