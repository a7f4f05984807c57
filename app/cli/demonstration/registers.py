"""The registers of a village in the demonstration: assets, resources, debts, contracts, proposed and confirmed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.cli.demonstration.books import Line
from app.cli.demonstration.cases import CONTRACT_FEN, CaseBook
from app.cli.demonstration.desk import Staff, at
from app.cli.demonstration.events import BUILDER, ROAD
from app.cli.demonstration.holdings import ASSETS, DEBTS, RESOURCES
from app.cli.demonstration.scene import Scene, fen
from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.holdings.actions import decide_edition, propose_contract, propose_holding
from publicity.holdings.models import Contract, ContractEdition, ContractSide, Holding, HoldingEdition, HoldingKind
from publicity.holdings.papers import ContractPaper
from publicity.holdings.schedules import Instalment, Terms
from publicity.ledgers.parsed import ParsedEntry
from village_lists.days import china_day
from village_lists.places.models import BodyKind

LEASES = {
    "沿街店面（东一间）": ("店面租金（东一间）", 450_000, 3),
    "沿街店面（东二间）": ("店面租金（东二间）", 450_000, 3),
    "老粮站厂房": ("老粮站厂房租金", 1_300_000, 3),
    "溪边机动地": ("溪边机动地承包款", 2_100_000, 12),
}
"""By what is let: what the line of the accounts is called, how much (fen), every how many months."""
FARM = "绿野家庭农场"
OWED, FEES = "后山竹林承包款", ("大山塘承包款", "后山竹林承包款", "桥头杨梅园承包款")
FEE_FEN = fen(6_000)
Content = Mapping[str, str | int | None]


@dataclass(frozen=True, kw_only=True)
class Registers:
    """What was registered, and which line of the accounts belongs to which contract."""

    lines: Mapping[tuple[str, str], Contract]
    extra: tuple[Line, ...] = ()

    def contract_of(self, entry: ParsedEntry) -> int | None:
        """Return the number of the contract that a line belongs to, or None."""
        contract = self.lines.get((entry.summary, entry.payee))
        return contract.number if contract else None


def register_all(
    session: Session, staff: Staff, *, scene: Scene, cases: CaseBook, begins: date, today: date
) -> Registers:
    """Enter what the collective has, is owed and owes from the first day on, and its contracts."""
    register = _Register(session, staff, begins)
    lines: dict[tuple[str, str], Contract] = {}
    for name, kind, place, size, unit, bought, cost, net, use, tenant, term, _rent in ASSETS:
        content: Content = {
            "class": kind,
            "place": place,
            "size": size,
            "unit": unit,
            "bought": bought,
            "cost": fen(cost),
            "net": fen(net),
            "use": use,
        }
        holding = register.holding(HoldingKind.ASSET, name, content)
        if tenant and term:
            lines |= register.lease(holding, name, tenant, term, way="村内公开")
    for count, (name, kind, area, bounds, _fee, _owed, way, term) in enumerate(RESOURCES):
        tenant = FARM if count == 1 else scene.households[40 + count].name
        content = {"class": kind, "area": area, "bounds": bounds, "use": "发包"}
        holding = register.holding(HoldingKind.RESOURCE, name, content)
        lines |= register.lease(holding, name, tenant, term, way=way)
    for side, other, since, reason, original, left, _paid, plan in DEBTS:
        debt = HoldingKind.PAYABLE if side == "债务" else HoldingKind.RECEIVABLE
        content = {
            "other": other,
            "since": since,
            "reason": reason,
            "original": fen(original),
            "balance": fen(left),
            "plan": plan,
        }
        register.holding(debt, f"{other}：{reason}", content)
    road = cases.matters.get(ROAD)
    if road is not None:
        lines |= register.works(cases, today)
    return Registers(lines=lines, extra=tuple(_fees(lines, begins, today)))


def _fees(lines: Mapping[tuple[str, str], Contract], begins: date, today: date) -> Iterator[Line]:
    """Yield the yearly fees of land that is let to households; the bamboo grove's of this year was not paid."""
    for (summary, tenant), contract in lines.items():
        for year in range(begins.year, today.year + 1):
            day = date(year, 3, 18)
            is_paid = begins <= day <= today and not (summary == OWED and year == today.year)
            if summary in FEES and is_paid and contract.side is ContractSide.RECEIVE:
                entry = ParsedEntry(
                    row=0, date=day, voucher="", summary=summary, income_fen=FEE_FEN, spending_fen=0, payee=tenant
                )
                yield Line(entry=entry, item="A12", account="501")


