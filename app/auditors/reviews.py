"""What waits for the township: versions to endorse where the order of review asks for it, filings to receive (备案)."""

from collections.abc import Callable
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, current_person, open_to
from app.auditors.blueprint import auditors
from app.database import session, transaction
from app.once import once
from app.words import say
from publicity.records.models import Version
from publicity.workflow.actions import Seen, endorse, send_back
from publicity.workflow.filings import receive_filing
from publicity.workflow.pages import record_story
from publicity.workflow.queries import township_reviews, township_version
from publicity.workflow.version_pages import version_page
from village_lists.errors import NotAllowed, Refusal
from village_lists.people.models import Person
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code

Page = str | tuple[str, int]


@auditors.get("/audit/<township:township>/reviews")
@open_to(Audience.AUDITORS)
def list_reviews(township: str) -> str:
    """Show what waits to be endorsed, what is to be received, and what was received lately."""
    place = _township(township)
    return render_template(
        "auditors/list_reviews.html",
        township=place,
        reviews=township_reviews(session(), township=place, on=clock.today()),
    )


@auditors.get("/audit/<township:township>/reviews/<key:key>")
@open_to(Audience.AUDITORS)
def show_review(township: str, key: str) -> Page:
    """Show a version with all it says, and what the auditor may do about it."""
    return _page(_township(township), key)


@auditors.post("/audit/<township:township>/reviews/<key:key>/endorse")
@open_to(Audience.AUDITORS)
@once
def endorse_review(township: str, key: str) -> Page | Response:
    """Endorse it in the township's name."""
    return _take(township, key, endorse, _("已同意"))


@auditors.post("/audit/<township:township>/reviews/<key:key>/return")
@open_to(Audience.AUDITORS)
@once
def return_review(township: str, key: str) -> Page | Response:
    """Return it to the village's clerk, and say what is to be mended."""
    deed = partial(send_back, note=request.form.get("note", ""), remarks={})
    return _take(township, key, deed, _("已退回给村里"))


@auditors.post("/audit/<township:township>/reviews/<key:key>/filing")
@open_to(Audience.AUDITORS)
@once
def receive_review(township: str, key: str) -> Page | Response:
    """Receive what was published."""
    deed = partial(receive_filing, note=request.form.get("note", ""))
    return _take(township, key, deed, _("已收到备案"))


def _take(township: str, key: str, deed: Callable[..., object], done: str) -> Page | Response:
    """Take a deed over what the auditor saw; what may be mended comes back on the page (422)."""
    place = _township(township)
    try:
        with transaction() as write:
            seen = Seen(revision=request.form.get("revision", 0, int))
            deed(write, version=_version(place, key), by=_me(), now=clock.now(), seen=seen)
    except NotAllowed:
        raise
    except Refusal as refusal:
        problems = [say(one.words, one.values) for one in (refusal, *getattr(refusal, "problems", ()))]
        return _page(_township(township), key, problems), 422
    flash(done)
    return redirect(url_for(".list_reviews", township=township), 303)


def _township(code: str) -> Place:
    return place_by_code(session(), code=code, level=Level.TOWNSHIP) or abort(404)


def _version(place: Place, key: str) -> Version:
    return township_version(session(), township=place, key=key) or abort(404)


def _me() -> Person:
    return current_person() or abort(403)


def _page(place: Place, key: str, problems: list[str] | None = None) -> str:
    version, on = _version(place, key), clock.today()
    record = version.record
    return render_template(
        "auditors/show_review.html",
        township=place,
        page=version_page(session(), version=version, person=_me(), on=on),
        story=record_story(session(), village=record.village, record=record.id, on=on),
        problems=problems or [],
        note=request.form.get("note", ""),
    )
