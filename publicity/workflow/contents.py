"""What a version says, whether it is a ledger or a posting: its fingerprint, its lines, its texts, what it lacks."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from publicity.attachments.queries import attachments_digest
from publicity.categories.contents import CategoryContent
from publicity.categories.models import ACCOUNTS
from publicity.categories.queries import content_of
from publicity.ledgers.digests import content_digest
from publicity.ledgers.models import Ledger
from publicity.ledgers.queries import ledger_of
from publicity.postings.digests import posting_digest
from publicity.postings.models import Posting
from publicity.postings.queries import posting_of
from publicity.postings.texts import texts_of
from publicity.records.models import Version
from village_lists.errors import Refusal
from village_lists.markers import N_

ENTRY_TEXTS = ("summary", "payee", "voucher", "kind")


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a version says: one of the two is there, or neither where nothing was entered yet."""

    ledger: Ledger | None
    posting: Posting | None

    @property
    def lines(self) -> frozenset[int]:
        """Return the numbers of its lines or rows."""
        if self.ledger is not None:
            return frozenset(entry.line for entry in self.ledger.entries)
        return frozenset(row.line for row in self.posting.rows) if self.posting is not None else frozenset()

    @property
    def category(self) -> CategoryContent | None:
        """Return what the edition says that a posting was begun with; None for a ledger."""
        return content_of(self.posting.edition) if self.posting is not None else None


@dataclass(frozen=True, kw_only=True)
class WrittenText:
    """A text of a version that somebody may read: at which line and column, and a name of the place in the version."""

    line: int | None
    column: str
    place: str
    text: str


def content_of_version(session: Session, *, version: Version) -> Content:
    """Return what the version says: the accounts' lines, or the rows of any other category; one statement, and rows."""
    if version.record.category.code == ACCOUNTS:
        return Content(ledger=ledger_of(session, version=version), posting=None)
    return Content(ledger=None, posting=posting_of(session, version=version))


def version_content_digest(session: Session, version: Version, content: Content | None = None) -> str:
    """Return the SHA-256 (hex) of all that the version says, attachments too; raise Refusal where it says nothing.

    `content` is what the version says where the caller has just read it; otherwise it is read.
    """
    content, record = content or content_of_version(session, version=version), version.record
    if content.ledger is not None:
        own = content_digest(content.ledger, body_id=record.body_id, period=record.period)
    elif content.posting is not None:
        own = posting_digest(content.posting, body_id=record.body_id, period=record.period, title=record.title)
    else:
        raise Refusal(N_("这份记录里还没有内容"))
    attached = attachments_digest(session, version=version)
    if not attached:
        return own
    return hashlib.sha256(json.dumps([own, attached]).encode()).hexdigest()


def written_texts(version: Version, content: Content) -> Iterator[WrittenText]:
    """Yield every text of the version that web or paper shows, and the names of its files; attachments apart."""
    yield WrittenText(line=None, column="", place="reason", text=version.reason)
    if content.ledger is not None:
        yield from _ledger_texts(content.ledger)
    if content.posting is not None and content.category is not None:
        yield WrittenText(line=None, column="", place="source", text=content.posting.source_name)
        for said in texts_of(content.category, content.posting):
            yield WrittenText(line=said.line, column=said.column, place=said.place, text=said.text)


def _ledger_texts(ledger: Ledger) -> Iterator[WrittenText]:
    yield WrittenText(line=None, column="", place="source", text=ledger.source_name)
    yield WrittenText(line=None, column="", place="sheet", text=ledger.source_sheet)
    for fund in ledger.funds:
        yield WrittenText(line=None, column="", place=f"fund:{fund.position}", text=fund.name)
    for entry in ledger.entries:
        for column in ENTRY_TEXTS:
            place = f"entry:{entry.line}:{column}"
            yield WrittenText(line=entry.line, column=column, place=place, text=getattr(entry, column))
