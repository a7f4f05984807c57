"""The review of what is to be posted: who may do what next, in the order of the rule book."""
