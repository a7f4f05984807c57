"""The order of items: as one reads the list, and what moving one up or down makes of it."""

from collections.abc import Sequence

from app.editing.categories import in_tree_order
from village_lists.editions.contents import CategoryContent, ItemContent


def reading_order(categories: Sequence[CategoryContent], items: Sequence[ItemContent]) -> tuple[ItemContent, ...]:
    """Return the items as the outline shows them: category by category down the tree."""
    place = {row.category.code: number for number, row in enumerate(in_tree_order(categories))}
    return tuple(sorted(items, key=lambda item: place.get(item.category, len(place))))


def moved(items: Sequence[ItemContent], code: str, *, by: int) -> tuple[str, ...]:
    """Return the codes in a new order: the item changes places with its neighbour of the same category.

    `by` is -1 for up, 1 for down; at the edge of the category nothing moves.
    """
    codes = [item.code for item in items]
    own = next((item for item in items if item.code == code), None)
    beside = [item.code for item in items if own is not None and item.category == own.category]
    rank = beside.index(code) + by if code in beside else -1
    if not 0 <= rank < len(beside):
        return tuple(codes)
    here, there = codes.index(code), codes.index(beside[rank])
    codes[here], codes[there] = codes[there], codes[here]
    return tuple(codes)


def neighbours(order: Sequence[ItemContent], code: str) -> tuple[ItemContent | None, ItemContent | None]:
    """Return the item before and the item behind the one with this code."""
    codes = [item.code for item in order]
    if code not in codes:
        return None, None
    place = codes.index(code)
    return (order[place - 1] if place else None), (order[place + 1] if place + 1 < len(order) else None)
