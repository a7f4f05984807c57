"""Stickers for what a village has: a code that leads to its page, its letters, its name; 24 on a sheet of A4."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.codes.qr import QrPath, outline
from publicity.codes.queries import code_for
from publicity.codes.shortcode import spoken
from publicity.holdings.models import HoldingKind
from publicity.holdings.queries import HoldingView, holdings_of
from village_lists.places.models import Place

ACROSS, DOWN = 3, 8
"""3 × 8 labels of 70 × 37 mm, a usual sheet without margins."""
STUCK = frozenset({HoldingKind.ASSET, HoldingKind.RESOURCE})
"""Nothing is stuck on a debt."""
SIZES = ((24, 12), (36, 10), (60, 8))
"""How many full-width signs a name may have at how many points: 36 mm hold eight at 12 pt, and 21 mm hold four lines,
ten at 10 pt on four lines, twelve at 8 pt on five; a little is left for signs that do not end a line."""
SMALLEST = 6


@dataclass(frozen=True, kw_only=True)
class Sticker:
    """One label: the symbol, its letters as they are spoken (K73 MPAQ), name and number, whose it is."""

    qr: QrPath
    url: str
    letters: str
    name: str
    points: int
    number: int
    village: str
    body: str


@dataclass(frozen=True, kw_only=True)
class StickerSheets:
    """Pages of at most 24 labels each."""

    village: str
    pages: tuple[tuple[Sticker, ...], ...]


def sticker_holdings(
    session: Session, *, village: Place, on: date, numbers: Collection[int] | None = None
) -> list[HoldingView]:
    """Return the confirmed assets and resources that the village has on a day; of some numbers only where given."""
    views = holdings_of(session, village=village, on=on, kinds=STUCK)
    return [view for view in views if numbers is None or view.holding.number in numbers]


def give_sticker_codes(session: Session, *, village: Place, on: date, now: datetime) -> int:
    """Give a code to every asset and resource that has none yet, and return how many there are."""
    views = sticker_holdings(session, village=village, on=on)
    for view in views:
        give_code(session, village=village, kind=TargetKind.HOLDING, target=str(view.holding.number), now=now)
    return len(views)


def sticker_sheets(
    session: Session, *, village: Place, on: date, public_url: str, numbers: Collection[int] | None = None
) -> StickerSheets:
    """Return the labels of what has a code, by number; `public_url` is the beginning of every printed address."""
    stickers = [
        _sticker(view, code, village=village, public_url=public_url)
        for view in sticker_holdings(session, village=village, on=on, numbers=numbers)
        if (code := code_for(session, village=village, kind=TargetKind.HOLDING, target=str(view.holding.number)))
    ]
    return StickerSheets(village=village.name, pages=laid_out(stickers))


def laid_out(stickers: Sequence[Sticker]) -> tuple[tuple[Sticker, ...], ...]:
    """Return the labels sheet by sheet."""
    full = ACROSS * DOWN
    return tuple(tuple(stickers[first : first + full]) for first in range(0, len(stickers), full))


def points_for(name: str) -> int:
    """Return the size in points in which a name has room on its label."""
    width = sum(1 if sign.isascii() else 2 for sign in name) / 2
    return next((points for most, points in SIZES if width <= most), SMALLEST)


def _sticker(view: HoldingView, code: str, *, village: Place, public_url: str) -> Sticker:
    url = f"{public_url}/q/{code}"
    return Sticker(
        qr=outline(url),
        url=url,
        letters=spoken(code),
        name=view.name,
        points=points_for(view.name),
        number=view.holding.number,
        village=village.name,
        body=view.holding.body.name,
    )
