"""The forms of the registers: fields of a holding by its kind, fields of a contract with its instalments."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from flask import abort, request

from app import clock
from app.addresses import row_number
from app.cadres.posting_forms import Card, Field
from app.database import session
from app.words import say
from publicity.categories.contents import CategoryContent, Column, ColumnKind, Mask, Sheet
from publicity.categories.models import Affairs
from publicity.holdings.actions import ContentRefused, TextExposed
from publicity.holdings.contents import fields_of
from publicity.holdings.models import ContractEdition, HoldingEdition, HoldingKind
from publicity.holdings.papers import ContractPaper
from publicity.holdings.schedules import Instalment, Terms, instalments, read_schedule, read_terms
from publicity.matters.models import Matter
from publicity.matters.queries import matter_by_number
from publicity.postings.cells import Cell
from publicity.postings.typed import TypedReading, field_name, read_typed, typed_of
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.periods import Cadence
from village_lists.places.models import Body, Place

NAME = Column(key="name", name=N_("名称"), is_required=True, is_identifying=True)
SINCE = Column(key="valid_from", name=N_("从哪一天起"), kind=ColumnKind.DATE, hint=N_("不写就是今天"))
REASON = Column(key="why", name=N_("为什么改"), is_required=True, hint=N_("原因会一起公开，不要写个人的号码"))
EVERY = {0: "只付一次", 1: "按月", 3: "按季", 6: "按半年", 12: "按年"}
MONTHS = {words: months for months, words in EVERY.items()}
PAPER = (
    Column(key="title", name=N_("合同名称"), is_required=True, hint=N_("如：村口店面租赁合同")),
    Column(key="party", name=N_("合同对方"), kind=ColumnKind.PARTY, web_mask=Mask.NAME, is_required=True),
    Column(key="paper_code", name=N_("合同编号"), hint=N_("写在纸面合同上的编号")),
    Column(key="signed_on", name=N_("签订日期"), kind=ColumnKind.DATE),
    Column(key="starts_on", name=N_("第一天"), kind=ColumnKind.DATE),
    Column(key="ends_on", name=N_("最后一天"), kind=ColumnKind.DATE),
    Column(key="method", name=N_("交易方式"), hint=N_("如：交易中心、村内公开")),
    Column(key="total_fen", name=N_("合同总价"), kind=ColumnKind.MONEY, unit="元"),
    Column(
        key="paid_before_fen",
        name=N_("以前已付"),
        kind=ColumnKind.MONEY,
        unit="元",
        hint=N_("在这里记账以前已经收到或付出的；以后的从账目里自动算"),
    ),
)
TERMS = (
    Column(key="every", name=N_("多久付一次"), kind=ColumnKind.CHOICE, choices=tuple(EVERY.values())),
    Column(key="each", name=N_("每期金额"), kind=ColumnKind.MONEY, unit="元"),
    Column(key="first_due", name=N_("第一次付款日"), kind=ColumnKind.DATE),
    Column(key="count", name=N_("一共几期"), kind=ColumnKind.COUNT, hint=N_("不写就付到合同的最后一天")),
    Column(key="rise", name=N_("每年递增"), kind=ColumnKind.NUMBER, unit="%"),
)
ROWS = (
    Column(key="due_on", name=N_("付款日"), kind=ColumnKind.DATE, is_required=True),
    Column(key="amount", name=N_("金额"), kind=ColumnKind.MONEY, unit="元", is_required=True),
    Column(key="words", name=N_("说明")),
)
CHOSEN = ("body", "side", "matter", "holding", "kind")
SPARE, MORE, FEWEST = 2, 6, 4


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form as it is shown: its fields and rows, what was chosen in its lists, what is wrong with the whole."""

    fields: tuple[Field, ...]
    cards: tuple[Card, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def has_rows(self) -> bool:
        """Say whether anything stands in its rows."""
        return any(one.text for card in self.cards for one in card.fields)

    def part(self, columns: tuple[Column, ...]) -> tuple[Field, ...]:
        """Return the fields of some of its columns."""
        wanted = {column.key for column in columns}
        return tuple(one for one in self.fields if one.column.key in wanted)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What was sent: the reading, and what is wrong by the name of a field."""

    content: CategoryContent
    reading: TypedReading
    wrong: Mapping[str, str]
    problem: str = ""

    def refused(self, refusal: Refusal) -> "Sent":
        """Return it with what the domain refused, beside its field where it names one."""
        words = say(refusal.words, refusal.values)
        known = {column.key for column in self.content.fields}
        if isinstance(refusal, ContentRefused):
            found = {field_name(None, one.key): say(one.words, one.values) for one in refusal.problems}
            return replace(self, wrong={**self.wrong, **found})
        if isinstance(refusal, TextExposed):
            # Debts have a field of this key themselves: of what they came about.
            key = REASON.key if refusal.key == "reason" and "reason" not in known else refusal.key
            if key in known:
                return replace(self, wrong={**self.wrong, field_name(None, key): words})
        return replace(self, problem=words)

    @property
    def form(self) -> Form:
        """Return the form again with everything that was typed."""
        is_more = wants_more()
        count = len(self.reading.rows) + (MORE if is_more else SPARE)
        wrong = {} if is_more else self.wrong
        return _form(self.content, self.reading.typed, wrong, count, _sent_choices(), self.problem)

    def day(self, key: str) -> date | None:
        """Return a day that was typed, None for none."""
        return _day(self.reading.head.get(key))

    def text(self, key: str) -> str:
        """Return a text that was typed, "" for none."""
        return str(self.reading.head.get(key) or "")


def holding_content(kind: HoldingKind, *, is_change: bool = False) -> CategoryContent:
    """Return the form of a kind of holding; a change asks for its reason."""
    further = (SINCE, REASON) if is_change else (SINCE,)
    return _content((NAME, *fields_of(kind), *further), ())


def contract_content(*, is_change: bool = False) -> CategoryContent:
    """Return the form of a contract with the rows of its instalments; a change asks for its reason."""
    return _content((*PAPER, *TERMS, *((SINCE, REASON) if is_change else ())), ROWS)


def ending_content() -> CategoryContent:
    """Return the form that ends something: from which day on, and why."""
    return _content((replace(SINCE, is_required=True, hint=""), REASON), ())


def _content(fields: tuple[Column, ...], columns: tuple[Column, ...]) -> CategoryContent:
    return CategoryContent(
        name="", affairs=Affairs.FINANCE, sheet=Sheet.TABLE, cadence=Cadence.EVENT, fields=fields, columns=columns
    )


def empty_form(content: CategoryContent, *, chosen: Mapping[str, str] | None = None) -> Form:
    """Return the form with nothing in it but what is chosen."""
    return _form(content, {}, {}, FEWEST, chosen or {}, "")


def holding_form(edition: HoldingEdition, content: CategoryContent) -> Form:
    """Return the form of a change, filled with what the register says now."""
    head: dict[str, Cell] = {"name": edition.name, **edition.content}
    return _form(content, typed_of(content, head, []), {}, 0, {}, "")


def contract_form(edition: ContractEdition, content: CategoryContent) -> Form:
    """Return the form of a change, filled with what the contract says now: its terms, or else its instalments."""
    head: dict[str, Cell] = {
        column.key: _kept(getattr(edition, column.key)) for column in PAPER if getattr(edition, column.key) is not None
    }
    made, terms = read_schedule(edition.schedule), read_terms(edition.terms)
    rows: list[dict[str, Cell]] = []
    if terms is not None and terms.every_months in EVERY and instalments(terms) == made:
        head |= written_terms(terms)
    else:
        rows = [{"due_on": one.due_on.isoformat(), "amount": one.amount_fen, "words": one.words} for one in made]
    chosen = {"holding": str(edition.holding.number) if edition.holding else ""}
    return _form(content, typed_of(content, head, rows), {}, len(rows) + SPARE, chosen, "")


def written_terms(terms: Terms) -> dict[str, Cell]:
    """Return terms as the cells of their fields."""
    rise = Decimal(terms.rise_permille) / 10
    return {
        "every": EVERY[terms.every_months],
        "each": terms.amount_fen,
        "first_due": terms.first_due.isoformat(),
        "count": terms.count,
        "rise": f"{rise.normalize():f}" if rise else None,
    }


def sent_fields(content: CategoryContent) -> Sent:
    """Read what was sent; what is required and empty is wrong too."""
    reading = read_typed(content, request.form.to_dict())
    wrong = {one.field: say(one.words, one.values) for one in reading.problems}
    for line, columns, cells in (
        (None, content.fields, reading.head),
        *((number, content.columns, row) for number, row in enumerate(reading.rows, start=1)),
    ):
        for column in columns:
            name = field_name(line, column.key)
            if column.is_required and cells.get(column.key) is None and name not in wrong:
                wrong[name] = say(N_("请填写「%(name)s」"), {"name": say(column.name)})
    return Sent(content=content, reading=reading, wrong=wrong)


def sent_paper(sent: Sent) -> ContractPaper:
    """Return the contract that was typed; raise Refusal for terms that do not go together."""
    head = sent.reading.head
    return ContractPaper(
        title=sent.text("title"),
        party=sent.text("party"),
        paper_code=sent.text("paper_code"),
        method=sent.text("method"),
        signed_on=sent.day("signed_on"),
        starts_on=sent.day("starts_on"),
        ends_on=sent.day("ends_on"),
        total_fen=_fen(head.get("total_fen")),
        paid_before_fen=_fen(head.get("paid_before_fen")) or 0,
        instalments=tuple(
            Instalment(
                due_on=date.fromisoformat(str(row["due_on"])),
                amount_fen=_fen(row["amount"]) or 0,
                words=str(row.get("words") or ""),
            )
            for row in sent.reading.rows
        ),
        terms=sent_terms(head) if not sent.reading.rows else None,
        holding_number=_number("holding"),
    )


def sent_terms(head: Mapping[str, Cell]) -> Terms | None:
    """Return the terms that were typed, None for none at all; raise Refusal where half of them is missing."""
    each, every, first = _fen(head.get("each")), head.get("every"), _day(head.get("first_due"))
    if each is None and every is None and first is None:
        return None
    if each is None or every is None:
        raise Refusal(N_("请写明多久付一次和每期金额，或者在下面一期一期写"))
    first = first or _day(head.get("starts_on"))
    if first is None:
        raise Refusal(N_("请写第一次付款日，或者写合同的第一天"))
    months, count = MONTHS[str(every)], head.get("count")
    until = None if count is not None or months == 0 else _day(head.get("ends_on"))
    rise = Decimal(str(head.get("rise") or "0")) * 10
    if rise != rise.to_integral_value():
        raise Refusal(N_("每年递增最多写一位小数"))
    return Terms(
        every_months=months,
        amount_fen=each,
        first_due=first,
        count=int(count) if count is not None and months else None,
        until=until,
        rise_permille=int(rise),
    )


def sent_body(village: Place) -> Body:
    """Return the body that was chosen, or answer 404."""
    wanted = request.form.get("body", "")
    return next((body for body in village.bodies if body.kind == wanted), None) or abort(404)


def sent_matter(village: Place) -> Matter | None:
    """Return the matter that was chosen, None for none; raise Refusal for a number that no matter has."""
    number = _number("matter")
    if number is None:
        return None
    found = matter_by_number(session(), village=village, number=number)
    if found is None:
        raise Refusal(N_("没有编号 %(number)s 的事项"), number=number)
    return found


def _number(name: str) -> int | None:
    text = request.form.get(name, "").strip()
    if not text:
        return None
    try:
        return row_number(text)
    except ValueError as wrong:
        raise Refusal(N_("「%(text)s」不是编号"), text=text[:20]) from wrong


def _sent_choices() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in CHOSEN}


def _form(
    content: CategoryContent,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
    count: int,
    chosen: Mapping[str, str],
    problem: str,
) -> Form:
    rows = range(1, count + 1) if content.columns else ()
    return Form(
        fields=_fields(content.fields, None, typed, wrong),
        cards=tuple(Card(line=row, number=row, fields=_fields(content.columns, row, typed, wrong)) for row in rows),
        chosen={name: chosen.get(name, "") for name in CHOSEN},
        problem=problem,
    )


def _fields(
    columns: tuple[Column, ...], line: int | None, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=(name := field_name(line, column.key)),
            column=replace(column, name=say(column.name), hint=say(column.hint)),
            text=typed.get(name, ""),
            problem=wrong.get(name, ""),
        )
        for column in columns
    )


def _kept(value: object) -> Cell:
    return value.isoformat() if isinstance(value, date) else value if isinstance(value, int) else str(value) or None


def _fen(value: Cell) -> int | None:
    return value if isinstance(value, int) else None


def _day(value: Cell) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def wants_more() -> bool:
    """Say whether the form was sent for further rows only."""
    return request.form.get("do") == "more"


def today_unless(day: date | None) -> date:
    """Return the day, or today where none was typed."""
    return day or clock.today()
