"""What a category says, as frozen records without a database: one shape for form, web, paper, import, open data."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from publicity.categories.models import Affairs
from village_lists.periods import Cadence
from village_lists.places.models import BodyKind

LATER = ("filled_from",)
COLUMN_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Sheet(StrEnum):
    """How it stands on paper: the village's accounts, a roster of people, a wide table, a notice, a project."""

    ACCOUNTS = "accounts"
    ROSTER = "roster"
    TABLE = "table"
    NOTICE = "notice"
    WORKS = "works"


class ColumnKind(StrEnum):
    """What stands in a column. How each is read, kept and shown: publicity.postings.cells."""

    TEXT = "text"
    PROSE = "prose"
    PERSON = "person"
    PARTY = "party"
    MONEY = "money"
    NUMBER = "number"
    COUNT = "count"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"
    PHONE = "phone"
    IDENTITY = "identity"
    CARD = "card"
    BIRTH = "birth"


class Audience(StrEnum):
    """Who may read a column: everybody; only who stands at the board; nobody but the officials who handle it."""

    WEB = "web"
    PAPER = "paper"
    NEVER = "never"


class Mask(StrEnum):
    """How a value is covered: not at all; 张*; 138****5678; the last four figures; a word that says it is not shown."""

    NONE = "none"
    NAME = "name"
    PHONE = "phone"
    TAIL = "tail"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table, or one line of its head.

    `key` names it in files and JSON and never changes. `audience` NEVER: kept for officials, neither on web nor on
    paper; PAPER: not on the web at all. `web_mask` covers it on web, JSON, CSV and in search, `paper_mask` on paper.
    `is_identifying`: rows of two versions or two periods are the same row where these agree. `unit` stands in the
    head (亩, 元/月). `has_total`: summed under the table (money, number, count only). `choices` for CHOICE alone.
    """

    key: str
    name: str
    kind: ColumnKind = ColumnKind.TEXT
    audience: Audience = Audience.WEB
    web_mask: Mask = Mask.NONE
    paper_mask: Mask = Mask.NONE
    is_required: bool = False
    is_identifying: bool = False
    has_total: bool = False
    unit: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Why it is posted: words to read; `is_sample` while nobody has confirmed it locally (示例，待当地确认)."""

    words: str
    is_sample: bool = True


@dataclass(frozen=True, kw_only=True)
class CategoryContent:
    """Everything that an edition of a category says.

    `headings`: (taxonomy, heading) pairs, where it stands in each directory tree (data/taxonomies.yaml). `about` is
    one plain sentence for residents. `bodies`: the legal bodies that owe it, each for itself. `fields` stand above the
    table, one value each (`head` of a posting); `columns` make the rows. A notice may have no columns.
    `due_rule`, `review_rule`, `display_rule` are keys of the rule book. `may_be_nil`: 「本期没有发生」 is an answer
    (零报告). `is_owed`: a duty for every period; else posted only when there is something. `hides_minors`: whoever is
    under 14 (个人信息保护法 Art 28) loses name and number in every audience; told by a BIRTH or IDENTITY column.
    `items`: codes of the power items it belongs to. `filled_from`: the register or statement that fills a new draft by
    itself (publicity.postings.registers.SOURCES), empty where it is typed. `is_active` False: retired, no longer owed
    and no new records.
    """

    name: str
    affairs: Affairs
    sheet: Sheet
    cadence: Cadence
    about: str = ""
    headings: tuple[tuple[str, str], ...] = ()
    bodies: tuple[BodyKind, ...] = (BodyKind.COMMITTEE,)
    fields: tuple[Column, ...] = ()
    columns: tuple[Column, ...] = ()
    due_rule: str = "due.general.quarterly.day"
    review_rule: str = "review.order"
    display_rule: str = "display.days"
    basis: tuple[Basis, ...] = ()
    items: tuple[str, ...] = ()
    may_be_nil: bool = True
    is_owed: bool = True
    hides_minors: bool = False
    is_active: bool = True
    position: int = 0
    note: str = ""
    filled_from: str = ""

    def column(self, key: str) -> Column | None:
        """Return the column or head field of that key, or None."""
        return next((column for column in (*self.fields, *self.columns) if column.key == key), None)


def to_plain(content: CategoryContent) -> dict[str, Any]:
    """Return the content as JSON values; `from_plain` gives the same content back.

    What was added later is written only where it says something: digests of former editions stay what they are.
    """
    plain: dict[str, Any] = json.loads(json.dumps(asdict(content), ensure_ascii=False))
    return {key: value for key, value in plain.items() if key not in LATER or value}


def from_plain(plain: dict[str, Any]) -> CategoryContent:
    """Return the content of what `to_plain` wrote; TypeError, KeyError or ValueError for anything else."""
    return CategoryContent(
        **{
            **plain,
            "affairs": Affairs(plain["affairs"]),
            "sheet": Sheet(plain["sheet"]),
            "cadence": Cadence(plain["cadence"]),
            "headings": tuple((taxonomy, heading) for taxonomy, heading in plain.get("headings", ())),
            "bodies": tuple(BodyKind(body) for body in plain.get("bodies", ("committee",))),
            "fields": tuple(_column(column) for column in plain.get("fields", ())),
            "columns": tuple(_column(column) for column in plain.get("columns", ())),
            "basis": tuple(Basis(**basis) for basis in plain.get("basis", ())),
            "items": tuple(plain.get("items", ())),
        }
    )


def _column(plain: dict[str, Any]) -> Column:
    return Column(
        **{
            **plain,
            "kind": ColumnKind(plain.get("kind", "text")),
            "audience": Audience(plain.get("audience", "web")),
            "web_mask": Mask(plain.get("web_mask", "none")),
            "paper_mask": Mask(plain.get("paper_mask", "none")),
            "choices": tuple(plain.get("choices", ())),
        }
    )


def digest_of(content: CategoryContent) -> str:
    """Return the SHA-256 (hex) of the content in one canonical writing."""
    return hashlib.sha256(json.dumps(to_plain(content), ensure_ascii=False, sort_keys=True).encode()).hexdigest()
