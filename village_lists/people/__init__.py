"""Natural persons, the posts they hold for a term, and the accounts they sign in with."""
