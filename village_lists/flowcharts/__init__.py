"""Flowcharts: one graph of a procedure, drawn for phone and paper, and told in words."""
