"""What a change of an amount touches: items whose charts it parts, payments that went the other way, words."""

import re
from collections.abc import Sequence

from publicity.workflow.touches.queries import (
    TouchedItem,
    adopted_versions,
    items_to_read,
    items_with_band,
    payments_between,
)
from publicity.workflow.touches.scenes import FIRST_FEW, Scene, Touch, named
from village_lists.amounts import wan, yuan
from village_lists.markers import N_
from village_lists.periods import Period
from village_lists.places.models import Place
from village_lists.places.queries import chain_of
from village_lists.rulebook.catalog import catalog
from village_lists.rulebook.values import Told

YEAR = 12


def bands(scene: Scene) -> list[Touch]:
    """Return what the change of an amount touches; nothing for rules that are no amounts."""
    entry = catalog().entry(scene.proposal.key)
    if entry is None or entry.group != "金额":
        return []
    places = {link.id for link in chain_of(scene.session, place=scene.proposal.place)} | set(scene.below)
    items = items_with_band(scene.session, key=scene.proposal.key, places=places)
    found = []
    if items:
        words = N_("这些事项按这个金额分流程")
        found.append(Touch(words=words, count=len(items), examples=_items(items)))
        found += _payments(scene, items)
    said = _said(scene, places, {(item.version_id, item.code) for item in items})
    if said:
        words = N_("这些事项的文字里写着原来的金额，改了以后要核对文字")
        found.append(Touch(words=words, count=len(said), examples=_items(said), warns=True))
    return found


def _payments(scene: Scene, items: Sequence[TouchedItem]) -> list[Touch]:
    """Tell the payments of the last twelve months that would have gone another way; amounts between old and new."""
    adopted = adopted_versions(scene.session, villages=scene.villages)
    known = {(item.version_id, item.code) for item in items}
    moved = []
    for (low, high), villages in _ranges(scene).items():
        payments = payments_between(
            scene.session,
            villages=villages,
            codes={item.code for item in items},
            since=Period.of(scene.on).plus(-YEAR),
            low_fen=low,
            high_fen=high,
        )
        moved += [each for each in payments if (adopted.get(each.village_id), each.item_code) in known]
    if not moved:
        return [Touch(words=N_("近12个月公开的支出里，没有一笔会因此换流程"))]
    examples = tuple(
        (
            N_("%(village)s %(month)s：%(summary)s %(amount)s 元"),
            {
                "village": each.village,
                "month": each.period.words,
                "summary": each.summary,
                "amount": yuan(each.spending_fen),
            },
        )
        for each in moved[:FIRST_FEW]
    )
    words = N_("近12个月公开的支出里，按新的金额会走另一套流程的（已经办过的不变）")
    return [Touch(words=words, count=len(moved), examples=examples)]


def _ranges(scene: Scene) -> dict[tuple[int, int], list[Place]]:
    """Return between which amounts (fen) the way changes, with the villages where it does."""
    found: dict[tuple[int, int], list[Place]] = {}
    for village in scene.villages:
        old, new = scene.answers(village)
        if old is not None and new is not None:
            bounds = sorted((int(old.value), int(new.value)))
            found.setdefault((bounds[0], bounds[1]), []).append(village)
    return found


def _said(scene: Scene, places: set[int], banded: set[tuple[int, str]]) -> list[TouchedItem]:
    """Return the items whose words name an amount that was valid so far, and whose charts no band chooses."""
    amounts = {int(old.value) for village in scene.villages if (old := scene.answers(village)[0]) is not None}
    if not amounts:
        return []
    writings = {text for fen in amounts for text in (wan(fen), f"{fen // 100}元")}
    pattern = re.compile(r"(?<![0-9.,])(?:" + "|".join(re.escape(text) for text in sorted(writings)) + ")")
    read = items_to_read(scene.session, places=places)
    return [item for item, text in read if (item.version_id, item.code) not in banded and pattern.search(text)]


def _items(items: Sequence[TouchedItem]) -> tuple[Told, ...]:
    return named([f"{item.code} {item.name}（{item.list_title}）" for item in items])
