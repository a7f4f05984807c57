"""One press of a button is one effect: a form that is sent twice is answered twice and counts once.

A form carries a random key in the hidden field `op`. The key is written down in the transaction of its effect, so
that a double tap, or a second sending after the answer was lost, finds it there (security.md, 5).
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import current_person
from app.database import Bracket, bracket, session
from publicity.records.rules import random_key
from village_lists.operations.actions import SentBefore, claim_operation, forget_operation, keep_answer
from village_lists.operations.models import Operation
from village_lists.operations.queries import operation_by_key
from village_lists.operations.rules import body_digest, is_key
from village_lists.people.models import Person

View = TypeVar("View", bound=Callable[..., Any])
FIELD = "op"
APART = frozenset({FIELD, "csrf_token"})
LONGEST_ANSWER = 300


def init_once(app: Flask) -> None:
    """Let templates make keys: `op_key()` gives a new one for each rendering of a form."""
    app.jinja_env.globals["op_key"] = random_key


def once(view: View) -> View:
    """Let a form that is sent again under the same key have no second effect; stands under `open_to`.

    The same key with the same content from the same person gets the former answer, with other content a page that
    says so (409). A refused form leaves nothing behind and may be mended and sent again under its key.
    """

    @wraps(view)
    def pressed(*args: Any, **values: Any) -> Any:
        key, person = request.form.get(FIELD, ""), current_person()
        if not is_key(key) or person is None:
            return view(*args, **values)
        digest = body_digest(_fields(), _files())
        former = operation_by_key(session(), key=key)
        if former is not None:
            return _again(former, person, digest)
        try:
            return _for_the_first_time(view, args, values, key=key, person=person, digest=digest)
        except SentBefore:
            # Somebody was quicker by a moment: the same person with a second tap.
            session().rollback()
            former = operation_by_key(session(), key=key)
            if former is None:
                raise
            return _again(former, person, digest)

    return pressed  # type: ignore[return-value] # the same view, wrapped


def _for_the_first_time(
    view: Callable[..., Any], args: tuple[Any, ...], values: dict[str, Any], *, key: str, person: Person, digest: str
) -> Response:
    claimed: list[Operation] = []

    def claim(write: Any) -> None:
        address = request.path[:LONGEST_ANSWER]
        claimed.append(claim_operation(write, key=key, by=person, address=address, digest=digest, now=clock.now()))

    with bracket(claim) as opened:
        answer: Response = make_response(view(*args, **values))
        for operation in claimed:
            _keep(opened, operation, answer)
    return answer


def _keep(opened: Bracket, operation: Operation, answer: Response) -> None:
    """Keep the answer of what had its effect; a refusal, told on a page or by a message, keeps no key."""
    place = answer.headers.get("Location", "")
    if opened.was_refused or answer.status_code != 303 or len(place) > LONGEST_ANSWER:
        forget_operation(session(), operation=operation)
    else:
        keep_answer(session(), operation=operation, answer=place)


def _again(former: Operation, person: Person, digest: str) -> Response:
    is_same = (former.by_id, former.address, former.digest) == (person.id, request.path[:LONGEST_ANSWER], digest)
    if not is_same:
        return make_response(render_template("errors/sent_before.html", back=_place_of(former, person)), 409)
    flash(_("刚才已经收到，没有重复记录"))
    return redirect(former.answer, 303)


def _place_of(former: Operation, person: Person) -> str:
    """Return where the first sending led to; nothing for what somebody else sent."""
    return former.answer if former.by_id == person.id else ""


def _fields() -> Iterator[tuple[str, str]]:
    yield from ((name, text) for name, text in request.form.items(multi=True) if name not in APART)


def _files() -> Iterator[tuple[str, str, bytes]]:
    for name, file in request.files.items(multi=True):
        yield name, file.filename or "", file.stream.read()
        file.stream.seek(0)
