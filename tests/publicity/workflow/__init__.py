"""Tests of publicity/workflow."""
