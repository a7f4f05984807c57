"""Which procedure an amount chooses in the list of a village, and which one came later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from publicity.matters.models import Matter
from publicity.matters.queries import items_beside
from village_lists.places.models import Place
from village_lists.powers.bands import Band
from village_lists.powers.models import ListVersion, PowerItem, Procedure
from village_lists.powers.pages import bands_of
from village_lists.powers.queries import adoption_of, item_by_code, offered_version, procedure_by_slug


@dataclass(frozen=True, kw_only=True)
class Fit:
    """An item whose procedure goes for an amount."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which procedure a matter under an item would run by.

    `procedures` are all of the item, `chosen` the one that the amount chooses (the only one, without bands), None where
    the amount belongs to none of them; `band` is the chosen one's. `others`: items of the same category with a
    procedure for this amount, where none of this item has one.
    """

    item: PowerItem
    version: ListVersion
    procedures: tuple[Procedure, ...]
    chosen: Procedure | None
    bands: Mapping[str, Band]
    others: tuple[Fit, ...]

    @property
    def band(self) -> Band | None:
        """Return the amounts for which the chosen procedure goes."""
        return self.bands.get(self.chosen.slug) if self.chosen else None


def list_in_force(session: Session, *, village: Place) -> ListVersion | None:
    """Return the version that the village adopted, else the one put before it, or None."""
    adoption = adoption_of(session, village=village)
    return adoption.version if adoption else offered_version(session, village=village)


def choices_for(session: Session, *, village: Place, item_code: str, amount_fen: int | None, on: date) -> Choice | None:
    """Return which procedure a matter of that amount would run by; None where the village's list has no such item."""
    version = list_in_force(session, village=village)
    return _choice(session, version, village, item_code, amount_fen, on) if version else None


def _choice(
    session: Session, version: ListVersion, village: Place, item_code: str, amount_fen: int | None, on: date
) -> Choice | None:
    item = item_by_code(session, version_id=version.id, code=item_code)
    if item is None:
        return None
    bands = bands_of(session, item=item, place=village, on=on)
    procedures = tuple(item.procedures)
    fitting = [one for one in procedures if one.slug not in bands or _fits(bands[one.slug], amount_fen)]
    is_outside = not fitting and amount_fen is not None
    return Choice(
        item=item,
        version=version,
        procedures=procedures,
        chosen=fitting[0] if len(fitting) == 1 or (fitting and not bands) else None,
        bands=bands,
        others=_fitting(session, item, village, amount_fen, on) if is_outside else (),
    )


def frozen_band(session: Session, *, matter: Matter, amount_fen: int | None, on: date) -> dict[str, Any] | None:
    """Return for which amounts the procedure of a matter goes on a day, as a change of the budget keeps it, or None.

    `procedure` its title, `from_fen` and `below_fen` the limits (None: no limit), `fitting` what the list of the matter
    has for `amount_fen` instead: a procedure of the item, else another item, "" where there is none.
    """
    choice = _choice(session, matter.list_version, matter.village, matter.item_code, amount_fen, on)
    band = choice.bands.get(matter.procedure.slug) if choice else None
    if choice is None or band is None:
        return None
    fitting = choice.chosen.title if choice.chosen else next((one.name for one in choice.others), "")
    return {
        "procedure": matter.procedure.title,
        "from_fen": band.start.fen if band.start else None,
        "below_fen": band.end.fen if band.end else None,
        "fitting": fitting,
    }


def _fits(band: Band, amount_fen: int | None) -> bool:
    if amount_fen is None:
        return True
    start = band.start.fen if band.start and band.start.fen is not None else 0
    end = band.end.fen if band.end else None
    return start <= amount_fen and (end is None or amount_fen < end)


def _fitting(session: Session, item: PowerItem, village: Place, amount_fen: int | None, on: date) -> tuple[Fit, ...]:
    found = []
    for other in items_beside(session, item=item):
        bands = bands_of(session, item=other, place=village, on=on)
        if any(_fits(band, amount_fen) for band in bands.values()):
            found.append(Fit(code=other.code, name=other.name))
    return tuple(found)


def later_procedure(session: Session, *, matter: Matter) -> Procedure | None:
    """Return the procedure of that slug in the list now in force at the village, where that is another version."""
    version = list_in_force(session, village=matter.village)
    if version is None or version.id == matter.procedure.version_id:
        return None
    return procedure_by_slug(session, version_id=version.id, slug=matter.procedure.slug)
