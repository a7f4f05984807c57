"""What must not hang on a board or stand on the web: finding it before posting, masking names by audience."""
