"""Tests of publicity.matters."""
