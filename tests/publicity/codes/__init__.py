"""Tests of publicity/codes."""
