"""Printed sheets: what stands on which page, and how a page becomes a PDF."""
