"""Records: what is posted, in versions; what was published is never edited, only corrected."""
