"""The village of the workflow's stage with three categories of postings, and short ways through their deeds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from publicity.categories.actions import SINCE, enter_category
from publicity.categories.contents import CategoryContent
from publicity.postings.actions import begin_posting, save_posting, save_published_text
from publicity.postings.digests import posting_digest
from publicity.postings.queries import posting_of
from publicity.records.models import Deed, Event, State, Version
from tests.publicity.postings.made import NOTICE, RELIEF, SUBSIDY, WORKS
from tests.publicity.workflow.stage import NOW, Stage, set_stage
from village_lists.people.models import PostKind
from village_lists.periods import Cadence, Span

CODES = {"relief": RELIEF, "subsidy": SUBSIDY, "works": WORKS, "notice": NOTICE}
QUARTER = Span.of(Cadence.QUARTER, date(2026, 9, 1))
DAY = Span.of(Cadence.EVENT, date(2026, 9, 12))
ROWS = (
    {"household": "张阿德", "people": 2, "amount": 72_000, "remark": "张阿德之妻同住"},
    {"household": "李国庆", "people": 1, "amount": 7_000},
)


@dataclass(frozen=True)
class Scene:
    """The stage and its deeds upon postings."""

    stage: Stage

    @property
    def session(self) -> Session:
        """Return the session of the stage."""
        return self.stage.session

    def begin(self, code: str = "relief", *, by: str = "clerk", **about: object) -> Version:
        """Begin a posting of the committee; of the third quarter, or of an event of 12 September."""
        content: CategoryContent = CODES[code]
        span = DAY if content.cadence is Cadence.EVENT else QUARTER
        asked: dict[str, object] = {
            "body": self.stage.committee,
            "code": code,
            "span": span,
            "title": "",
            "reason": "",
            "now": NOW,
            **about,
        }
        return begin_posting(self.session, by=self.stage[by], **asked)  # type: ignore[arg-type] # handed through

    def save(self, version: Version, *, by: str = "clerk", **about: object) -> Version:
        """Save a draft as somebody who has just looked at it."""
        said: dict[str, object] = {
            "head": {},
            "rows": ROWS,
            "note": "",
            "is_nil": False,
            "now": NOW,
            "seen": version.revision,
            **about,
        }
        save_posting(self.session, version=version, by=self.stage[by], **said)  # type: ignore[arg-type]
        return version

    def published(self, code: str = "relief", *, saved: dict[str, object] | None = None, **about: object) -> Version:
        """Let a saved draft be published as the tables demand it: two reviews over its digest."""
        version = self.save(self.begin(code, **about), **(saved or {}))  # type: ignore[arg-type] # handed through
        self.publish(version)
        return version

    def publish(self, version: Version, *, at: datetime = NOW) -> None:
        """Take a draft through its two reviews."""
        posting = posting_of(self.session, version=version)
        assert posting is not None
        record = version.record
        version.digest = posting_digest(posting, body_id=record.body_id, period=record.period, title=record.title)
        self._move(version, State.SUBMITTED)
        self._event(version, Deed.APPROVE, "head", PostKind.SUPERVISION_HEAD, at)
        self._move(version, State.APPROVED)
        self._event(version, Deed.CONFIRM, "secretary", PostKind.SECRETARY, at)
        for former in record.versions:
            if former.state == State.PUBLISHED:
                self._move(former, State.CORRECTED)
        version.published_at = at
        version.display_from, version.display_to = at.date(), at.date() + timedelta(days=15)
        self._move(version, State.PUBLISHED)
        save_published_text(self.session, version=version)

    def _move(self, version: Version, state: State) -> None:
        version.state = state
        self.session.flush()

    def _event(self, version: Version, deed: Deed, role: str, post: PostKind, at: datetime) -> None:
        person = self.stage[role]
        self.session.add(
            Event(
                version_id=version.id,
                deed=deed,
                by_id=person.id,
                post=post,
                name=person.name,
                at=at,
                digest=version.digest,
            )
        )
        self.session.flush()


def set_scene(session: Session) -> Scene:
    """Make the stage and enter the categories."""
    stage = set_stage(session)
    for code, content in CODES.items():
        enter_category(session, code=code, content=content, since=SINCE)
    return Scene(stage)
