"""Tests of publicity/records."""
