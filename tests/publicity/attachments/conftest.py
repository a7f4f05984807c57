"""A village with a draft of accounts to which photos are added."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from publicity.attachments.actions import attach
from publicity.attachments.models import Attachment
from publicity.records.models import Version
from publicity.workflow.actions import approve, confirm, submit
from tests.cast import Cast, Places
from tests.factories import at, make_draft, make_list, make_people, make_place_tree, seen
from tests.publicity.attachments.pictures import as_jpeg, voucher
from village_lists.documents.actions import Readable, read_document

NOW = at(date(2026, 10, 8), 10)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """上石村 with the collective's September as a draft; `now` is the day on which photos are added."""

    session: Session
    places: Places
    cast: Cast
    draft: Version

    def add(self, readable: Readable, *, line: int | None = None, caption: str = "付款凭证") -> Attachment:
        """Add what was read to the draft, as the clerk does."""
        return attach(
            self.session, version=self.draft, readable=readable, line=line, caption=caption, by=self.cast.li, now=NOW
        )

    def publish(self) -> None:
        """Let the clerk submit, the head approve and the secretary confirm."""
        submit(self.session, version=self.draft, by=self.cast.li, now=NOW + timedelta(hours=1), seen=seen(self.draft))
        approve(
            self.session, version=self.draft, by=self.cast.yonggen, now=NOW + timedelta(hours=2), seen=seen(self.draft)
        )
        confirm(
            self.session, version=self.draft, by=self.cast.chen, now=NOW + timedelta(hours=3), seen=seen(self.draft)
        )


@pytest.fixture
def scene(session: Session) -> Scene:
    """Return the village with its draft."""
    places = make_place_tree(session)
    cast = make_people(session, places)
    make_list(session, villages=[places.stone])
    draft = make_draft(session, body=places.collective, cast=cast)
    return Scene(session=session, places=places, cast=cast, draft=draft)


@pytest.fixture(scope="session")
def photo() -> Readable:
    """Return a voucher's photo as it is kept after it was read."""
    return read_document(name="凭证.jpg", content=as_jpeg(voucher()))
