"""Tests of publicity.attachments."""
