"""Where a month's closing balance lies: cash box and bank accounts, typed beside the draft."""

from datetime import datetime

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.versions import take_step
from app.once import once
from publicity.ledgers.amounts import fen_of_text
from publicity.ledgers.funds import MOST, Fund, set_funds
from publicity.ledgers.models import FundKind
from publicity.ledgers.problems import Unreadable
from publicity.records.models import Version
from publicity.workflow.actions import Seen
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.people.models import Person


@cadres.post("/desk/<village:village>/versions/<key:key>/funds")
@open_to(Audience.CLERKS)
@once
def keep_funds(village: str, key: str) -> Response:
    """Keep how much lies in the cash box and in each bank account."""
    return take_step(village, key, _keep, _("已保存"))


def _keep(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> None:
    set_funds(session, version=version, funds=_typed(), revision=seen.revision, by=by, now=now)


def _typed() -> list[Fund]:
    """Return the rows of the form in which an amount stands; raise Refusal for what is no amount."""
    found = []
    for row in range(1, MOST + 1):
        written = request.form.get(f"amount-{row}", "").strip()
        if not written:
            continue
        try:
            fen = fen_of_text(written)
        except Unreadable:
            fen = None
        if fen is None:
            raise Refusal(N_("“%(found)s”不是金额，请填元，例如 48600，或者 4.86万"), found=written)
        kind = FundKind.CASH if request.form.get(f"kind-{row}") == "cash" else FundKind.BANK
        found.append(Fund(kind=kind, name=request.form.get(f"name-{row}", ""), closing_fen=fen))
    return found
