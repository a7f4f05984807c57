"""How far each step of a matter has come, or how a step differs from another version: what a chart shows beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from village_lists.markers import N_


class StandingKind(StrEnum):
    """Where a step stands: the first five in a running matter, the last three in a comparison of two versions."""

    DONE = "done"
    CURRENT = "current"
    OVERDUE = "overdue"
    SKIPPED = "skipped"
    WAITING = "waiting"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Standing:
    """The standing of one step; `words` says more, `on` is its day (a date, or words that are ready to be read).

    DONE: `on` is the day it was done. CURRENT and OVERDUE: the day it is or was due. OVERDUE: `words` says by how
    much, as 「3 天」. SKIPPED and CHANGED: `words` gives the reason, or what has changed.
    """

    kind: StandingKind
    words: str = ""
    on: date | str = ""


STANDING_WORDS = {
    StandingKind.DONE: N_("已办"),
    StandingKind.CURRENT: N_("正在办"),
    StandingKind.OVERDUE: N_("已超期"),
    StandingKind.SKIPPED: N_("跳过"),
    StandingKind.WAITING: N_("待办"),
    StandingKind.ADDED: N_("新增"),
    StandingKind.REMOVED: N_("取消"),
    StandingKind.CHANGED: N_("有改动"),
}
"""The bare word of every kind, as the legend says it."""

ON_THE_WAY = {StandingKind.CURRENT, StandingKind.OVERDUE}
PASSED = {StandingKind.DONE, StandingKind.SKIPPED}
LIVE = {*PASSED, *ON_THE_WAY, StandingKind.WAITING}
"""The standings of a running matter; the others belong to a comparison."""


def day_words(on: date | str, say: Callable[[str, Mapping[str, object]], str]) -> str:
    """Say a day as 「9月3日」; words stay as they are."""
    if isinstance(on, str):
        return on
    return say(N_("%(month)s月%(day)s日"), {"month": on.month, "day": on.day})


def standing_words(standing: Standing, say: Callable[[str, Mapping[str, object]], str]) -> str:
    """Say a standing as one phrase: 「已办 9月3日」, 「已超期 3 天，9月3日到期」, 「跳过：只有一家报价」."""
    kind, values = standing.kind, {"words": standing.words}
    told = say(STANDING_WORDS[kind], {})
    if kind is StandingKind.OVERDUE and standing.words:
        told = say(N_("已超期 %(words)s"), values)
    if standing.on:
        values["day"] = day_words(standing.on, say)
        values["told"] = told
        is_due = kind in ON_THE_WAY
        told = say(N_("%(told)s，%(day)s到期") if is_due else N_("%(told)s %(day)s"), values)
    if standing.words and kind is not StandingKind.OVERDUE:
        told = say(N_("%(told)s：%(words)s"), {"told": told, "words": standing.words})
    return told


def is_walked(source: Standing | None, target: Standing | None) -> bool:
    """Whether the matter has gone from one step to the next: what is behind it, up to where it stands."""
    if source is None or target is None:
        return False
    return source.kind in PASSED and target.kind in PASSED | ON_THE_WAY


def is_gone(source: Standing | None, target: Standing | None) -> bool:
    """Whether an arrow has gone together with a removed step at one of its ends."""
    return any(one is not None and one.kind is StandingKind.REMOVED for one in (source, target))
