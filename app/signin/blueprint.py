"""Addresses of signing in and out, and the official's own start page."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock, database
from app.access import Audience, current_person, open_to
from app.signin.forms import SignInForm
from app.signin.passwords import TooManyTries, check_sign_in
from app.signin.sessions import ServerSession
from app.words import say
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on

signin = Blueprint("signin", __name__)


@signin.get("/account/sign-in")
@open_to(Audience.EVERYONE)
def show_sign_in() -> str:
    """Show the sign-in form."""
    form = SignInForm(next=request.args.get("next", ""))
    return render_template("signin/show_sign_in.html", form=form, problem="")


@signin.post("/account/sign-in")
@open_to(Audience.EVERYONE)
def sign_in() -> Response | tuple[str, int]:
    """Open a session for the right password, and go on to where the person wanted to go."""
    form = SignInForm()
    if not form.validate():
        return render_template("signin/show_sign_in.html", form=form, problem=""), 422
    try:
        with database.transaction() as write:
            account = check_sign_in(
                write,
                name=form.name.data or "",
                password=form.password.data or "",
                address=request.remote_addr or "",
                secret=current_app.config["SECRET_KEY"],
                now=clock.now(),
            )
    except TooManyTries as refused:
        return render_template("signin/show_sign_in.html", form=form, problem=say(refused.words)), 429
    if account is None or (account.is_demonstration and current_app.config["IS_PRODUCTION"]):
        problem = _("手机号（用户名）或密码不对，请再试一次")
        return render_template("signin/show_sign_in.html", form=form, problem=problem), 422
    # A second factor will be asked for here, before the session names the account.
    session.clear()
    session["account"] = account.id
    if isinstance(session._get_current_object(), ServerSession):  # type: ignore[attr-defined]
        session._get_current_object().renew()  # type: ignore[attr-defined]
    return redirect(_local(form.next.data) or url_for("signin.show_start"), 303)


@signin.post("/account/sign-out")
@open_to(Audience.OFFICIALS)
def sign_out() -> Response:
    """End the session."""
    session.clear()
    session._get_current_object().renew()  # type: ignore[attr-defined]
    return redirect(url_for("signin.show_sign_in"), 303)


@signin.get("/account/start")
@open_to(Audience.OFFICIALS)
def show_start() -> Response | str:
    """Send an official to the desk of the only place he has, or let him choose among several."""
    person = current_person()
    places = desks(person) if person else []
    if len(places) == 1:
        return redirect(places[0][1], 303)
    return render_template("signin/show_start.html", places=places)


def desks(person: Person) -> list[tuple[str, str]]:
    """Return the name and address of each desk that the person's posts open today."""
    found: dict[str, tuple[str, str]] = {}
    for post in person.posts:
        if not holds_on(post, clock.today()):
            continue
        if post.kind == PostKind.TOWNSHIP_AUDITOR:
            found[post.place.code] = (post.place.name, url_for("auditors.show_accounts", township=post.place.code))
        elif post.kind == PostKind.COUNTY_STEWARD:
            found[post.place.code] = (post.place.name, url_for("county.list_lists", county=post.place.code))
        else:
            found[post.place.code] = (post.place.name, url_for("cadres.show_desk", village=post.place.code))
    return list(found.values())


def _local(target: str | None) -> str:
    """Return the target if it is a plain path of this site, otherwise nothing (no open redirect)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return ""
    parts = urlsplit(target)
    return "" if parts.scheme or parts.netloc or any(ord(letter) < 32 for letter in target) else target
