"""A village with a small list: small repairs go their own way, a road embeds a decision."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from publicity.matters.actions import put_up, record_meeting, take_down
from publicity.matters.course import Course, FindingKind
from publicity.matters.courses import course_for
from publicity.matters.deeds import record_deed
from publicity.matters.models import Matter, MatterDeed, MatterEvent
from publicity.matters.opening import open_matter
from tests.cast import Cast, Places
from tests.factories import at, make_people, make_place_tree
from tests.village_lists.powers.lists import adopt, make_version
from village_lists.editions.contents import (
    CategoryContent,
    ItemContent,
    ListContent,
    ProcedureContent,
    ProcedureUse,
    ThresholdContent,
)
from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind, Posting
from village_lists.places.models import Body, Level, Place
from village_lists.powers.models import ItemKind, ListVersion
from village_lists.rulebook.models import RuleRow

OPENED = date(2026, 9, 1)
TODAY = date(2026, 11, 20)
BAND, TOP = "amounts.small.below", "amounts.large.from"
RULES: dict[str, object] = {
    "decision_body.representatives.body": "committee",
    "decision_body.representatives.present": "2/3",
    "decision_body.representatives.favour": ">1/2",
    "decision_body.representatives.favour_of": "present",
    "decision_body.party.present": "2/3",
    "decision_body.party.favour": ">1/2",
    "decision_body.party.favour_of": "present",
    "matter.posting.days": 3,
    "display.days": 7,
}


def _line(*keys: str) -> tuple[Edge, ...]:
    return tuple(Edge(source=one, target=other) for one, other in pairwise(keys))


MICRO = Graph(
    title="小修小补",
    nodes=(
        Node(key="start", kind=NodeKind.START, title="开始"),
        Node(key="quote", kind=NodeKind.STEP, title="问三家价", actor="村文书", limit_days=5),
        Node(key="end", kind=NodeKind.END, title="办结"),
    ),
    edges=_line("start", "quote", "end"),
)
DECIDE = Graph(
    title="三步决策",
    nodes=(
        Node(key="start", kind=NodeKind.START, title="开始"),
        Node(
            key="show",
            kind=NodeKind.STEP,
            title="方案公示",
            actor="村民委员会",
            limit_days=20,
            posting=Posting(what="实施方案", days=15),
        ),
        Node(key="party", kind=NodeKind.STEP, title="党员大会审议", actor="党员大会", limit_days=7),
        Node(key="vote", kind=NodeKind.DECISION, title="代表会议同意吗", actor="村民代表会议"),
        Node(key="dropped", kind=NodeKind.END, title="不办"),
        Node(key="end", kind=NodeKind.END, title="通过"),
    ),
    edges=(
        *_line("start", "show", "party", "vote"),
        Edge(source="vote", target="end", label="同意"),
        Edge(source="vote", target="show", label="改方案"),
        Edge(source="vote", target="dropped", label="不做"),
    ),
)
ROAD = Graph(
    title="修路",
    nodes=(
        Node(key="start", kind=NodeKind.START, title="开始"),
        Node(key="decide", kind=NodeKind.PREDEFINED, title="先决策", embeds="decide"),
        Node(
            key="build",
            kind=NodeKind.STEP,
            title="施工",
            actor="施工方",
            limit_days=10,
            limit_kind=DayKind.WORKING,
            posting=Posting(what="施工情况"),
        ),
        Node(key="end", kind=NodeKind.END, title="办结"),
    ),
    edges=_line("start", "decide", "build", "end"),
)
PROCEDURES = (
    ProcedureContent(slug="micro", title="小修小补", graph=MICRO),
    ProcedureContent(slug="decide", title="三步决策", graph=DECIDE),
    ProcedureContent(slug="road", title="修路", graph=ROAD),
)
CONTENT = ListContent(
    title="小清单",
    categories=(CategoryContent(code="works", name="工程"), CategoryContent(code="help", name="便民")),
    items=(
        ItemContent(
            code="A04",
            name="修路",
            kind=ItemKind.POWER,
            category="works",
            procedures=(
                ProcedureUse(slug="micro", below_key=BAND),
                ProcedureUse(slug="road", from_key=BAND, below_key=TOP),
            ),
        ),
        ItemContent(
            code="A05",
            name="大工程",
            kind=ItemKind.POWER,
            category="works",
            procedures=(ProcedureUse(slug="decide", from_key=TOP),),
        ),
        ItemContent(code="B01", name="开证明", kind=ItemKind.SERVICE, category="help"),
        ItemContent(
            code="B02",
            name="办两样",
            kind=ItemKind.SERVICE,
            category="help",
            procedures=(ProcedureUse(slug="micro"), ProcedureUse(slug="decide")),
        ),
    ),
    procedures=PROCEDURES,
    thresholds=(
        ThresholdContent(key=BAND, name="小修的上限", suggested_fen=1_000_000),
        ThresholdContent(key=TOP, name="大工程的下限", suggested_fen=10_000_000),
    ),
)


@dataclass
class Scene:
    """The village 上石村 with its adopted list, and short ways to its deeds; every deed is entered on its own day."""

    session: Session
    places: Places
    cast: Cast
    version: ListVersion

    @property
    def stone(self) -> Place:
        """Return the village."""
        return self.places.stone

    def open(self, **choices: Any) -> Matter:
        """Open a road for 50,000 yuan; `choices` replace what is told."""
        body: Body = self.places.committee
        told: dict[str, Any] = {
            "village": self.stone,
            "body": body,
            "item_code": "A04",
            "title": "后山机耕路维修",
            "budget_fen": 5_000_000,
            "funding": "村集体收入",
            "procedure": "",
            "opened_on": OPENED,
            "by": self.cast.li,
            "now": at(TODAY),
        }
        return open_matter(self.session, **{**told, **choices})

    def deed(self, matter: Matter, deed: str, step: str = "", *, after: int = 0, **choices: Any) -> MatterEvent:
        """Write a deed that happened so many days after the opening."""
        return record_deed(
            self.session,
            matter=matter,
            deed=MatterDeed(deed),
            step=step,
            happened_on=OPENED + timedelta(days=after),
            **{**self._usual(matter), **choices},
        )

    def meet(self, matter: Matter, step: str, *, present: int, body: str = "representatives", **choices: Any) -> Any:
        """Write a meeting of thirty that all who came agreed."""
        told: dict[str, Any] = {
            "happened_on": OPENED + timedelta(days=choices.pop("after", 0)),
            "decision_body": body,
            "meeting": "村民代表会议",
            "due": 30,
            "present": present,
            "in_favour": present,
        }
        return record_meeting(self.session, matter=matter, step=step, **{**self._usual(matter), **told, **choices})

    def hang(self, matter: Matter, step: str, *, up: int, down: int | None = None) -> None:
        """Write that a posting was put up, and taken down again if asked, so many days after the opening."""
        day = OPENED + timedelta(days=up)
        usual = self._usual(matter)
        put_up(self.session, matter=matter, step=step, happened_on=day, where="", record=None, **usual)
        if down is not None:
            usual = self._usual(matter)
            take_down(self.session, matter=matter, step=step, happened_on=OPENED + timedelta(days=down), **usual)

    def course(self, matter: Matter, on: date = TODAY) -> Course:
        """Return where the matter stands."""
        return course_for(self.session, matter=matter, on=on)

    def faults(self, matter: Matter, on: date = TODAY) -> list[FindingKind]:
        """Return the kinds of what the course tells to be wrong."""
        return [finding.kind for finding in self.course(matter, on).findings]

    def rule(self, key: str, value: object) -> None:
        """Enter a further row of the rule book for the county."""
        add_rules(self.session, {key: value}, self.places.county)

    def _usual(self, matter: Matter) -> dict[str, Any]:
        return {"by": self.cast.li, "now": at(TODAY), "seen": matter.revision}


def add_rules(session: Session, rules: dict[str, object], county: Place) -> None:
    """Enter rows of the rule book at the county."""
    for key, value in rules.items():
        session.add(
            RuleRow(
                key=key, level=Level.COUNTY, place_id=county.id, value={"value": value}, valid_from=date(2020, 1, 1)
            )
        )
    session.flush()


def set_scene(session: Session) -> Scene:
    """Enter the places, the people, the rules and the list, which 上石村 adopts."""
    places = make_place_tree(session)
    cast = make_people(session, places)
    add_rules(session, RULES, places.county)
    version = make_version(session, place=places.county, content=CONTENT)
    adopt(session, village=places.stone, version=version)
    return Scene(session, places, cast, version)
