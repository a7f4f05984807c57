"""Matters as pages and open data give them: the list cut into pages, JSON values, rows of CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, request
from flask_babel import gettext as _

from app import clock
from app.database import session
from app.matter_charts import told
from app.residents.places import village_or_404
from app.residents.tables import instant, plain_yuan
from app.words import say
from publicity.ledgers.tied import MatterMoney
from publicity.matters.models import MatterState
from publicity.workflow.matter_pages import (
    MatterLine,
    MatterPage,
    StandsAt,
    matter_lines,
    matter_page,
)
from publicity.workflow.matter_story import DeedLine
from village_lists.markers import N_
from village_lists.places.models import Place

ON_A_PAGE = 50
MOST_WORDS = 40
STATE_WORDS = {
    MatterState.RUNNING: N_("正在办"),
    MatterState.DONE: N_("办完了"),
    MatterState.STOPPED: N_("停办了"),
}


@dataclass(frozen=True, kw_only=True)
class MatterList:
    """A page of the matters that were asked for; `counts` by state of all that the other questions leave.

    `state`, `item` and `question` are what was asked, empty for all; `newer` and `older` are pages, 0 for none.
    """

    lines: tuple[MatterLine, ...]
    count: int
    counts: tuple[tuple[MatterState, int], ...]
    state: str
    item: str
    item_name: str
    question: str
    page: int
    pages: int

    @property
    def newer(self) -> int:
        """Return the page before, or 0."""
        return self.page - 1

    @property
    def older(self) -> int:
        """Return the page after, or 0."""
        return self.page + 1 if self.page < self.pages else 0

    @property
    def groups(self) -> tuple[tuple[MatterState, tuple[MatterLine, ...]], ...]:
        """Return the lines of this page by state, in the order in which they stand."""
        states = dict.fromkeys(line.state for line in self.lines)
        return tuple((state, tuple(line for line in self.lines if line.state is state)) for state in states)


def asked_matters(village: Place) -> MatterList:
    """Return the page of matters that the address asks for: `state`, `item`, `q`, `page`; all else is ignored."""
    item = request.args.get("item", "")[:MOST_WORDS]
    question = " ".join(request.args.get("q", "")[:MOST_WORDS].split())
    found = matter_lines(session(), village=village, on=clock.today(), item_code=item or None, question=question)
    state = next((one for one in MatterState if one.value == request.args.get("state")), None)
    chosen = [line for line in found if state is None or line.state is state]
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return MatterList(
        lines=tuple(chosen[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]),
        count=len(chosen),
        counts=tuple((one, sum(line.state is one for line in found)) for one in MatterState),
        state=state.value if state else "",
        item=item,
        item_name=next((line.item_name for line in found), item) if item else "",
        question=question,
        page=page,
        pages=pages,
    )


def opened_matter(village: str, number: int) -> tuple[Place, MatterPage]:
    """Return the village and its matter as it stands today; 404 where there is none."""
    place = village_or_404(village)
    return place, matter_page(session(), village=place, number=number, on=clock.today()) or abort(404)


def line_content(line: MatterLine) -> dict[str, object]:
    """Return a matter of a list as JSON values, amounts in fen."""
    return {
        "number": line.number,
        "code": line.code,
        "title": line.title,
        "item": line.item_code,
        "item_name": line.item_name,
        "body": line.body_kind,
        "body_name": line.body_name,
        "state": line.state.value,
        "opened_on": line.opened_on.isoformat(),
        "closed_on": _iso(line.closed_on),
        "now": [_step_content(one) for one in line.now],
        "findings": [told(words, values) for words, values in line.findings],
        **_money_content(line.money),
    }


def page_content(village: Place, page: MatterPage) -> dict[str, object]:
    """Return one matter with its whole story as JSON values, masked as the page is."""
    return {
        "village": village.code,
        "village_name": village.name,
        **line_content(page.line),
        "funding": page.funding,
        "procedure": page.procedure,
        "list": page.version,
        "list_version": page.version_number,
        "is_sample": page.is_sample,
        "code_on_paper": page.short_code,
        "deeds": [_deed_content(deed) for one in page.story for deed in one.deeds],
        "visits": [
            {
                "step": visit.path,
                "title": visit.node.title,
                "round": visit.round,
                "state": visit.state.value,
                "since": visit.since.isoformat(),
                "due": _iso(visit.due),
                "done_on": _iso(visit.done_on),
                "exit": visit.exit,
            }
            for visit in page.course.visits
        ],
        "postings_due": [
            {"step": one.path, "what": one.what, "where": one.where, "due": one.due.isoformat()} for one in page.duties
        ],
        "contracts": [
            {
                "number": one.number,
                "title": one.title,
                "party": one.party,
                "total_fen": one.total_fen,
                "paid_fen": one.paid_fen,
                "signed_on": _iso(one.signed_on),
            }
            for one in page.contracts
        ],
        "holdings": [{"number": one.number, "name": one.name, "deed": one.deed} for one in page.holdings],
        "records": [card.number for _step, card in page.records],
        "lines": [
            {
                "record": one.record,
                "period": str(one.period),
                "body": one.body_kind,
                "line": one.line,
                "date": one.day.isoformat(),
                "voucher": one.voucher,
                "summary": one.summary,
                "payee": one.payee,
                "fen": one.fen,
                "is_income": one.is_income,
                "is_back": one.is_back,
                "step": one.step,
            }
            for one in page.line.money.lines
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _step_content(one: StandsAt) -> dict[str, object]:
    return {
        "step": one.path,
        "number": one.number,
        "title": one.title,
        "inside": list(one.inside),
        "round": one.round,
        "since": one.since.isoformat(),
        "due": _iso(one.due),
        "days_late": one.days_late,
    }


def _money_content(money: MatterMoney) -> dict[str, object]:
    return {
        "budget_fen": money.budget_fen,
        "contracts_fen": money.contracts_fen,
        "changes_fen": money.changes_fen,
        "ended_fen": money.ended_fen,
        "paid_fen": money.paid_fen,
        "paid_posted_fen": money.paid.posted_fen,
        "paid_before_fen": money.paid.before_fen,
        "paid_back_fen": money.paid.back_fen,
        "received_fen": money.received_fen,
        "left_fen": money.left_fen,
    }


def _deed_content(deed: DeedLine) -> dict[str, object]:
    meeting = deed.meeting
    return {
        "sequence": deed.sequence,
        "deed": deed.deed.value if deed.deed else "opened",
        "on": deed.on.isoformat(),
        "entered_at": instant(deed.at),
        "by": deed.name,
        "post": say(deed.post),
        "step": deed.path,
        "words": told(deed.words, deed.values),
        "note": deed.note,
        "checked_by": deed.checked_by,
        "is_taken_back": deed.is_taken_back,
        "meeting": {
            "due": meeting.due,
            "present": meeting.present,
            "in_favour": meeting.in_favour,
            "passes": meeting.passes,
            "sums": [told(words, values) for words, values, _is_enough in meeting.sums],
        }
        if meeting
        else None,
        "documents": [{"key": one.key if one.is_shown else None, "name": one.name} for one in deed.papers],
        "findings": [told(words, values) for words, values in deed.findings],
    }


def csv_header() -> list[str]:
    """Return the head of the table of matters."""
    return [
        _("编号"), _("事项代码"), _("名称"), _("清单编号"), _("清单事项"), _("单位"), _("状态"), _("立项"), _("结束"),
        _("正在办的步骤"), _("到期"), _("预算（元）"), _("已付（元）"), _("和清单不一样的地方"),
    ]  # fmt: skip


def csv_row(line: MatterLine) -> Sequence[object]:
    """Return a matter as a row of CSV, amounts in yuan without commas."""
    dues = [one.due.isoformat() for one in line.now if one.due]
    return [
        line.number,
        line.code,
        line.title,
        line.item_code,
        line.item_name,
        line.body_name,
        say(STATE_WORDS[line.state]),
        line.opened_on.isoformat(),
        _iso(line.closed_on) or "",
        _("、").join(one.title for one in line.now),
        min(dues, default=""),
        plain_yuan(line.budget_fen) if line.budget_fen is not None else "",
        plain_yuan(line.money.paid_fen),
        len(line.findings),
    ]
