"""A village with a list, a matter under it, its contract and a debt, and months of accounts that name them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from publicity.holdings.models import Contract, ContractSide, Holding, HoldingKind
from publicity.holdings.papers import ContractPaper
from publicity.holdings.schedules import Instalment
from publicity.ledgers.actions import tie_lines
from publicity.matters.actions import record_meeting
from publicity.matters.deeds import record_deed
from publicity.matters.models import Matter, MatterDeed
from publicity.matters.opening import open_matter
from publicity.records.models import Version
from publicity.workflow.actions import approve, confirm, submit
from tests.factories import OPENING, at, known_codes, make_draft, make_list, seen
from tests.publicity.holdings.scene import DEBT, Scene, set_scene

ROAD = ("2026-09-12", "支-1", "后山机耕路维修第一期款", "松坪市政工程有限公司", 0, 2_000_000, "A04")
BACK = ("2026-09-20", "支-2", "冲回机耕路维修多付款", "松坪市政工程有限公司", 0, -150_000, "A04")
HELPER = ("2026-09-21", "支-3", "付张阿德机耕路小工", "张阿德", 0, 120_000, "A04")
GRANT = ("2026-09-22", "收-1", "机耕路补助", "松坪镇财政所", 1_000_000, 0, "")
LINES = (ROAD, BACK, HELPER, GRANT)


@dataclass(frozen=True)
class Works:
    """The village, and short ways to open a matter, sign its contract and publish months."""

    scene: Scene

    @property
    def session(self) -> Session:
        """Return the session."""
        return self.scene.session

    def matter(self, *, title: str = "后山机耕路维修", budget_fen: int = 4_000_000, item: str = "A04") -> Matter:
        """Open a matter on the first of July 2026."""
        stone = self.scene.places.stone
        return open_matter(
            self.session,
            village=stone,
            body=self.scene.collective,
            item_code=item,
            title=title,
            budget_fen=budget_fen,
            funding="村集体自筹",
            procedure="",
            opened_on=date(2026, 7, 1),
            by=self.scene.cast.li,
            now=at(date(2026, 7, 1)),
        )

    def decided(self, matter: Matter, day: date) -> None:
        """Take a matter of A04 to its meeting of representatives, which agrees that day."""
        common: dict[str, Any] = {"matter": matter, "by": self.scene.cast.li, "now": at(day), "happened_on": day}
        for step in ("propose", "joint"):
            record_deed(self.session, deed=MatterDeed.DONE, step=step, seen=matter.revision, **common)
        record_meeting(
            self.session,
            step="vote",
            decision_body="representatives",
            meeting="村民代表会议",
            due=38,
            present=35,
            in_favour=34,
            seen=matter.revision,
            **common,
        )
        record_deed(self.session, deed=MatterDeed.DECIDED, step="vote", exit="同意", seen=matter.revision, **common)

    def contract(
        self,
        matter: Matter | None = None,
        *,
        total_fen: int = 3_000_000,
        paid_before_fen: int = 0,
        instalments: tuple[Instalment, ...] = (),
    ) -> Contract:
        """Sign a contract to pay, for a matter."""
        paper = ContractPaper(
            title="机耕路维修合同",
            party="松坪市政工程有限公司",
            signed_on=date(2026, 8, 1),
            starts_on=date(2026, 8, 1),
            ends_on=date(2026, 12, 31),
            total_fen=total_fen,
            paid_before_fen=paid_before_fen,
            instalments=instalments,
        )
        contract = self.scene.contract(paper, side=ContractSide.PAY, is_confirmed=False)
        contract.editions[0].matter_id = matter.id if matter else None
        self.scene.confirm(contract.editions[0])
        return contract

    def debt(self) -> Holding:
        """Enter a payable."""
        return self.scene.holding(HoldingKind.PAYABLE, "文化礼堂尾款", DEBT)

    def draft(
        self,
        lines: Sequence[tuple[object, ...]] = LINES,
        *,
        period: str = "2026-09",
        opening_fen: int = OPENING,
        reason: str = "",
        **ties: Mapping[int, int | None],
    ) -> Version:
        """Draft a month of the collective; `ties` are matters, contracts and debts by line."""
        version = make_draft(
            self.session,
            body=self.scene.collective,
            cast=self.scene.cast,
            period=period,
            opening_fen=opening_fen,
            lines=numbered(lines),
            reason=reason,
        )
        self.tie(version, **ties)
        return version

    def tie(self, version: Version, **ties: Mapping[int, int | None]) -> None:
        """Let the clerk name what lines were for."""
        tie_lines(
            self.session,
            version=version,
            ties={},
            known=known_codes(self.session),
            revision=version.revision,
            by=self.scene.cast.li,
            now=version.made_at,
            **ties,
        )

    def published(self, lines: Sequence[tuple[object, ...]] = LINES, **about: object) -> Version:
        """Draft a month and let it be submitted, approved and confirmed."""
        version = self.draft(lines, **about)  # type: ignore[arg-type] # handed through
        cast, now = self.scene.cast, version.made_at
        submit(self.session, version=version, by=cast.li, now=now, seen=seen(version))
        approve(self.session, version=version, by=cast.yonggen, now=now, seen=seen(version))
        confirm(self.session, version=version, by=cast.chen, now=now, seen=seen(version))
        return version


def numbered(lines: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return the lines with their vouchers numbered without gaps on each side."""
    found: list[tuple[object, ...]] = []
    for line in lines:
        side = str(line[1])[0]
        count = sum(1 for one in found if str(one[1])[0] == side) + 1
        found.append((line[0], f"{side}-{count}", *line[2:]))
    return found


def set_works(session: Session) -> Works:
    """Make the village and let it adopt the list."""
    scene = set_scene(session)
    make_list(session, villages=[scene.places.stone, scene.places.field])
    return Works(scene)
