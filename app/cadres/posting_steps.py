"""Steps beside the order of review: taking back, overrides of the privacy guard, withdrawals of what is published."""

from functools import partial

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.versions import take_step
from app.once import once
from publicity.workflow import actions, overrides, withdrawals


@cadres.post("/desk/<village:village>/versions/<key:key>/take-back")
@open_to(Audience.CLERKS)
@once
def take_back(village: str, key: str) -> Response:
    """The clerk takes back what nobody reviewed yet."""
    return take_step(village, key, actions.take_back, _("已撤回，又是草稿了，可以接着改"))


@cadres.post("/desk/<village:village>/versions/<key:key>/overrides")
@open_to(Audience.CLERKS)
@once
def ask_override(village: str, key: str) -> Response:
    """Ask that what the privacy guard found may be posted all the same, with a reason."""
    deed = partial(
        overrides.ask_override,
        place=request.form.get("place", ""),
        kind=request.form.get("kind", ""),
        reason=request.form.get("reason", ""),
    )
    return take_step(village, key, deed, _("已申请，等另一个人同意"))


@cadres.post("/desk/<village:village>/versions/<key:key>/overrides/<int:number>/agree")
@open_to(Audience.REVIEWERS)
@once
def agree_override(village: str, key: str, number: int) -> Response:
    """Another person agrees to an override."""
    return take_step(village, key, partial(overrides.agree_override, number=number), _("已同意放行这一处"))


@cadres.post("/desk/<village:village>/versions/<key:key>/withdrawal")
@open_to(Audience.CADRES)
@once
def ask_withdrawal(village: str, key: str) -> Response:
    """Ask that what stands published be withdrawn; the reason will be public."""
    deed = partial(withdrawals.ask_withdrawal, reason=request.form.get("reason", ""))
    return take_step(village, key, deed, _("已申请撤下，等另一个人决定"))


@cadres.post("/desk/<village:village>/versions/<key:key>/withdrawal/agree")
@open_to(Audience.REVIEWERS)
@once
def agree_withdrawal(village: str, key: str) -> Response:
    """Another person agrees: it is withdrawn, a tombstone stays."""
    return take_step(village, key, withdrawals.agree_withdrawal, _("已撤下，原因留在公开页面上"))


@cadres.post("/desk/<village:village>/versions/<key:key>/withdrawal/refuse")
@open_to(Audience.REVIEWERS)
@once
def refuse_withdrawal(village: str, key: str) -> Response:
    """Another person says no: it stands as it stood."""
    deed = partial(withdrawals.refuse_withdrawal, note=request.form.get("note", ""))
    return take_step(village, key, deed, _("没有同意撤下，照旧公开"))
