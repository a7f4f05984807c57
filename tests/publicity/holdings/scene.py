"""A village with clerk and supervision committee, and short ways to enter and confirm what is in its registers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from publicity.holdings.actions import decide_edition, propose_contract, propose_holding
from publicity.holdings.models import Contract, ContractEdition, ContractSide, Holding, HoldingEdition, HoldingKind
from publicity.holdings.papers import ContractPaper
from publicity.holdings.schedules import Terms
from tests.cast import Cast, Places
from tests.factories import at, make_people, make_place_tree
from village_lists.places.models import Body

TODAY = date(2026, 11, 23)
NOW = at(TODAY)
SHOP: dict[str, object] = {
    "class": "经营性",
    "place": "村口路边",
    "size": "86",
    "unit": "平方米",
    "cost": 32_000_000,
    "net": 24_000_000,
    "use": "出租",
}
POND: dict[str, object] = {"class": "水面", "area": "12", "bounds": "东至路，西至渠", "use": "发包"}
DEBT: dict[str, object] = {
    "other": "松坪市政工程有限公司",
    "since": "2023-05",
    "reason": "文化礼堂尾款",
    "original": 8_600_000,
    "balance": 4_600_000,
}
RENT = Terms(every_months=6, amount_fen=900_000, first_due=date(2024, 1, 15), count=10)
LEASE = ContractPaper(
    title="店面租赁合同",
    party="清风百货店",
    signed_on=date(2023, 12, 20),
    starts_on=date(2024, 1, 1),
    ends_on=date(2028, 12, 31),
    paper_code="租-01",
    method="村内公开",
    terms=RENT,
    holding_number=1,
)


@dataclass(frozen=True)
class Scene:
    """The village and its deeds upon registers."""

    session: Session
    places: Places
    cast: Cast

    @property
    def collective(self) -> Body:
        """Return who has the assets."""
        return self.places.collective

    def proposed(
        self,
        kind: HoldingKind = HoldingKind.ASSET,
        name: str = "村口店面",
        content: dict[str, object] | None = None,
        valid_from: date = date(2024, 1, 1),
    ) -> HoldingEdition:
        """Let the clerk propose a holding."""
        return propose_holding(
            self.session,
            village=self.places.stone,
            body=self.collective,
            kind=kind,
            name=name,
            content=SHOP if content is None else content,
            valid_from=valid_from,
            by=self.cast.li,
            now=NOW,
        )

    def holding(
        self,
        kind: HoldingKind = HoldingKind.ASSET,
        name: str = "村口店面",
        content: dict[str, object] | None = None,
        valid_from: date = date(2024, 1, 1),
    ) -> Holding:
        """Enter a holding and let the supervision committee confirm it."""
        edition = self.proposed(kind, name, content, valid_from)
        self.confirm(edition)
        return edition.holding

    def contract(
        self, paper: ContractPaper = LEASE, *, side: ContractSide = ContractSide.RECEIVE, is_confirmed: bool = True
    ) -> Contract:
        """Enter a contract, and let the supervision committee confirm it."""
        edition = propose_contract(
            self.session,
            village=self.places.stone,
            body=self.collective,
            side=side,
            paper=paper,
            valid_from=paper.signed_on or paper.starts_on or TODAY,
            by=self.cast.li,
            now=NOW,
        )
        if is_confirmed:
            self.confirm(edition)
        return edition.contract

    def confirm(self, edition: HoldingEdition | ContractEdition) -> None:
        """Let a member of the supervision committee confirm what the clerk proposed."""
        decide_edition(self.session, edition=edition, is_confirmed=True, by=self.cast.mei, now=NOW)


def set_scene(session: Session) -> Scene:
    """Make the places and people."""
    places = make_place_tree(session)
    return Scene(session, places, make_people(session, places))
