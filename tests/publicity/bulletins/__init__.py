"""Tests of publicity/bulletins."""
