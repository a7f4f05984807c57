"""What a steward wrote into the form of a rule: read from the address of the preview, or from the form that is sent."""

from dataclasses import dataclass
from datetime import date

from flask import abort, request
from werkzeug.datastructures import MultiDict

from app import clock
from app.county.places import place_in
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.periods import Period
from village_lists.places.models import Place
from village_lists.rulebook.catalog import RuleKey, catalog
from village_lists.rulebook.proposals import Proposal
from village_lists.rulebook.values import read_value

LONGEST_BASIS, LONGEST_REASON = 200, 500


@dataclass(frozen=True, kw_only=True)
class RuleForm:
    """The form as it was filled in, to be shown again; `ends` asks only for the end of the row in force."""

    place: str
    values: tuple[str, ...]
    valid_from: str
    valid_until: str
    basis: str
    is_sample: bool
    reason: str
    ends: bool

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return names and texts as they are sent, for links and hidden fields."""
        found = [("place", self.place), *(("value", text) for text in self.values)]
        found += [(name, str(getattr(self, name))) for name in ("valid_from", "valid_until", "basis", "reason")]
        found += [("sample", "1")] if self.is_sample else []
        found += [("ends", "1")] if self.ends else []
        return [(name, text) for name, text in found if text]


def written_form(place: Place, starting: tuple[str, ...] = ()) -> RuleForm:
    """Return what the request says, and where it says nothing, what the form begins with."""
    sent: MultiDict[str, str] = request.form if request.method == "POST" else request.args
    values = tuple(sent.getlist("value"))
    return RuleForm(
        place=sent.get("place", place.code),
        values=values or (() if "valid_from" in sent else starting),
        valid_from=sent.get("valid_from", str(Period.of(clock.today()).next.first_day)),
        valid_until=sent.get("valid_until", ""),
        basis=sent.get("basis", "")[:LONGEST_BASIS].strip(),
        is_sample="sample" in sent,
        reason=sent.get("reason", "")[:LONGEST_REASON].strip(),
        ends="ends" in sent,
    )


def proposal_from(form: RuleForm, *, county: Place, key: str) -> Proposal:
    """Return the row that the form asks for; raise Refusal for what cannot be read, 404 for a place elsewhere."""
    entry: RuleKey = catalog().entry(key) or abort(404)
    place = place_in(county, form.place)
    last = _day(form.valid_until) if form.valid_until else None
    if form.ends:
        today = clock.today()
        return Proposal(key=key, place=place, value=None, valid_from=today, valid_until=last, reason=form.reason)
    return Proposal(
        key=key,
        place=place,
        value=read_value(entry, form.values),
        valid_from=_day(form.valid_from),
        valid_until=last,
        basis=form.basis,
        is_sample=form.is_sample,
        reason=form.reason,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise Refusal(N_("「%(written)s」不是日期，请写 2026-12-01 的样子"), written=text) from wrong


def asked_day() -> date:
    """Return the day for which the book is asked (?on=), today where none is named; 404 for what is no day."""
    try:
        return date.fromisoformat(request.args.get("on") or str(clock.today()))
    except ValueError:
        abort(404)
