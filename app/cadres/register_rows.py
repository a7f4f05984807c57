"""What an imported table means for the registers: each row new, as it is there already, changed, or waiting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from app.cadres.contract_rows import ContractRow, RowUnclear, contract_of
from app.cadres.register_forms import PAPER
from publicity.holdings.actions import (
    ContentRefused,
    TextExposed,
)
from publicity.holdings.contents import fields_of
from publicity.holdings.entering import check_texts_of, kept_content
from publicity.holdings.history import shown_value
from publicity.holdings.models import ContractSide, HoldingKind
from publicity.holdings.papers import ContractPaper, asked_by
from publicity.holdings.queries import (
    DEBTS,
    ContractView,
    HoldingView,
    contracts_of,
    holdings_of,
    last_confirmed,
    waiting_edition,
)
from publicity.holdings.schedules import Instalment, instalments, read_schedule, read_terms
from publicity.postings.cells import Cell
from publicity.postings.readings import CellProblem
from village_lists.amounts import yuan
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.places.models import Body, Place

PLACE_KEYS = {
    HoldingKind.ASSET: "place",
    HoldingKind.RESOURCE: "bounds",
    HoldingKind.RECEIVABLE: "other",
    HoldingKind.PAYABLE: "other",
}
"""What tells two holdings of one name apart."""
TWICE = N_("和前面第 %(row)s 行说的是同一样，请只留一行")
SEVERAL = N_("台账里有几样都叫「%(name)s」，不知道是哪一样，请写上坐落或四至")
Rows = Sequence[Mapping[str, Cell]]


class Standing(StrEnum):
    """How a row stands against what is there: new, the same, changed, or something about it waits already."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    WAITING = "waiting"


@dataclass(frozen=True, kw_only=True)
class Change:
    """A field that a row changes, its name marked: before and after as people read it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Meant:
    """One row understood: how it stands, the number that is there already, and what would be proposed."""

    standing: Standing
    number: int | None
    name: str
    detail: str
    changes: tuple[Change, ...]
    content: Mapping[str, Cell] | None = None
    paper: ContractPaper | None = None

    @property
    def dues(self) -> tuple[Instalment, ...]:
        """Return the instalments that a contract asks for."""
        return asked_by(self.paper) if self.paper else ()

    @property
    def dues_fen(self) -> int:
        """Return what they come to."""
        return sum(one.amount_fen for one in self.dues)


@dataclass(frozen=True, kw_only=True)
class Understood:
    """A whole table understood; while there are problems nothing of it is taken."""

    rows: tuple[Meant, ...]
    problems: tuple[CellProblem, ...]

    def count(self, standing: str) -> int:
        """Return how many rows stand so."""
        return sum(row.standing == standing for row in self.rows)

    @property
    def outcome(self) -> list[list[object]]:
        """Return what was shown, row by row, to be compared when it is taken."""
        return [[row.standing.value, row.number, [one.after for one in row.changes]] for row in self.rows]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an import is of: holdings of a kind, or else contracts of a side, of one body, counting from a day."""

    village: Place
    body: Body
    kind: HoldingKind | None
    side: ContractSide | None
    valid_from: date


def understand(session: Session, asked: Asked, rows: Rows, *, addresses: Rows, on: date) -> Understood:
    """Return what the rows mean against what is there; every problem at its cell (or at the number of its row)."""
    reader = _Holdings(session, asked, asked.kind, on) if asked.kind else _Contracts(session, asked, on)
    found, problems = [], []
    for place, cells in enumerate(rows):
        where = addresses[place] if place < len(addresses) else {}
        try:
            found.append(reader.meant(cells, place))
        except ContentRefused as refused:
            problems += [_problem(where, place, one.key, one.words, one.values) for one in refused.problems]
        except (RowUnclear, TextExposed) as refused:
            problems.append(_problem(where, place, refused.key, refused.words, refused.values))
        except Refusal as refused:
            problems.append(_problem(where, place, "", refused.words, refused.values))
    return Understood(rows=tuple(found) if not problems else (), problems=tuple(problems))


def _problem(where: Mapping[str, Cell], place: int, key: str, words: str, values: Mapping[str, object]) -> CellProblem:
    address = str(where.get(key) or next(iter(where.values()), None) or f"第 {place + 1} 行")
    return CellProblem(address=address, row=place + 1, column=1, words=words, values=values)


class _Holdings:
    """Reads rows of holdings of one kind."""

    def __init__(self, session: Session, asked: Asked, kind: HoldingKind, on: date) -> None:
        self._kind, self._on = kind, on
        self._seen: dict[tuple[str, str], int] = {}
        self._known = holdings_of(
            session, village=asked.village, on=on, kinds=[kind], body=asked.body, with_waiting=True
        )

    def meant(self, cells: Mapping[str, Cell], place: int) -> Meant:
        """Return what a row means; raise Refusal."""
        name, key = str(cells.get("name") or ""), PLACE_KEYS[self._kind]
        own: dict[str, Cell] = {column.key: cells.get(column.key) for column in fields_of(self._kind)}
        where = str(own.get(key) or "")
        if (name, where) in self._seen:
            raise RowUnclear("name", TWICE, row=self._seen[name, where])
        self._seen[name, where] = place + 1
        view = self._found(name, where)
        edition = last_confirmed(view.holding.editions) if view else None
        before = dict(edition.content) if edition else {}
        after = {**before, **{field: value for field, value in own.items() if value is not None}}
        kept_content(self._kind, name, after, on=self._on)
        meant = Meant(
            standing=Standing.NEW,
            number=view.holding.number if view else None,
            name=name,
            detail=where,
            changes=(),
            content=after,
        )
        if view is None:
            return meant
        if waiting_edition(view.holding.editions) is not None:
            return replace(meant, standing=Standing.WAITING)
        changes = tuple(
            Change(
                field=column.name,
                before=shown_value(column, before.get(column.key)),
                after=shown_value(column, after.get(column.key)),
            )
            for column in fields_of(self._kind)
            if before.get(column.key) != after.get(column.key)
        )
        return replace(meant, standing=Standing.CHANGED if changes else Standing.SAME, changes=changes)

    def _found(self, name: str, where: str) -> HoldingView | None:
        """Return what is there of that name and place; where one of the two says no place the name alone counts."""
        key = PLACE_KEYS[self._kind]
        named = [view for view in self._known if view.name == name]
        exact = [view for view in named if _said(view, key) == where]
        loose = [view for view in named if not where or not _said(view, key)]
        found = exact or loose
        if len(found) > 1:
            raise RowUnclear("name", SEVERAL, name=name)
        return found[0] if found else None


