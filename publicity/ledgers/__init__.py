"""Ledgers: a month of accounts, read from the clerk's own workbook, line by line, in whole fen."""
