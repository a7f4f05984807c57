"""Checks upon matters that need no database."""

from collections.abc import Iterable
from datetime import date

from publicity.matters.models import Evidence, MatterDeed, MatterEvent
from publicity.privacy.guard import exposures
from village_lists.errors import Refusal
from village_lists.markers import N_

LONGEST_TITLE = 120
REASONED = 4
"""A reason shorter than this many characters says nothing."""


def check_title(title: str, *, on: date) -> str:
    """Return the title of a matter; raise Refusal for none, one too long, or one that tells what must not be told."""
    found = " ".join(title.split())
    if not found:
        raise Refusal(N_("请写明这件事叫什么"))
    return check_words(found, on=on, most=LONGEST_TITLE)


def check_words(words: str, *, on: date, most: int | None = None) -> str:
    """Return words that everybody will read, without blanks around them.

    Raise Refusal with what the privacy guard found in them, or where they have more than `most` characters.
    """
    for found in exposures(words, on=on):
        raise Refusal(found.shown_words)
    kept = words.strip()
    if most is not None and len(kept) > most:
        said = N_("「%(begin)s…」太长：最多 %(most)d 个字，现在 %(found)d 个")
        raise Refusal(said, begin=kept[:8], most=most, found=len(kept))
    return kept


def check_reason(words: str, *, on: date) -> str:
    """Return a reason; raise Refusal where there is none, or it tells what must not be told."""
    found = check_words(words, on=on)
    if len(found) < REASONED:
        raise Refusal(N_("请写明原因，原因会一起公开"))
    return found


def check_day(day: date, *, opened_on: date | None, today: date) -> None:
    """Raise Refusal for a day that has not come yet, or that lies before the matter was opened."""
    if day > today:
        raise Refusal(N_("日期 %(day)s 还没有到，请核对"), day=day.isoformat())
    if opened_on is not None and day < opened_on:
        words = N_("日期 %(day)s 比立项的日子 %(opened)s 早，请核对")
        raise Refusal(words, day=day.isoformat(), opened=opened_on.isoformat())


def check_budget(budget_fen: int | None) -> None:
    """Raise Refusal for an amount below zero."""
    if budget_fen is not None and budget_fen < 0:
        raise Refusal(N_("预算不能是负数"))


def papers_after_check(event: MatterEvent) -> list[Evidence]:
    """Return the papers that were put behind a deed after supervision had checked it, which nobody checked so."""
    checked_at = event.checked_at
    return [one for one in event.evidence if checked_at is not None and one.at > checked_at]


def taken_back_in(events: Iterable[MatterEvent]) -> frozenset[int]:
    """Return the sequences of the deeds of one matter that were taken back."""
    return frozenset(int(event.content["sequence"]) for event in events if event.deed is MatterDeed.VOIDED)