def _said(view: HoldingView, key: str) -> str:
    edition = view.edition or view.waiting
    return str(edition.content.get(key) or "") if edition else ""


class _Contracts:
    """Reads rows of contracts of one side."""

    def __init__(self, session: Session, asked: Asked, on: date) -> None:
        self._on = on
        self._seen: dict[tuple[str, str], int] = {}
        self._known = contracts_of(
            session, village=asked.village, on=on, body=asked.body, side=asked.side, with_waiting=True
        )
        there = holdings_of(session, village=asked.village, on=on, body=asked.body)
        self._holdings: dict[str, list[int]] = {}
        for view in there:
            if view.holding.kind not in DEBTS:
                self._holdings.setdefault(view.name, []).append(view.holding.number)

    def meant(self, cells: Mapping[str, Cell], place: int) -> Meant:
        """Return what a row means; raise Refusal."""
        row = contract_of(cells)
        paper = replace(row.paper, holding_number=self._about(row.about))
        key = (paper.paper_code or paper.title, paper.party)
        if key in self._seen:
            raise RowUnclear("paper_code" if paper.paper_code else "party", TWICE, row=self._seen[key])
        self._seen[key] = place + 1
        view = self._found(paper)
        if view is None and not row.has_schedule:
            raise RowUnclear("party", N_("没有写年租金、总价或每期金额，不知道要付多少"))
        former = _paper_of(view) if view else None
        whole = _merged(former, row, paper) if former else paper
        check_texts_of(whole, on=self._on)
        asked_by(whole)
        meant = Meant(
            standing=Standing.NEW,
            number=view.contract.number if view else None,
            name=whole.title,
            detail=whole.party,
            changes=(),
            paper=whole,
        )
        if view is None:
            return meant
        if former is None or waiting_edition(view.contract.editions) is not None:
            return replace(meant, standing=Standing.WAITING)
        changes = tuple(_changes(former, whole))
        return replace(meant, standing=Standing.CHANGED if changes else Standing.SAME, changes=changes)

    def _found(self, paper: ContractPaper) -> ContractView | None:
        """Return what is there: of the same number on the paper and party, else of the same title and party."""
        for view in self._known:
            edition = last_confirmed(view.contract.editions) or view.waiting
            if edition is None or edition.party != paper.party:
                continue
            same = (edition.paper_code, paper.paper_code) if paper.paper_code else (edition.title, paper.title)
            if same[0] == same[1]:
                return view
        return None

    def _about(self, about: str) -> int | None:
        found = self._holdings.get(about, [])
        return found[0] if len(found) == 1 else None


def _paper_of(view: ContractView) -> ContractPaper | None:
    """Return what a contract that is there says, None before it was confirmed."""
    edition = last_confirmed(view.contract.editions)
    if edition is None:
        return None
    made, terms = read_schedule(edition.schedule), read_terms(edition.terms)
    is_made = terms is not None and instalments(terms) == made
    return ContractPaper(
        **{column.key: getattr(edition, column.key) for column in PAPER},
        instalments=() if is_made else made,
        terms=terms if is_made else None,
        holding_number=edition.holding.number if edition.holding else None,
    )


def _merged(former: ContractPaper, row: ContractRow, paper: ContractPaper) -> ContractPaper:
    """Return the former contract with what the row says anew; what it leaves empty, and what was paid, stays."""
    keys = ("title", "party", "signed_on", "starts_on", "ends_on", "paper_code", "method", "total_fen")
    said = {key: value for key in (*keys, "holding_number") if (value := getattr(paper, key)) not in (None, "")}
    if row.has_schedule and asked_by(paper) != asked_by(former):
        said |= {"instalments": paper.instalments, "terms": paper.terms}
    return replace(former, **said)


def _changes(former: ContractPaper, whole: ContractPaper) -> list[Change]:
    found = [
        Change(field=column.name, before=_told(getattr(former, column.key)), after=_told(getattr(whole, column.key)))
        for column in PAPER
        if getattr(former, column.key) != getattr(whole, column.key)
    ]
    if former.holding_number != whole.holding_number:
        numbers = (former.holding_number, whole.holding_number)
        found.append(Change(field=N_("资产或资源的编号"), before=str(numbers[0] or ""), after=str(numbers[1] or "")))
    before, after = asked_by(former), asked_by(whole)
    if before != after:
        sums = [N_("%(count)s 期共 %(fen)s 元") % _summed(made) for made in (before, after)]
        found.append(Change(field=N_("付款安排"), before=sums[0], after=sums[1]))
    return found


def _summed(made: Sequence[Instalment]) -> dict[str, object]:
    return {"count": len(made), "fen": yuan(sum(one.amount_fen for one in made))}


def _told(value: object) -> str:
    return yuan(value) if isinstance(value, int) else str(value) if value else ""
