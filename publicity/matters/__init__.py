"""Matters (事项办理): a real case under one procedure version of the list, step by step."""
