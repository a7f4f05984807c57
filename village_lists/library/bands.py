"""Amount bands: whether the charts of an item together cover every amount exactly once."""

from collections.abc import Iterator, Mapping

from village_lists.library.contents import Item, Library, ListTemplate, Use
from village_lists.library.problems import LibraryProblem, told
from village_lists.markers import N_
from village_lists.rulebook.catalog import Unit

Amounts = Mapping[str, int]
"""Amounts in fen by their keys."""


def band_problems(library: Library, template: ListTemplate) -> Iterator[LibraryProblem]:
    """Find keys that name no amount, bands that overlap or leave a gap, and suggested amounts that are of no use."""
    amounts = _amounts(library, template)
    for item in template.items:
        yield from _item_problems(item, amounts)
    named = {key for item in template.items for use in item.uses for key in (use.from_key, use.below_key)}
    for threshold in template.thresholds:
        if threshold.suggested_fen < 1:
            yield told(threshold.spot, N_("金额「%(name)s」应当大于零，单位是分"), name=threshold.name)
        if threshold.key not in named:
            yield told(threshold.spot, N_("金额「%(name)s」没有事项在用，请删去"), name=threshold.name)


def _amounts(library: Library, template: ListTemplate) -> dict[str, int]:
    """Return what each key is worth: the newest row of the rule book, else what the list suggests."""
    amounts = {threshold.key: threshold.suggested_fen for threshold in template.thresholds}
    for row in sorted(library.rules, key=lambda row: row.valid_from):
        if row.unit is Unit.FEN and isinstance(row.value, int):
            amounts[row.key] = row.value
    return amounts


def _item_problems(item: Item, amounts: Amounts) -> Iterator[LibraryProblem]:
    """Find what is wrong with the bands of one item, in the order in which they are written."""
    banded = [use for use in item.uses if use.from_key or use.below_key]
    unknown = [(use, key) for use in banded for key in (use.from_key, use.below_key) if key and key not in amounts]
    for use, key in unknown:
        words = N_("「%(key)s」不是 rulebook.yaml 里的金额（unit: fen），也不在清单的 thresholds 里")
        yield told(use.spot, words, key=key)
    if banded and len(banded) < len(item.slugs):
        yield told(item.spot, N_("「%(name)s」有的流程图分金额，有的不分，请都写明管多少钱"), name=item.name)
    elif not unknown:
        yield from _order_problems(item, banded, amounts)


def _order_problems(item: Item, banded: list[Use], amounts: Amounts) -> Iterator[LibraryProblem]:
    """Find gaps and overlaps: each band begins where the one before ends, the first at nothing, the last has no end."""
    reached: int | None = 0
    for use in banded:
        begin = amounts[use.from_key] if use.from_key else 0
        end = amounts[use.below_key] if use.below_key else None
        values = {"name": item.name, "slug": use.slug}
        if end is not None and end <= begin:
            yield told(use.spot, N_("「%(name)s」的「%(slug)s」这一档止于起点，一分钱也不管"), **values)
        if reached is None or begin < reached:
            yield told(use.spot, N_("「%(name)s」的「%(slug)s」这一档和前一档重叠"), **values)
        elif begin > reached:
            yield told(use.spot, N_("「%(name)s」的「%(slug)s」这一档和前一档之间空着一段金额"), **values)
        reached = end
    if banded and reached is not None:
        words = N_("「%(name)s」的最后一档有上限，更大的金额没有流程图")
        yield told(banded[-1].spot, words, name=item.name)
