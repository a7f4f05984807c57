"""The rules of the house as tests: they read the code, the templates and the documents, not the behaviour."""
