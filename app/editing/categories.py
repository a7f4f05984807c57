"""The form of a category tree: rows of name and parent; buttons move, indent and take away; codes are the server's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.editing.fields import Form, Mistake, Reader
from village_lists.editions.contents import CategoryContent
from village_lists.errors import Refusal
from village_lists.markers import N_

OWN_CODE = re.compile(r"c([0-9]{1,6})")


@dataclass(frozen=True, kw_only=True)
class CategoryRow:
    """A category of the tree as the form shows it; `depth` is 0 at the top; an `is_parent` has others below it."""

    category: CategoryContent
    depth: int
    is_parent: bool = False


@dataclass(frozen=True, kw_only=True)
class CategoriesForm:
    """The tree as it was sent; `content` None while there are mistakes."""

    rows: tuple[CategoryRow, ...]
    content: tuple[CategoryContent, ...] | None
    mistakes: dict[str, Mistake] = field(default_factory=dict)
    added: str = ""
    added_parent: str = ""


def in_tree_order(categories: Sequence[CategoryContent]) -> tuple[CategoryRow, ...]:
    """Return the categories as one reads a tree, each with its depth; what hangs on nothing stands at the top."""
    codes = {category.code for category in categories}
    parents = {category.parent for category in categories}
    found: list[CategoryRow] = []
    seen = set[str]()

    def walk(parent: str, depth: int) -> None:
        for category in categories:
            above = category.parent if category.parent in codes else ""
            if above == parent and category.code not in seen:
                seen.add(category.code)
                found.append(CategoryRow(category=category, depth=depth, is_parent=category.code in parents))
                walk(category.code, depth + 1)

    walk("", 0)
    lost = [
        CategoryRow(category=one, depth=0, is_parent=one.code in parents) for one in categories if one.code not in seen
    ]
    return tuple(found + lost)


def filled_categories(categories: Sequence[CategoryContent]) -> CategoriesForm:
    """Return the form of a tree as it is stored."""
    return CategoriesForm(rows=in_tree_order(categories), content=tuple(categories))


def sent_categories(form: Form) -> CategoriesForm:
    """Return what was sent; a name in the last row adds a category under the parent chosen there."""
    reader = Reader(form)
    codes = [code for code in dict.fromkeys(form.getlist("code")) if 0 < len(code) <= 40]
    found = [
        CategoryContent(
            code=code,
            name=reader.text(f"{code}.name", most=60, needed=N_("请写分类的名称")),
            parent=form.get(f"{code}.parent", ""),
        )
        for code in codes
    ]
    added, parent = reader.text("added", most=60), form.get("added_parent", "")
    if added:
        found.append(CategoryContent(code=_fresh_code(codes), name=added, parent=parent))
    known = {category.code for category in found}
    for category in found:
        if category.parent and (category.parent not in known or _loops(category.code, found)):
            reader.tell(f"{category.code}.parent", N_("上一级选成了它自己的下级，请另选"))
    content = None if reader.mistakes else tuple(row.category for row in in_tree_order(found))
    rows = in_tree_order([category for category in found if category.code in codes])
    return CategoriesForm(rows=rows, content=content, mistakes=reader.mistakes, added=added, added_parent=parent)


def _fresh_code(codes: Sequence[str]) -> str:
    taken = [int(found[1]) for code in codes if (found := OWN_CODE.fullmatch(code))]
    return f"c{max(taken, default=0) + 1}"


def _loops(code: str, categories: Sequence[CategoryContent]) -> bool:
    parents = {category.code: category.parent for category in categories}
    here, seen = parents.get(code, ""), set[str]()
    while here and here not in seen:
        if here == code:
            return True
        seen.add(here)
        here = parents.get(here, "")
    return False


def pressed_category(
    categories: tuple[CategoryContent, ...], button: str, *, used: frozenset[str]
) -> tuple[CategoryContent, ...]:
    """Return the tree after a button: save, or up, down, in, out, delete with the code of the category.

    `used` are the categories that have items. Raise Refusal where it cannot be done.
    """
    deed, _, code = button.partition(":")
    places = {category.code: place for place, category in enumerate(categories)}
    if code not in places:
        return categories
    chosen = categories[places[code]]
    beside = [category for category in categories if category.parent == chosen.parent]
    rank = beside.index(chosen)
    match deed:
        case "up" if rank:
            return _swapped(categories, chosen, beside[rank - 1])
        case "down" if rank + 1 < len(beside):
            return _swapped(categories, chosen, beside[rank + 1])
        case "in" if rank:
            return _rewritten(categories, replace(chosen, parent=beside[rank - 1].code))
        case "out" if chosen.parent:
            return _rewritten(categories, replace(chosen, parent=categories[places[chosen.parent]].parent))
        case "delete":
            if code in used or any(category.parent == code for category in categories):
                raise Refusal(N_("分类里还有事项或者下级分类，请先移走"))
            return tuple(category for category in categories if category.code != code)
    return categories


def _swapped(
    categories: tuple[CategoryContent, ...], one: CategoryContent, other: CategoryContent
) -> tuple[CategoryContent, ...]:
    turned = {one.code: other, other.code: one}
    return tuple(row.category for row in in_tree_order([turned.get(each.code, each) for each in categories]))


def _rewritten(categories: tuple[CategoryContent, ...], changed: CategoryContent) -> tuple[CategoryContent, ...]:
    new = [changed if each.code == changed.code else each for each in categories]
    return tuple(row.category for row in in_tree_order(new))
