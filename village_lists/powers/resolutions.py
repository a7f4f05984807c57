"""A resolution by which a village takes a list into force: its numbers, its day, the sums it stands by. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.places.models import Level
from village_lists.rulebook.quorums import BodyRule, Verdict, judge

SHORT = "不够"
"""How a sum ends (village_lists.rulebook.quorums) by which too few came or agreed."""
Told = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """What the clerk says of the meeting: which body (key of the rule book), its words, the day, numbers of people."""

    decision_body: str
    meeting: str
    held_on: date
    due: int
    present: int
    in_favour: int


class Row(Protocol):
    """A row of the rule book as an answer names it."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def value(self) -> Any:
        """Its value."""

    @property
    def level(self) -> Level:
        """Its level."""

    @property
    def place(self) -> str:
        """The name of its place."""

    @property
    def basis(self) -> str:
        """What it rests on."""

    @property
    def valid_from(self) -> date:
        """The day from which it counts."""

    @property
    def is_sample(self) -> bool:
        """Whether the locality still has to confirm it."""


class DoesNotPass(Refusal):
    """Too few came or too few agreed; `sentences` are all sums, the words say what follows."""

    def __init__(self, sentences: Sequence[Told]) -> None:
        """Keep the sums as marked sentences with their values."""
        super().__init__(N_("这次会议没有通过清单，没有登记"))
        self.sentences = tuple(sentences)

    @property
    def sums(self) -> tuple[tuple[str, Mapping[str, object], bool], ...]:
        """Return each sum with its values and whether there were enough."""
        return tuple((words, values, not words.endswith(SHORT)) for words, values in self.sentences)


@dataclass(frozen=True, kw_only=True)
class FrozenRow:
    """A row of the rule book as it stood when the resolution was recorded."""

    key: str
    value: str
    level: str
    place: str
    basis: str
    valid_from: date
    is_sample: bool


@dataclass(frozen=True, kw_only=True)
class Arithmetic:
    """The sums of a recorded resolution and the rows they rest on; without rows nothing was computed."""

    sentences: tuple[Told, ...]
    rows: tuple[FrozenRow, ...]


def check_day(held_on: date, *, offered_on: date, today: date) -> None:
    """Raise Refusal for a meeting that is yet to come, or that was held before the version could be read."""
    if held_on > today:
        raise Refusal(N_("开会日期是 %(day)s，还没有到；请开完会再登记"), day=held_on.isoformat())
    if held_on < offered_on:
        words = N_("这一版清单 %(offered)s 才能讨论，开会日期 %(day)s 比它早，请核对")
        raise Refusal(words, offered=offered_on.isoformat(), day=held_on.isoformat())


def pass_or_refuse(resolution: Resolution, body_rule: BodyRule) -> Verdict:
    """Return the verdict upon a resolution that passes; raise DoesNotPass with every sum for one that does not."""
    verdict = judge(body_rule=body_rule, due=resolution.due, present=resolution.present, in_favour=resolution.in_favour)
    if not verdict.passes:
        raise DoesNotPass(verdict.sentences)
    return verdict


def frozen(verdict: Verdict, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the sums and the rows of the rule book as plain JSON values, as `Adoption.arithmetic` keeps them."""
    return {
        "sentences": [[words, dict(values)] for words, values in verdict.sentences],
        "needed_present": verdict.needed_present,
        "needed_favour": verdict.needed_favour,
        "rows": [
            {
                "key": row.key,
                "value": str(row.value),
                "level": row.level.value,
                "place": row.place,
                "basis": row.basis,
                "valid_from": row.valid_from.isoformat(),
                "is_sample": row.is_sample,
            }
            for row in rows
        ],
    }


def thawed(arithmetic: Mapping[str, Any]) -> Arithmetic:
    """Return what `frozen` kept; an adoption recorded without a computation has neither sums nor rows."""
    return Arithmetic(
        sentences=tuple((words, values) for words, values in arithmetic.get("sentences", ())),
        rows=tuple(
            FrozenRow(**{**row, "valid_from": date.fromisoformat(row["valid_from"])})
            for row in arithmetic.get("rows", ())
        ),
    )
