"""Tests of village_lists.flowcharts."""
