"""An upload as the clerk sees it: what was read, which months may be taken over, which column means what."""

import re
import tempfile
from collections.abc import Mapping as Document
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sqlalchemy.orm import Session

from publicity.ledgers.actions import draft_ledger, remember_columns
from publicity.ledgers.mapping import ROLES, Mapping, SheetMapping
from publicity.ledgers.models import Upload
from publicity.ledgers.parse import Expected, parse_workbook
from publicity.ledgers.parsed import ParsedLedger, ParsedWorkbook
from publicity.ledgers.problems import Problem
from publicity.ledgers.queries import column_choices, published_ledger, unfinished_ledger
from publicity.records.models import State, Version
from village_lists.errors import Refusal
from village_lists.exchange.sheets import Workbook, read_workbook
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.periods import Period, PeriodUnreadable
from village_lists.places.models import Place

AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,2})?")
LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month that was read: its ledger, its problems, and whether it may be taken over.

    `standing` is new, draft, review, published or unknown (no period could be read).
    """

    ledger: ParsedLedger
    problems: tuple[Problem, ...]
    standing: str

    @property
    def may_be_drafted(self) -> bool:
        """Whether the month can become a draft (a correction where it stands published)."""
        return not self.problems and self.standing in {"new", "draft", "published"}


@dataclass(frozen=True, kw_only=True)
class Look:
    """Everything that the page of an upload shows."""

    months: tuple[Month, ...]
    problems: tuple[Problem, ...]
    parsed: ParsedWorkbook
    headers: tuple[SheetMapping, ...]
    needs_reason: bool
    is_remembered: bool
    roles: Document[str, str]


def look_at(session: Session, *, upload: Upload, village: Place) -> Look:
    """Read the upload with the columns that this village confirmed before; raise Refusal for an unreadable file."""
    workbook = _workbook(upload)
    parsed = _parsed(session, workbook, upload, village)
    months = tuple(_month(session, upload, ledger, parsed) for ledger in parsed.ledgers)
    placed = {problem for month in months for problem in month.problems}
    remembered = column_choices(session, village=village)
    return Look(
        months=months,
        problems=tuple(problem for problem in parsed.problems if problem not in placed),
        parsed=parsed,
        headers=parsed.mappings.sheets,
        needs_reason=any(month.standing == "published" for month in months),
        is_remembered=bool(upload.mapping) or all(one.signature in remembered for one in parsed.mappings.sheets),
        roles=ROLES,
    )


def _workbook(upload: Upload) -> Workbook:
    if len(upload.content) > LARGEST:
        raise Refusal(N_("文件太大，请不要超过 10 MB"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book"
        path.write_bytes(upload.content)
        return read_workbook(path, name=upload.name)


def _parsed(session: Session, workbook: Workbook, upload: Upload, village: Place) -> ParsedWorkbook:
    expected = Expected(village_name=village.name, body=upload.body.kind.value)
    first = parse_workbook(workbook, expected=expected, name=upload.name)
    chosen = Mapping.from_json(upload.mapping).sheets if upload.mapping else ()
    remembered = column_choices(session, village=village)
    wanted = [_placed(one, remembered[one.signature]) for one in first.mappings.sheets if one.signature in remembered]
    mapping = Mapping(tuple(chosen) or tuple(wanted))
    return parse_workbook(workbook, mapping=mapping, expected=expected, name=upload.name) if mapping.sheets else first


def _placed(found: SheetMapping, remembered: Document[str, object]) -> SheetMapping:
    """Return the remembered meaning of a header at the place where this workbook has it."""
    document = {
        **remembered,
        "sheet": found.sheet,
        "header_row": found.header_row,
        "header_top": found.header_top,
        "signature": found.signature,
    }
    return Mapping.from_json({"sheets": [document]}).sheets[0]


def _month(session: Session, upload: Upload, ledger: ParsedLedger, parsed: ParsedWorkbook) -> Month:
    problems = tuple(problem for problem in parsed.problems if problem.sheet == ledger.sheet)
    return Month(ledger=ledger, problems=problems, standing=_standing(session, upload, ledger))


def _standing(session: Session, upload: Upload, ledger: ParsedLedger) -> str:
    try:
        period = Period.parse(ledger.period or "")
    except PeriodUnreadable:
        return "unknown"
    unfinished = unfinished_ledger(session, body=upload.body, period=period)
    if unfinished is not None:
        return "draft" if unfinished.version.state == State.DRAFT else "review"
    return "published" if published_ledger(session, body=upload.body, period=period) else "new"


def confirm_columns(
    session: Session, *, upload: Upload, village: Place, choices: Document[str, str], now: datetime
) -> None:
    """Remember the roles that the clerk chose: `choices` maps "0-1-C" (header, block, column) to a role.

    Raise Refusal where a choice names no such column or role; nothing is remembered then.
    """
    found = _parsed(session, _workbook(upload), upload, village).mappings.as_json()
    for name, role in choices.items():
        place = re.fullmatch(r"(\d+)-(\d+)-([A-Z]{1,3})", name)
        if place is None:
            continue
        try:
            block = found["sheets"][int(place[1])]["blocks"][int(place[2])]
        except IndexError as wrong:
            raise Refusal(N_("这份账本里没有这一列，请刷新后再选")) from wrong
        block["columns"][place[3]] = role
    mapping = Mapping.from_json(found)
    upload.mapping = mapping.as_json()
    for one, document in zip(mapping.sheets, mapping.as_json()["sheets"], strict=True):
        remember_columns(
            session, village=village, signature=one.signature[:64], mapping=document, header=one.sheet, now=now
        )
    session.flush()


def draft_sheets(
    session: Session,
    *,
    upload: Upload,
    village: Place,
    periods: list[str],
    reason: str,
    by: Person,
    now: datetime,
) -> list[Version]:
    """Make drafts of the chosen months, all or none; raise Refusal where one of them has problems."""
    look = look_at(session, upload=upload, village=village)
    wanted = [month for month in look.months if month.ledger.period in periods]
    if not wanted:
        raise Refusal(N_("请至少选择一个月份"))
    for month in wanted:
        if not month.may_be_drafted:
            raise Refusal(N_("%(period)s的账目还有问题没有改好"), period=month.ledger.period)
    remember = {one.signature: one for one in look.headers}
    for signature, document in zip(remember, Mapping(tuple(remember.values())).as_json()["sheets"], strict=True):
        remember_columns(
            session, village=village, signature=signature[:64], mapping=document, header=document["sheet"], now=now
        )
    sent_by = session.get_one(Person, upload.by_id)
    return [
        draft_ledger(
            session,
            body=upload.body,
            parsed=month.ledger,
            source=upload.name,
            by=by,
            now=now,
            reason=reason,
            sent_by=sent_by,
        )
        for month in wanted
    ]


def starting_amount(text: str) -> int:
    """Return a typed amount (186420.35, 186,420.35) in fen; raise Refusal for anything else."""
    plain = text.strip().replace(",", "").replace("，", "").lstrip("¥￥")
    try:
        if not AMOUNT.fullmatch(plain):
            raise InvalidOperation
        return int(Decimal(plain) * 100)
    except InvalidOperation as wrong:
        raise Refusal(N_("“%(found)s”不是金额，请填写数字，例如 186420.35"), found=text.strip()) from wrong
