"""Pages for the county's stewards: the rule book and the lists."""

from app.county import (
    categories,
    category_editions,
    editor,
    editor_exchange,
    editor_items,
    editor_parts,
    editor_previews,
    editor_procedures,
    editor_reviews,
    lists,
)

__all__ = [
    "categories",
    "category_editions",
    "editor",
    "editor_exchange",
    "editor_items",
    "editor_parts",
    "editor_previews",
    "editor_procedures",
    "editor_reviews",
    "lists",
]
