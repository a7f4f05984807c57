"""Sessions kept on the server: the cookie is a random key, the database holds its digest."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from flask_wtf import CSRFProtect
from werkzeug.datastructures import CallbackDict

from app import clock, database
from village_lists.people.actions import drop_old_sessions
from village_lists.people.models import SignInSession
from village_lists.people.queries import session_by_digest

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
TOUCH = timedelta(minutes=1)


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What is remembered between the requests of one official; empty and unsaved for everyone else."""

    def __init__(self, content: dict[str, Any] | None = None, digest: str | None = None) -> None:
        """Start from stored content and the digest it is stored under, or from nothing."""

        def changed(self: "ServerSession") -> None:
            self.modified = True

        super().__init__(content or {}, changed)
        self.digest = digest
        self.modified = False
        self.is_renewed = False

    def renew(self) -> None:
        """Give the session a new key and drop the old one: at sign-in and sign-out."""
        self.is_renewed = True
        self.modified = True


class DatabaseSessions(SessionInterface):
    """Opens and saves sessions in the table sign_in_session."""

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """Return the session of the request's cookie; idle or old ones count as none."""
        key = request.cookies.get(self.get_cookie_name(app))
        if not key:
            return ServerSession()
        digest = digest_of(key)
        row = session_by_digest(database.session(), digest=digest)
        now = clock.now()
        if row is None or now - row.seen_at > IDLE or now - row.started_at > LONGEST:
            return ServerSession()
        found = ServerSession(dict(row.content), digest)
        found.modified = now - row.seen_at > TOUCH
        return found

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed; set a cookie only where there is something to remember."""
        if not isinstance(session, ServerSession) or not session.modified:
            return
        if not session and session.digest is None:
            return
        key = self._store(session)
        if key is not None:
            response.set_cookie(
                self.get_cookie_name(app),
                key,
                secure=self.get_cookie_secure(app),
                httponly=True,
                samesite=self.get_cookie_samesite(app),
                path="/",
            )

    def _store(self, session: ServerSession) -> str | None:
        """Write the row; return a new key where the cookie must change."""
        now = clock.now()
        with database.transaction() as write:
            row = session_by_digest(write, digest=session.digest) if session.digest else None
            if row is not None and not session.is_renewed:
                row.content, row.seen_at, row.account_id = dict(session), now, session.get("account")
                return None
            if session.digest is not None and row is None and not session.is_renewed:
                return None
            if row is not None:
                write.delete(row)
            drop_old_sessions(write, before=now - LONGEST)
            key = secrets.token_urlsafe(32)
            write.add(
                SignInSession(
                    digest=digest_of(key),
                    account_id=session.get("account"),
                    started_at=now,
                    seen_at=now,
                    content=dict(session),
                )
            )
            return key


def digest_of(key: str) -> str:
    """Return what the database knows a cookie by."""
    return hashlib.sha256(key.encode()).hexdigest()


def init_forms(app: Flask) -> None:
    """Refuse every POST without the token of its own session."""
    CSRFProtect(app)
