"""Passwords: argon2id, throttled by name and by address, answered alike for known and unknown names."""

from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.orm import Session

from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.people.actions import keyed_hash, note_failure
from village_lists.people.models import Account
from village_lists.people.queries import accounts_named, failures_since
from village_lists.people.rules import normal_phone

HASHER = PasswordHasher()
NOBODY = HASHER.hash("nobody signs in with this")
WINDOW = timedelta(minutes=5)
PER_NAME = 10
PER_ADDRESS = 50
LONGEST = 128


class TooManyTries(Refusal):
    """Too many failures for this name or from this address; wait a few minutes."""


def check_sign_in(
    session: Session, *, name: str, password: str, address: str, secret: str, now: datetime
) -> Account | None:
    """Return the account that name and password open, or None.

    Raise TooManyTries before looking at the password once the throttle is full
    (10 failures in 5 minutes for a name, 50 for an address).
    """
    accounts = accounts_named(session, name=name)
    # However the name is written, and by phone or user name: tries count for the person whom it means.
    meant = {f"person {account.person_id}" for account in accounts} or {"name " + normal_phone(name).lower()}
    keys = {keyed_hash(secret, each): PER_NAME for each in meant}
    keys[keyed_hash(secret, "address " + address)] = PER_ADDRESS
    for key, most in keys.items():
        if failures_since(session, key=key, since=now - WINDOW) >= most:
            raise TooManyTries(N_("试得太频繁了，请过 5 分钟再来"))
    if len(password) <= LONGEST:
        open_accounts = [account for account in accounts if account.is_active]
        for account in open_accounts:
            if _matches(account.password_hash, password):
                return account
        if not open_accounts:
            _matches(NOBODY, password)
    for key in keys:
        note_failure(session, key=key, now=now)
    return None


def _matches(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
