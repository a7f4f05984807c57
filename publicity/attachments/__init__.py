"""Photos and papers of a version or of one of its lines; what is to be covered is covered before it is public."""
