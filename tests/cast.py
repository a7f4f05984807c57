"""The people of the tests: invented, each with one part to play."""

from dataclasses import dataclass

from village_lists.people.models import Person
from village_lists.places.models import Body, BodyKind, Place

COUNTY, TOWNSHIP = "330299", "330299101"
STONE, FIELD = "330299101201", "330299101202"


@dataclass(frozen=True, kw_only=True)
class Places:
    """County, township and two villages of it, each village with its two legal bodies."""

    county: Place
    township: Place
    stone: Place
    field: Place

    def body(self, village: Place, kind: BodyKind) -> Body:
        """Return the village's body of that kind."""
        return next(body for body in village.bodies if body.kind == kind)

    @property
    def committee(self) -> Body:
        """Return the committee of 上石村."""
        return self.body(self.stone, BodyKind.COMMITTEE)

    @property
    def collective(self) -> Body:
        """Return the collective of 上石村."""
        return self.body(self.stone, BodyKind.COLLECTIVE)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who acts: all in 上石村, but for Zhao, who audits the township, and Zhou, the clerk of 下田村.

    Wang is a resident without a post, Mei a member of the supervision committee, Shen the county's steward,
    He the director, who signs for the secretary when she cannot, Sun the organiser, who reviews party affairs.
    """

    wang: Person
    li: Person
    chen: Person
    he: Person
    yonggen: Person
    mei: Person
    zhao: Person
    shen: Person
    zhou: Person
    sun: Person
