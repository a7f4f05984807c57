"""How lists stand in the villages: which version each goes by, who lags, as the desk and its table show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from village_lists.editions.queries import ListLine, VillageStanding, adoption_overview, lists_of
from village_lists.places.models import Level, Place
from village_lists.powers.models import PowerList, VersionState

SHAPES = {"newest": "●", "behind": "◐", "late": "○", "none": "○", "waiting": "…"}


@dataclass(frozen=True, kw_only=True)
class ListStanding:
    """A list with how many villages go by its newest published version, by an older one, and by none of it."""

    line: ListLine
    newest: int
    behind: int
    without: int


@dataclass(frozen=True, kw_only=True)
class VillageRow:
    """A village's row: `kind` is newest, behind, late, none or waiting, with its shape."""

    township: Place
    standing: VillageStanding
    kind: str

    @property
    def shape(self) -> str:
        """The shape that stands beside the word."""
        return SHAPES[self.kind]


def list_standings(session: Session, *, places: Sequence[Place]) -> list[ListStanding]:
    """Return the lists of places with how they stand; a village's own list is shown at the village."""
    lines = [line for line in lists_of(session, places=places) if line.place.level is not Level.VILLAGE]
    return [_standing(session, line) for line in lines]


def _standing(session: Session, line: ListLine) -> ListStanding:
    published = any(one.version.state is VersionState.PUBLISHED for one in line.versions)
    overview = adoption_overview(session, power_list=line.power_list) if published else []
    villages = [standing for _town, standings in overview for standing in standings]
    return ListStanding(
        line=line,
        newest=sum(one.follows is not None and one.behind_by == 0 for one in villages),
        behind=sum(one.follows is not None and one.behind_by > 0 for one in villages),
        without=sum(one.follows is None for one in villages),
    )


def village_rows(session: Session, *, power_list: PowerList, on: date) -> list[VillageRow]:
    """Return every village that the list is for, in the order of the townships, with how it stands on the day."""
    return [
        VillageRow(township=town, standing=standing, kind=_kind(standing, on))
        for town, standings in adoption_overview(session, power_list=power_list)
        for standing in standings
    ]


def _kind(standing: VillageStanding, on: date) -> str:
    if standing.follows is not None and standing.behind_by == 0:
        return "newest"
    if standing.pending is not None:
        return "waiting"
    if standing.is_late(on=on):
        return "late"
    return "behind" if standing.follows is not None else "none"


def kind_words() -> dict[str, str]:
    """Return what the standings are called on the page and in the table."""
    return {
        "newest": _("已通过最新版"),
        "behind": _("还在用旧版"),
        "late": _("过了期限还没通过"),
        "none": _("还没有通过"),
        "waiting": _("决议已记，等人确认"),
    }
