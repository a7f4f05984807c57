"""What a change of the rule book would touch of what is going on, told before anything is saved."""
