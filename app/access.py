"""Who may open what: every route says so, and a route that says nothing is refused.

Anonymous people are sent to sign in; the wrong post in one's own place is refused (403);
another village's or township's things are not there at all (404).
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from app import clock, database
from village_lists.people.models import Account, Person, PostKind
from village_lists.people.queries import account_by_id
from village_lists.people.rules import holds_on

View = TypeVar("View", bound=Callable[..., Any])


class Audience(StrEnum):
    """The closed list of who a route may be open to."""

    EVERYONE = "everyone"
    OFFICIALS = "officials"
    CADRES = "cadres"
    CLERKS = "clerks"
    REVIEWERS = "reviewers"
    AUDITORS = "auditors"
    STEWARDS = "stewards"


VILLAGE_POSTS = frozenset(
    {
        PostKind.CLERK,
        PostKind.SECRETARY,
        PostKind.ORGANISER,
        PostKind.DIRECTOR,
        PostKind.SUPERVISION_HEAD,
        PostKind.SUPERVISION_MEMBER,
    }
)
POSTS: dict[Audience, frozenset[PostKind]] = {
    Audience.OFFICIALS: frozenset(PostKind),
    Audience.CADRES: VILLAGE_POSTS,
    Audience.CLERKS: frozenset({PostKind.CLERK}),
    Audience.REVIEWERS: VILLAGE_POSTS - {PostKind.CLERK},
    Audience.AUDITORS: frozenset({PostKind.TOWNSHIP_AUDITOR}),
    Audience.STEWARDS: frozenset({PostKind.COUNTY_STEWARD}),
}
PLACE_ARGUMENTS = ("village", "township", "county")


def open_to(*audiences: Audience) -> Callable[[View], View]:
    """Declare who may open a view; stands one line under its address."""

    def declare(view: View) -> View:
        view.audiences = frozenset(audiences)  # type: ignore[attr-defined]
        return view

    return declare


def init_access(app: Flask) -> None:
    """Put the gate before every request."""
    app.before_request(_gate)


def _gate() -> Response | None:
    if request.endpoint is None or request.routing_exception is not None:
        return None
    if request.method == "POST" and (_is_foreign() or _holds_nul()):
        abort(400)
    view = current_app.view_functions[request.endpoint]
    audiences: frozenset[Audience] = getattr(view, "audiences", frozenset())
    if request.endpoint == "static" or Audience.EVERYONE in audiences:
        return None
    if not audiences:
        current_app.logger.error("route %s declares no audience: refused", request.endpoint)
        abort(404)
    person = current_person()
    if person is None:
        wanted = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
        return redirect(url_for("signin.show_sign_in", next=wanted), 303)
    _check_posts(person, audiences)
    return None


def _is_foreign() -> bool:
    """Say whether another site sent this form; browsers that tell nothing are held by the form's own token."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") in {"cross-site", "same-site"}:
        return True
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.host


def _holds_nul() -> bool:
    """Say whether a field holds a NUL character: nobody types one, and PostgreSQL stores none."""
    return any("\0" in value for values in request.form.listvalues() for value in values)


def _check_posts(person: Person, audiences: frozenset[Audience]) -> None:
    wanted = frozenset[PostKind]().union(*(POSTS[audience] for audience in audiences))
    arguments = request.view_args or {}
    codes = [str(arguments[name]) for name in PLACE_ARGUMENTS if name in arguments]
    held = [post for post in person.posts if holds_on(post, clock.today())]
    if codes:
        held = [post for post in held if post.place.code == codes[0]]
        if not held:
            abort(404)
    if not any(post.kind in wanted for post in held):
        abort(403)


def current_account() -> Account | None:
    """Return the account signed in with this request's cookie, or None; closed accounts count as none."""
    if "account" not in g:
        number = session.get("account") if request.cookies.get(current_app.config["SESSION_COOKIE_NAME"]) else None
        found = account_by_id(database.session(), number=number) if number else None
        g.account = found if found and _may_sign_in(found) else None
    account: Account | None = g.account
    return account


def _may_sign_in(account: Account) -> bool:
    """Say whether the account counts: closed ones never, those of the demonstration not in production."""
    return account.is_active and not (account.is_demonstration and current_app.config["IS_PRODUCTION"])


def current_person() -> Person | None:
    """Return the natural person signed in, or None."""
    account = current_account()
    return account.person if account else None


def posts_today(person: Person, on: date) -> list[tuple[PostKind, str]]:
    """Return the posts that the person holds on the day, with the code of the place."""
    return [(post.kind, post.place.code) for post in person.posts if holds_on(post, on)]
