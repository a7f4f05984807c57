"""What `make` runs to set up, check and make things; no part of the program."""
