"""Pages for officials of a village: the desk."""

from app.cadres import lists, own_lists

__all__ = ["lists", "own_lists"]
