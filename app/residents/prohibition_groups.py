"""The negative list in groups that people look for: by the class of affairs, or by whom it binds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from village_lists.markers import N_
from village_lists.powers.pages import StepPlace
from village_lists.powers.queries import ItemLine
from village_lists.powers.search import Searchable
from village_lists.prohibitions.models import Prohibition

ALONE = N_("不挂在某一件事上的")
EVERYBODY = N_("没有写明是谁的")
BY_PERSON = "who"
BY_CLASS = "class"
_PERSONS = re.compile(r"[、，；,;/和]")


@dataclass(frozen=True, kw_only=True)
class StepLink:
    """A step at which a prohibition matters: item, and the step with its chart."""

    item_code: str
    item_name: str
    place: StepPlace


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry of the negative list with what it leads to; items already named by a step are not named again."""

    prohibition: Prohibition
    items: tuple[ItemLine, ...]
    steps: tuple[StepLink, ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Entries under a heading; `name` is a word of the list, or a marked word where the list has none."""

    key: str
    name: str
    entries: tuple[Entry, ...]


def steps_in(prohibitions: Iterable[Prohibition]) -> set[tuple[str, str]]:
    """Return the steps that the prohibitions are tied to, as (item code, node key)."""
    return {(tie.item_code, tie.node_key) for one in prohibitions for tie in one.ties if tie.item_code and tie.node_key}


def entries_of(
    prohibitions: Sequence[Prohibition], *, items: Mapping[str, ItemLine], steps: Mapping[tuple[str, str], StepPlace]
) -> list[Entry]:
    """Return the prohibitions in their order with the items and steps that there are."""
    return [_entry(one, items, steps) for one in prohibitions]


def _entry(one: Prohibition, items: Mapping[str, ItemLine], steps: Mapping[tuple[str, str], StepPlace]) -> Entry:
    keys = dict.fromkeys((tie.item_code, tie.node_key) for tie in one.ties)
    links = tuple(
        StepLink(item_code=code, item_name=items[code].name, place=steps[code, key])
        for code, key in keys
        if code in items and (code, key) in steps
    )
    told = {link.item_code for link in links}
    codes = dict.fromkeys(tie.item_code for tie in one.ties if tie.item_code in items and tie.item_code not in told)
    return Entry(prohibition=one, items=tuple(items[code] for code in codes), steps=links)


def grouped(entries: Sequence[Entry], *, items: Mapping[str, ItemLine], by: str) -> tuple[Group, ...]:
    """Return the entries in groups.

    By class each entry stands once, under the class of the first item it is tied to, the classes in the order of
    the list, and last those tied to none. By person (`BY_PERSON`) it stands under everyone whom it names.
    """
    found: dict[str, list[Entry]] = {}
    if by == BY_PERSON:
        for entry in entries:
            for person in persons_of(entry.prohibition) or (EVERYBODY,):
                found.setdefault(person, []).append(entry)
        # Whom most binds comes first; those without a name last.
        names = sorted(found, key=lambda name: (name == EVERYBODY, -len(found[name])))
    else:
        for entry in entries:
            found.setdefault(_class_of(entry, items), []).append(entry)
        order = {name: at for at, name in enumerate(dict.fromkeys(item.category for item in items.values()))}
        names = sorted(found, key=lambda name: order.get(name, len(order)))
    return tuple(
        Group(key=f"group-{at}", name=name, entries=tuple(found[name])) for at, name in enumerate(names, start=1)
    )


def persons_of(prohibition: Prohibition) -> tuple[str, ...]:
    """Return whom a prohibition binds, one by one, as the list names them."""
    return tuple(dict.fromkeys(part.strip() for part in _PERSONS.split(prohibition.who) if part.strip()))


def _class_of(entry: Entry, items: Mapping[str, ItemLine]) -> str:
    codes = (tie.item_code for tie in entry.prohibition.ties)
    return next((items[code].category for code in codes if code in items), ALONE)


def searchable(entry: Entry) -> Searchable:
    """Return what the search of the negative list reads of an entry."""
    one = entry.prohibition
    items = (*(item.name for item in entry.items), *(step.item_name for step in entry.steps))
    return Searchable(
        code=one.code, name=one.words, keywords=persons_of(one), category=items, conditions=(one.consequence, one.basis)
    )
