"""One press of a button is one effect: what was sent once is remembered, so that sending it again changes nothing."""
