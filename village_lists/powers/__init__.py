"""Lists of small powers: versions, items, categories, procedures, adoption."""
