"""Forms of matters: what was sent in words, read into days, numbers and money; kept where it was refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import request

from publicity.ledgers.amounts import fen_of_text
from publicity.ledgers.problems import Unreadable
from village_lists.errors import Refusal
from village_lists.markers import N_

LONGEST = 2000
MOST_PEOPLE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A form as it was sent: which one, at which step (its path), the fields as typed, why it was refused.

    `status` is that of the answer: 409 where somebody else was quicker, 422 for all else.
    """

    form: str = ""
    step: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    status: int = 200

    def kept(self, form: str, name: str, otherwise: object = "", step: str = "") -> str:
        """Return what was typed into a field of that form at that step, else what stands there at first."""
        if self.is_at(form, step):
            return self.values.get(name, "")
        return "" if otherwise is None else str(otherwise)

    def is_at(self, form: str, step: str = "") -> bool:
        """Say whether this form was sent and refused."""
        return bool(self.form) and (self.form, self.step) == (form, step)


def sent_form(form: str) -> Sent:
    """Return what this request sent."""
    values = {name: text[:LONGEST] for name, text in request.form.items()}
    return Sent(form=form, step=values.get("step", "")[:200], values=values)


def day_of(sent: Sent, name: str = "happened_on") -> date:
    """Return the day that was typed as 2026-10-20; raise Refusal for anything else."""
    written = sent.values.get(name, "").strip()
    try:
        return date.fromisoformat(written)
    except ValueError as wrong:
        raise Refusal(N_("请填日子，例如 2026-10-20")) from wrong


def people_of(sent: Sent, name: str) -> int:
    """Return how many people were typed; raise Refusal for anything but a whole number."""
    written = sent.values.get(name, "").strip()
    if not written.isdecimal() or int(written[:9]) > MOST_PEOPLE:
        raise Refusal(N_("人数请填数字，例如 38"))
    return int(written[:9])


def number_of(sent: Sent, name: str) -> int | None:
    """Return a number that was chosen, None where nothing was; raise Refusal for anything else."""
    written = sent.values.get(name, "").strip()
    if not written:
        return None
    if not written.isdecimal():
        raise Refusal(N_("编号请填数字"))
    return int(written[:9])


def seen_of(sent: Sent) -> int:
    """Return the revision that the form was filled from; 0, which no matter has, where it was lost."""
    written = sent.values.get("revision", "")
    return int(written[:9]) if written.isdecimal() else 0


def budget_of(text: str) -> int | None:
    """Return typed yuan (48600, 48,600.00, 4.86万) in fen, None where nothing was typed; raise Refusal for others."""
    try:
        found = fen_of_text(text)
    except Unreadable as wrong:
        words = N_("“%(found)s”不是金额，请填元，例如 48600，或者 4.86万")
        raise Refusal(words, found=text.strip()[:40]) from wrong
    if found is not None and found < 0:
        raise Refusal(N_("预算不能是负数"))
    return found
