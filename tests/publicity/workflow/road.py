"""A road under A05: round the loop twice, one posting cut short, one step skipped, one meeting without quorum."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from publicity.ledgers.actions import tie_lines
from publicity.matters.actions import put_up, record_meeting, take_down
from publicity.matters.deeds import record_deed
from publicity.matters.evidence import add_evidence, check_deed, show_evidence
from publicity.matters.models import Matter, MatterDeed, MatterEvent
from publicity.matters.opening import open_matter
from publicity.records.models import Version
from publicity.workflow.actions import Seen, approve, confirm, submit
from tests.cast import Cast, Places
from tests.factories import at, make_draft
from village_lists.documents.actions import Readable, keep_readable
from village_lists.documents.models import DocumentKind
from village_lists.people.models import Person

TITLE = "后山机耕路"
INSTALMENT, WAGES = 5, 4
"""Lines of tests.factories.LINES: to the contractor, and to 张阿德, whose name the web covers."""
TODAY = date(2026, 11, 22)
DONE, DECIDED, SKIPPED = MatterDeed.DONE, MatterDeed.DECIDED, MatterDeed.SKIPPED
REASON = "第二次公示没有人提意见，没有再开会"
TOLD: tuple[tuple[str, MatterDeed, str, str, str], ...] = (
    ("2026-03-03", DONE, "wuyi/propose", "", ""),
    ("2026-03-06", DONE, "wuyi/deliberate", "", "路面宽 3 米，长 1.2 公里"),
    ("2026-03-22", DONE, "wuyi/show", "", ""),
    ("2026-03-23", DECIDED, "wuyi/opinions", "有", "三组要求加一座涵洞"),
    ("2026-03-26", DONE, "wuyi/deliberate", "", "加了一座涵洞"),
    ("2026-03-27", MatterDeed.POSTED, "wuyi/show", "", ""),
    ("2026-04-05", MatterDeed.TAKEN_DOWN, "wuyi/show", "", ""),
    ("2026-04-05", DONE, "wuyi/show", "", ""),
    ("2026-04-06", SKIPPED, "wuyi/opinions", "没有", REASON),
    ("2026-04-08", MatterDeed.MET, "wuyi/review", "28", "人没有到齐"),
    ("2026-04-14", MatterDeed.MET, "wuyi/review", "38", ""),
    ("2026-04-14", DONE, "wuyi/review", "", ""),
    ("2026-04-14", DECIDED, "wuyi/endorsed", "同意", ""),
    ("2026-04-21", DONE, "wuyi/decide", "", ""),
    ("2026-04-21", DECIDED, "wuyi/carried", "通过", ""),
    ("2026-04-22", DONE, "wuyi/announce", "", ""),
    ("2026-04-23", MatterDeed.HANDED_OVER, "wuyi/carry_out", "", ""),
    ("2026-04-23", DECIDED, "passed", "通过", ""),
    ("2026-05-07", DONE, "review", "", ""),
    ("2026-05-07", DECIDED, "approved", "同意", ""),
    ("2026-05-26", DONE, "tender", "", ""),
    ("2026-06-05", DONE, "sign", "", "合同价 226800 元"),
    ("2026-09-20", DONE, "build", "", ""),
)


def open_road(session: Session, places: Places, cast: Cast) -> Matter:
    """Open the road of the collective of 上石村, under A05, on 2 March."""
    return open_matter(
        session,
        village=places.stone,
        body=places.collective,
        item_code="A05",
        title=TITLE,
        budget_fen=24_000_000,
        funding="一事一议奖补18万元，村集体自筹6万元",
        procedure="",
        opened_on=date(2026, 3, 2),
        by=cast.li,
        now=at(date(2026, 3, 2), 9),
    )


def build_road(session: Session, places: Places, cast: Cast, *, until: int | None = None) -> Matter:
    """Return the road with its deeds taken (the first `until`, or all), the first checked, the second with papers."""
    matter = open_road(session, places, cast)
    events = [_take(session, matter, cast.li, *told) for told in TOLD[:until]]
    if events:
        check_deed(session, event=events[0], by=cast.yonggen, now=at(date(2026, 3, 5), 9))
    if len(events) > 1:
        _papers(session, places, cast, events[1])
    session.refresh(matter, ["events"])
    return matter


def _take(
    session: Session, matter: Matter, clerk: Person, day: str, deed: MatterDeed, step: str, exit_: str, words: str
) -> MatterEvent:
    on = date.fromisoformat(day)
    about: dict[str, Any] = {
        "matter": matter,
        "step": step,
        "happened_on": on,
        "by": clerk,
        "now": at(on, 17),
        "seen": matter.revision,
    }
    if deed is MatterDeed.MET:
        about |= {"due": 46, "present": int(exit_), "in_favour": int(exit_), "words": words}
        return record_meeting(session, decision_body="party", meeting="党员大会", **about)
    if deed is MatterDeed.POSTED:
        return put_up(session, where="村务公开栏", record=None, **about)
    if deed is MatterDeed.TAKEN_DOWN:
        return take_down(session, **about)
    return record_deed(session, deed=deed, exit=exit_, words=words, **about)


def _papers(session: Session, places: Places, cast: Cast, event: MatterEvent) -> None:
    """Put two papers behind a deed: one that everybody may have, one that nobody looked at."""
    now = at(event.happened_on, 18)
    for name in ("实施方案", "联席会议记录"):
        readable = Readable(kind=DocumentKind.PDF, name=f"{name}.pdf", content=f"%PDF-1.4 {name}".encode())
        document = keep_readable(session, place=places.stone, readable=readable, by=cast.li, now=now)
        evidence = add_evidence(session, event=event, name=name, document=document, by=cast.li, now=now)
        if name == "实施方案":
            show_evidence(session, evidence=evidence, shown=document, by=cast.li, now=now)


def pay_road(session: Session, places: Places, cast: Cast, matter: Matter, **about: Any) -> Version:
    """Publish September's accounts with the instalment of 46,500.00 and the sweepers' wages tied to the road."""
    version = make_draft(session, body=places.collective, cast=cast, **about)
    now = version.made_at + timedelta(hours=1)
    tied = {INSTALMENT: matter.number, WAGES: matter.number}
    tie_lines(
        session,
        version=version,
        ties={},
        known=frozenset(),
        revision=version.revision,
        by=cast.li,
        now=now,
        matters=tied,
    )
    submit(session, version=version, by=cast.li, now=now, seen=Seen(revision=version.revision))
    approve(session, version=version, by=cast.yonggen, now=now, seen=Seen(revision=version.revision))
    confirm(session, version=version, by=cast.chen, now=now, seen=Seen(revision=version.revision))
    return version
