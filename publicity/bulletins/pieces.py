"""What a sheet is made of, as words alone: tables, lists of facts, text, photos, large figures. Pure.

How each is measured and parted between pages: publicity.bulletins.galleys.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class GridColumn:
    """A column of a printed table: `name`, `unit` in brackets; figures stand right, `is_tight` ones unbroken."""

    name: str
    unit: str = ""
    is_figure: bool = False
    is_tight: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table with its words as paper shows them. `totals` has a text for each column ("" without one), or is None.

    `blocks`: how many column blocks may stand side by side (a roster); `heading` and `told` stand above it, `after`
    below it.
    """

    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] | None = None
    blocks: int = 1
    heading: str = ""
    told: str = ""
    after: str = ""
    sum_name: str = "合计"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A name and what stands beside it; figures and dates that matter stand large."""

    name: str
    text: str
    is_large: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A list of names and values under a heading (事前, 事中, 事后, or none).

    `name_ems`: how wide the names of all lists of the sheet are, so that they stand under each other.
    """

    facts: tuple[Fact, ...]
    heading: str = ""
    name_ems: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Prose:
    """Paragraphs under a heading; `is_middle`: a sentence in the middle of the sheet."""

    paragraphs: tuple[str, ...]
    heading: str = ""
    is_middle: bool = False


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A photo as a data address (JPEG or PNG, drawn by us) and the words under it."""

    address: str
    caption: str


@dataclass(frozen=True, kw_only=True)
class Photos:
    """Photos in rows of three."""

    photos: tuple[Photo, ...]
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Up to four labels with a large figure each, under a heading; `after` says more in small."""

    figures: tuple[tuple[str, str], ...]
    heading: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Title:
    """A heading of the whole width that stays with what follows; `told` beside it in small."""

    words: str
    told: str = ""


Piece = Grid | Facts | Prose | Photos | Figures | Title


@dataclass(frozen=True, kw_only=True)
class Foot:
    """Who signs (office, name), the days, where to turn, the code and the seals; `scan` says what the code opens."""

    signers: tuple[tuple[str, str], ...]
    made: str
    displayed: str
    hotline: str
    board: str
    code: str
    url: str
    scan: str
    seals: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """All that a sheet says, in words. `mark` is 更正, 样张，未公开 and the like, told by `note`; both may be empty.

    `landscape`: it may lie on its side where its tables want that; `title` heads it, `under` stands below, `short` at
    the head of every further page; `affairs` is 党务, 村务 or 财务.
    """

    title: str
    under: str
    short: str
    affairs: str
    number: str
    pieces: tuple[Piece, ...]
    foot: Foot
    mark: str = ""
    note: str = ""
    landscape: bool = False
    is_draft: bool = False
