"""Counties, townships, villages and the two legal bodies of each village."""
