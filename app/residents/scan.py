"""What a printed code means: scanned, or typed from the board."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import Audience, open_to
from app.database import session
from app.residents.blueprint import residents
from app.residents.places import village_or_404
from publicity.codes.models import TargetKind
from publicity.codes.queries import Target, target_of
from publicity.codes.shortcode import is_valid, normalise
from publicity.workflow.public_records import public_record

Answer = Response | tuple[str, int] | str


@residents.get("/q/")
@open_to(Audience.EVERYONE)
def type_code() -> Answer:
    """Show the field for a code from the board, or follow the code that was typed."""
    typed = request.args.get("code", "").strip()[:40]
    return follow_code(typed) if typed else render_template("residents/type_code.html", typed="", problem="")


@residents.get("/q/<string:code>")
@open_to(Audience.EVERYONE)
def follow_code(code: str) -> Answer:
    """Lead to what the code means; explain where it means nothing."""
    target = target_of(session(), code=code[:40])
    address = _address(target) if target else None
    if address is not None:
        return redirect(address, 303)
    problem = "unknown" if is_valid(normalise(code)) else "misread"
    return render_template("residents/type_code.html", typed=code[:40], problem=problem), 404


def _address(target: Target) -> str | None:
    """Return where the target is read; None where nothing of it is public."""
    if target.kind == TargetKind.VILLAGE:
        return url_for(".show_village", village=target.village)
    if target.kind == TargetKind.POWER:
        return url_for(".show_power", village=target.village, code=target.target)
    if target.kind in {TargetKind.MATTER, TargetKind.HOLDING}:
        return _numbered_address(target)
    record = public_record(session(), village=village_or_404(target.village), number=int(target.target))
    if record is None:
        return None
    if record.card.is_accounts and not record.card.is_withdrawn:
        return url_for(".show_ledger", village=target.village, period=record.card.span, body=record.card.body_kind)
    return url_for(".show_record", village=target.village, number=record.card.number)


def _numbered_address(target: Target) -> str:
    """Return where a matter or a holding is read: each is public from the moment it has a number."""
    endpoint = ".show_matter" if target.kind == TargetKind.MATTER else ".show_holding"
    return url_for(endpoint, village=target.village, number=int(target.target))
