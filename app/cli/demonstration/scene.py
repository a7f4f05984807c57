"""A village as its postings see it: officials, households, party members. All invented, the same for the same seed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from stdnum.cn import ric

from app.cli.demonstration.cast import COUNTY, GIVEN, SURNAMES, village_name
from publicity.postings.cells import Cell
from village_lists.people.models import PostKind
from village_lists.periods import Span
from village_lists.places.models import BodyKind

GROUPS = ("一组", "二组", "三组", "四组", "五组")
MORE_GIVEN = ("春香", "金宝", "翠莲", "福生", "来富", "兰芳", "庆丰", "雪珍", "土根", "银花", "伟民", "惠芬")
PHONE = "0000-1234567"


@dataclass(frozen=True, kw_only=True)
class Household:
    """Who heads it, in which group, how many people, how many tenths of a 亩 of grain land."""

    name: str
    group: str
    people: int
    tenths: int

    @property
    def area(self) -> str:
        """Return the land in 亩, as a NUMBER cell keeps it: 3.5."""
        return tenths(self.tenths)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a posting says: cells of the head, rows of cells (money in fen), a note. Without rows and head: a nil."""

    head: Mapping[str, Cell] = field(default_factory=dict)
    rows: tuple[Mapping[str, Cell], ...] = ()
    note: str = ""

    @property
    def is_nil(self) -> bool:
        """Say whether nothing happened in the period."""
        return not self.head and not self.rows


NIL = Said()


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A village: its number from 0, who holds office, who lives there; `is_full`: lists as long as in real life."""

    number: int
    officials: Mapping[PostKind, str]
    households: tuple[Household, ...]
    members: tuple[tuple[str, str], ...]
    is_full: bool

    @property
    def name(self) -> str:
        """Return the village's name."""
        return village_name(self.number)

    def some(self, start: int, count: int) -> tuple[Household, ...]:
        """Return `count` households from the one at `start` on: the same ones every time; fewer in a light village."""
        wanted = count if self.is_full else max(2, count // 3)
        return tuple(self.households[(start + place) % len(self.households)] for place in range(wanted))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a table of contents is asked for: of which village and body, for which span, with which dice, when."""

    scene: Scene
    span: Span
    body: BodyKind
    chance: Random
    today: date

    @property
    def is_collective(self) -> bool:
        """Say whether the collective posts it, and not the committee."""
        return self.body == BodyKind.COLLECTIVE

    @property
    def quarter(self) -> int:
        """Return the number of the quarter since the year 2024, for what moves on from one to the next."""
        return (self.span.last_day.year - 2024) * 4 + (self.span.last_day.month - 1) // 3


def scene_of(number: int, officials: Mapping[PostKind, str], *, seed: int) -> Scene:
    """Return the village with that number and seed; nobody in office heads a household that is helped."""
    chance = Random(f"{seed}-{number}")  # noqa: S311 - invented people
    taken = set(officials.values())
    names = [surname + given for surname in SURNAMES for given in GIVEN + MORE_GIVEN if surname + given not in taken]
    chance.shuffle(names)
    households = tuple(
        Household(name=name, group=chance.choice(GROUPS), people=chance.randint(1, 6), tenths=chance.randint(8, 68))
        for name in names[:90]
    )
    others = tuple((name, f"第{'一二三'[place % 3]}党小组") for place, name in enumerate(names[90:124]))
    in_office = tuple((name, "第一党小组") for name in sorted(taken))
    return Scene(
        number=number, officials=officials, households=households, members=in_office + others, is_full=number == 0
    )


def fen(yuan: int) -> int:
    """Return whole yuan as fen."""
    return yuan * 100


def tenths(count: int) -> str:
    """Return tenths as a NUMBER cell keeps them: 35 is 3.5, 40 is 4."""
    whole, rest = divmod(count, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def cells(keys: str, rows: Iterable[tuple[Cell, ...]]) -> tuple[Mapping[str, Cell], ...]:
    """Return rows of cells under the keys, which are parted by blanks."""
    return tuple(dict(zip(keys.split(), row, strict=True)) for row in rows)


def identity(born: str, order: int) -> str:
    """Return an invented identity number with its check figure; `born` as 19580302. No such county exists."""
    bare = f"{COUNTY}{born}{order:03d}"
    return bare + ric.calc_check_digit(f"{bare}0")


def born_in(chance: Random, first: int, last: int) -> str:
    """Return an invented day of birth as 19580302, in the years from first to last."""
    return f"{chance.randint(first, last)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
