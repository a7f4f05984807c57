"""The months after a corrected one: redone with one press, sent to review with another."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.versions import take_step
from app.once import once
from publicity.ledgers.carrying import redo_following
from publicity.records.models import Version
from publicity.workflow.actions import Seen, still
from publicity.workflow.together import submit_together
from village_lists.people.models import Person


@cadres.post("/desk/<village:village>/versions/<key:key>/following")
@open_to(Audience.CLERKS)
@once
def redo_months(village: str, key: str) -> Response:
    """Make the corrections of all later months that this one moves, as drafts."""
    return take_step(village, key, _redo, _("后面月份的更正已备好，可以一起提交审核"))


@cadres.post("/desk/<village:village>/versions/<key:key>/following/submit")
@open_to(Audience.CLERKS)
@once
def submit_months(village: str, key: str) -> Response:
    """Send this month and all that follow from it to review."""
    return take_step(village, key, submit_together, _("已一起提交，等待审核"))


def _redo(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> None:
    still(version, seen)
    redo_following(session, version=version, by=by, now=now)
