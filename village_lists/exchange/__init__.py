"""Exchange: workbooks of other people in as plain grids, read by a limited child process."""
