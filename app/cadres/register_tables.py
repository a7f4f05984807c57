"""The registers as tables: the columns that an import reads, that its template has, and that the desk's CSV writes."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from app.cadres.register_forms import EVERY, NAME
from app.register_pages import Book
from publicity.categories.contents import CategoryContent, Column, ColumnKind, Mask, Sheet
from publicity.categories.models import Affairs
from publicity.holdings.contents import fields_of
from publicity.holdings.models import ContractSide, HoldingKind
from publicity.holdings.queries import ContractView
from publicity.holdings.schedules import instalments, read_schedule, read_terms
from publicity.postings.cells import Cell, write_cell
from publicity.postings.workbooks import header_of
from village_lists.amounts import yuan
from village_lists.markers import N_
from village_lists.periods import Cadence

TITLES = {
    HoldingKind.ASSET: N_("资产台账"),
    HoldingKind.RESOURCE: N_("资源台账"),
    HoldingKind.RECEIVABLE: N_("债权台账"),
    HoldingKind.PAYABLE: N_("债务台账"),
}
CONTRACTS = {ContractSide.RECEIVE: N_("收款合同台账"), ContractSide.PAY: N_("付款合同台账")}
PAID = {ContractSide.RECEIVE: "已收", ContractSide.PAY: "已付"}
"""What was received or paid before the accounts of Mingbai began."""


def holding_table(kind: HoldingKind) -> CategoryContent:
    """Return the columns of a kind: its name and its fields, as workbooks write them."""
    return _table(TITLES[kind], (NAME, *fields_of(kind)))


def contract_table(side: ContractSide) -> CategoryContent:
    """Return the columns of contracts; amounts by year, in all, by instalment, or every instalment by itself."""
    money = ColumnKind.MONEY
    return _table(
        CONTRACTS[side],
        (
            Column(key="paper_code", name="合同编号", is_identifying=True),
            Column(key="title", name="合同名称", hint="空着就照标的写"),
            Column(key="party", name="对方", kind=ColumnKind.PARTY, web_mask=Mask.NAME, is_required=True),
            Column(key="about", name="标的", hint="和资产、资源台账里的名称一样，就连上那一样"),
            Column(key="signed_on", name="签订日期", kind=ColumnKind.DATE),
            Column(key="starts_on", name="开始日期", kind=ColumnKind.DATE),
            Column(key="ends_on", name="结束日期", kind=ColumnKind.DATE),
            Column(key="term", name="起止日期", hint="起止写在一栏里时用，如 2024-01-01 至 2028-12-31"),
            Column(key="yearly", name="年租金", kind=money, unit="元"),
            Column(key="total", name="总价", kind=money, unit="元"),
            Column(key="way", name="付款方式", hint="按年、按半年、按季、按月、一次"),
            Column(key="each", name="每期金额", kind=money, unit="元"),
            Column(key="first_due", name="首次付款日", kind=ColumnKind.DATE, hint="空着就是开始日期"),
            Column(key="count", name="期数", kind=ColumnKind.COUNT),
            Column(key="rise", name="每年递增", kind=ColumnKind.NUMBER, unit="%"),
            Column(
                key="schedule",
                name="付款安排",
                kind=ColumnKind.PROSE,
                hint="各期不一样时用，如 2024-01-15 9000.00 第一期；2024-07-15 8000.00",
            ),
            Column(key="paid", name=PAID[side], kind=money, unit="元", hint="在这里记账以前的"),
            Column(key="method", name="交易方式", hint="交易中心、村内公开"),
        ),
    )


def _table(name: str, columns: tuple[Column, ...]) -> CategoryContent:
    return CategoryContent(
        name=name, affairs=Affairs.FINANCE, sheet=Sheet.TABLE, cadence=Cadence.EVENT, columns=columns
    )


def holding_csv(kind: HoldingKind, book: Book, body: str) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of the holdings of a kind that are there; of one body where its kind is named."""
    columns = holding_table(kind).columns
    lines = [one for one in book.holdings if one.kind is kind and one.is_there and body in ("", one.body_kind)]
    rows = [_written(columns, {"name": line.name, **line.content}) for line in lines]
    return [header_of(column) for column in columns], rows


def contract_csv(side: ContractSide, views: Iterable[ContractView], body: str) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of the contracts of a side that are in force or over; read back they say the same."""
    columns = contract_table(side).columns
    wanted = (view for view in views if view.contract.side is side and body in ("", view.contract.body.kind.value))
    return [header_of(column) for column in columns], [_written(columns, contract_cells(view)) for view in wanted]


def contract_cells(view: ContractView) -> dict[str, object]:
    """Return a contract by the keys of its table: the terms where they give its instalments, else each of these."""
    edition = view.edition
    if edition is None:
        return {}
    days = {key: getattr(edition, key) for key in ("signed_on", "starts_on", "ends_on")}
    cells: dict[str, object] = {
        "paper_code": edition.paper_code,
        "title": edition.title,
        "party": edition.party,
        "about": edition.holding.editions[-1].name if edition.holding else None,
        **{key: day.isoformat() for key, day in days.items() if day},
        "total": edition.total_fen,
        "paid": edition.paid_before_fen or None,
        "method": edition.method,
    }
    made, terms = read_schedule(edition.schedule), read_terms(edition.terms)
    if made and terms is not None and terms.every_months in EVERY and instalments(terms) == made:
        return cells | {
            "way": EVERY[terms.every_months],
            "each": terms.amount_fen,
            "first_due": terms.first_due.isoformat(),
            "count": len(made),
            "rise": f"{(Decimal(terms.rise_permille) / 10).normalize():f}" if terms.rise_permille else None,
        }
    each = (f"{one.due_on.isoformat()} {yuan(one.amount_fen).replace(',', '')} {one.words}".strip() for one in made)
    return cells | {"schedule": "；".join(each) or None}


def _written(columns: Iterable[Column], cells: Mapping[str, object]) -> list[str]:
    return [write_cell(column, _cell(cells.get(column.key))) for column in columns]


def _cell(value: object) -> Cell:
    return value if isinstance(value, int | str) else None