class _Register:
    """The clerk proposes on the first day, the head of the supervision committee confirms two days later."""

    def __init__(self, session: Session, staff: Staff, begins: date) -> None:
        self._session, self._staff, self._begins = session, staff, begins
        self._body = staff.body(BodyKind.COLLECTIVE)

    def holding(self, kind: HoldingKind, name: str, content: Content) -> Holding:
        now = at(self._begins, 10)
        edition = propose_holding(
            self._session,
            village=self._staff.village,
            body=self._body,
            kind=kind,
            name=name,
            content={key: value for key, value in content.items() if value is not None},
            valid_from=self._begins,
            by=self._staff.clerk,
            now=now,
        )
        self._confirm(edition, now.date())
        number = str(edition.holding.number)
        give_code(self._session, village=self._staff.village, kind=TargetKind.HOLDING, target=number, now=now)
        return edition.holding

    def lease(
        self, holding: Holding, name: str, tenant: str, term: str, *, way: str
    ) -> dict[tuple[str, str], Contract]:
        """Enter the contract by which something is let; return which lines of the accounts are its rent."""
        first, last = term.split("至")
        starts = date.fromisoformat(f"{first}-01")
        ends = date.fromisoformat(f"{last}-28")
        summary, amount, every = LEASES.get(name, (f"{name}承包款", FEE_FEN, 12))
        due = _first_due(self._begins, every)
        edition = self._contract(
            ContractSide.RECEIVE,
            ContractPaper(
                title=f"{name}出租合同" if name in LEASES else f"{name}承包合同",
                party=tenant,
                starts_on=starts,
                ends_on=ends,
                paper_code=f"租-{starts.year}-{holding.number:02d}",
                method=way,
                terms=Terms(every_months=every, amount_fen=amount, first_due=due, until=ends),
                holding_number=holding.number,
            ),
            self._begins,
        )
        return {(summary, tenant): edition.contract}

    def works(self, cases: CaseBook, today: date) -> dict[tuple[str, str], Contract]:
        """Enter the contract of the road, made by its matter; return which lines of the accounts pay for it."""
        signed = today - timedelta(days=158)
        parts = (
            (125, 68_040, "开工后付"),
            (100, 24_960, "路基完工付"),
            (68, 90_000, "路面完工付"),
            (40, 34_170, "验收后付"),
        )
        schedule = [Instalment(today - timedelta(days=ago), fen(amount), words) for ago, amount, words in parts]
        left = CONTRACT_FEN - sum(one.amount_fen for one in schedule)
        schedule.append(Instalment(today + timedelta(days=120), left, "质保金"))
        paper = ContractPaper(
            title=f"{ROAD}施工合同",
            party=BUILDER,
            signed_on=signed,
            starts_on=signed,
            ends_on=today + timedelta(days=120),
            paper_code=f"工-{signed.year}-01",
            method="交易中心",
            total_fen=CONTRACT_FEN,
            instalments=tuple(schedule),
        )
        edition = self._contract(ContractSide.PAY, paper, signed, matter=ROAD, cases=cases)
        ours = [key for key, title in cases.lines.items() if title == ROAD and key[1] == BUILDER]
        return dict.fromkeys(ours, edition.contract)

    def _contract(
        self,
        side: ContractSide,
        paper: ContractPaper,
        day: date,
        *,
        matter: str = "",
        cases: CaseBook | None = None,
    ) -> ContractEdition:
        now = at(day, 11)
        edition = propose_contract(
            self._session,
            village=self._staff.village,
            body=self._body,
            side=side,
            paper=paper,
            valid_from=day,
            by=self._staff.clerk,
            now=now,
            matter=cases.matters[matter] if cases and matter else None,
        )
        self._confirm(edition, china_day(now))
        return edition

    def _confirm(self, edition: HoldingEdition | ContractEdition, day: date) -> None:
        now = at(day + timedelta(days=2), 10)
        decide_edition(self._session, edition=edition, is_confirmed=True, by=self._staff.head, now=now)


def _first_due(begins: date, every: int) -> date:
    """Return the first day a rent is due in the books: the tenth of a quarter's first month, of March for a year."""
    months = (1, 4, 7, 10) if every == 3 else (3,)
    year, month = begins.year, begins.month
    while month not in months:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, 10)
