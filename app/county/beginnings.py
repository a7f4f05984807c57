"""How a list begins: from a sample of the library or from nothing, under a short name that the server gives."""

from collections.abc import Sequence
from dataclasses import dataclass

from village_lists.editions.contents import ListContent
from village_lists.editions.queries import ListLine
from village_lists.errors import Refusal
from village_lists.library.actions import template_content
from village_lists.markers import N_

LONGEST_TITLE = 120


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What was chosen: the slug of a sample (empty: blank), and for a blank list its title."""

    template: str
    title: str


def begun_content(beginning: Beginning) -> ListContent:
    """Return what the draft says at first; raise Refusal without a title, NotFound for an unknown sample."""
    if beginning.template:
        return template_content(beginning.template)
    if not beginning.title:
        raise Refusal(N_("请写清单的名称"))
    return ListContent(title=beginning.title[:LONGEST_TITLE])


def free_slug(lines: Sequence[ListLine], *, title: str) -> str:
    """Return a short name that no list of the place has: list-1, list-2 …

    Raise Refusal while a list of the same title is being written there: a button pressed twice begins one list.
    """
    if any(line.unfinished and line.unfinished.version.title == title for line in lines):
        raise Refusal(N_("这里已经有一份同名的清单还没有做完"))
    taken = {line.power_list.slug for line in lines}
    return next(slug for number in range(1, len(taken) + 2) if (slug := f"list-{number}") not in taken)
