"""A county with two stewards, one of another county, and some rows of the rule book."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tests.cast import Places
from tests.factories import at, make_person, make_place_tree
from village_lists.people.models import Person, PostKind
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code
from village_lists.rulebook.actions import accept_change, propose_change
from village_lists.rulebook.models import RuleChange, RuleRow
from village_lists.rulebook.proposals import Proposal
from village_lists.rulebook.values import Value

TODAY = date(2026, 11, 22)
NOW = at(TODAY)
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class County:
    """Places, the stewards 沈文斌 and 林若兰, the steward of the next county, and a clerk."""

    session: Session
    places: Places
    shen: Person
    lin: Person
    stranger: Person
    clerk: Person

    def row(
        self,
        key: str,
        value: Value,
        *,
        place: Place | None = None,
        since: date = SINCE,
        until: date | None = None,
        level: Level = Level.NATIONAL,
    ) -> RuleRow:
        """Write a row of the rule book, of the place's level or else of the level named."""
        row = RuleRow(
            key=key,
            level=place.level if place else level,
            place_id=place.id if place else None,
            value={"value": value},
            valid_from=since,
            valid_until=until,
            basis="《示例法》第一条",
            is_sample=True,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def proposal(self, key: str, value: Value | None, **about: object) -> Proposal:
        """Return a proposal for the county from the first of December, with a basis; an end (None) is asked today."""
        since = TODAY if value is None else date(2026, 12, 1)
        known = {"place": self.places.county, "valid_from": since, "basis": "宁川县文件〔2026〕1号"}
        return Proposal(key=key, value=value, **{**known, **about})  # type: ignore[arg-type] # handed through

    def proposed(self, key: str, value: Value | None, **about: object) -> RuleChange:
        """Let Shen propose a change."""
        return propose_change(self.session, proposal=self.proposal(key, value, **about), by=self.shen, now=NOW)

    def accepted(self, key: str, value: Value | None, **about: object) -> RuleRow | None:
        """Let Shen propose and Lin accept a change."""
        change = self.proposed(key, value, **about)
        return accept_change(self.session, change=change, by=self.lin, now=NOW)


def set_county(session: Session) -> County:
    """Make the county with its stewards, fifteen days of display by the state, ten by nobody."""
    places = make_place_tree(session)
    import_places(session, rows=[PlaceRow(code="330298", name="邻川县"), PlaceRow(code="330298101", name="邻镇")])
    elsewhere = place_by_code(session, code="330298", level=Level.COUNTY)
    assert elsewhere
    county = County(
        session,
        places,
        make_person(session, "沈文斌", places.county, PostKind.COUNTY_STEWARD),
        make_person(session, "林若兰", places.county, PostKind.COUNTY_STEWARD),
        make_person(session, "陶文静", elsewhere, PostKind.COUNTY_STEWARD),
        make_person(session, "李国强", places.stone, PostKind.CLERK),
    )
    county.row("display.days", 15)
    return county
