"""Tests of publicity.postings."""
