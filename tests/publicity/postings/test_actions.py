"""Beginning, saving, correcting and discarding postings, alone and by two clerks at once."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from publicity.categories.actions import SINCE, enter_category
from publicity.categories.contents import Audience
from publicity.postings.actions import (
    AlreadyBegun,
    begin_posting,
    discard_draft,
    drop_published_text,
    fill_published_texts,
    retitle_draft,
    save_posting,
)
from publicity.postings.digests import posting_digest
from publicity.postings.models import Posting, PostingRow, PublishedText
from publicity.postings.queries import posting_of
from publicity.postings.tables import tells_too_much
from publicity.postings.views import public_words, said_by, table_for
from publicity.records.models import Deed, Record, State, Version
from tests.publicity.postings.made import NOTICE, RELIEF
from tests.publicity.postings.scene import DAY, QUARTER, ROWS, set_scene
from tests.publicity.workflow.stage import NOW
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.people.models import Person, PostKind
from village_lists.periods import Cadence, Span
from village_lists.places.models import Body


def test_a_draft_is_begun_saved_and_numbered(scene, session):
    version = scene.save(scene.begin(), note=" 说明 ", head={"basis": "县里的办法"})
    posting = posting_of(session, version=version)
    assert (version.state, version.number, version.record.number) == (State.DRAFT, 1, 1)
    assert (posting.note, posting.head, [row.line for row in posting.rows]) == ("说明", {"basis": "县里的办法"}, [1, 2])
    assert [(event.deed, event.post) for event in version.events] == [(Deed.DRAFT, PostKind.CLERK)]
    scene.save(version, rows=ROWS[1:])
    assert [row.cells["household"] for row in posting_of(session, version=version).rows] == ["李国庆"]
    assert len(version.events) == 1
    assert session.scalar(select(func.count(PostingRow.id))) == 1


def test_another_clerk_who_saves_is_written_down(scene):
    scene.stage.enter("second", PostKind.CLERK, name="朱小云")
    version = scene.save(scene.begin())
    scene.save(version, by="second")
    assert {event.name for event in version.events} == {"李国强", "朱小云"}


def test_who_did_not_see_the_latest_is_stale(scene):
    version = scene.save(scene.begin())
    with pytest.raises(Stale, match="被别人改过"):
        scene.save(version, seen=version.revision - 1)


@pytest.mark.parametrize(
    ("about", "error", "said"),
    [
        ({"by": "secretary"}, NotAllowed, "报账员"),
        ({"by": "elsewhere"}, NotAllowed, "报账员"),
        ({"code": "notice"}, Refusal, "哪一件事"),
        ({"code": "notice", "title": "决议", "span": Span.of(Cadence.EVENT, date(2026, 12, 31))}, Refusal, "太远"),
        ({"code": "notice", "title": "长" * 121}, Refusal, "标题太长"),
        ({"span": QUARTER.next.next}, Refusal, "还没有开始"),
        ({"span": Span.of(Cadence.MONTH, date(2026, 9, 1))}, Refusal, "不按2026年9月"),
    ],
)
def test_what_may_not_be_begun(scene, about, error, said):
    with pytest.raises(error, match=said):
        scene.begin(**{"code": "relief", **about})


def test_retired_unknown_and_foreign_categories(scene, session):
    with pytest.raises(NotAllowed, match="不由"):
        scene.begin(body=scene.stage.collective)
    with pytest.raises(Refusal, match="请从账目导入"):
        begin_posting(
            session,
            body=scene.stage.committee,
            code="finance.monthly-accounts",
            span=Span.of(Cadence.MONTH, date(2026, 9, 1)),
            title="",
            reason="",
            by=scene.stage["clerk"],
            now=NOW,
        )
    enter_category(session, code="relief", content=replace(RELIEF, is_active=False), since=date(2026, 1, 1))
    with pytest.raises(Refusal, match="已经停用"):
        scene.begin()


def test_the_current_quarter_and_a_coming_event_may_be_begun(scene):
    assert scene.begin(span=QUARTER.next).record.period == "2026-Q4"
    coming = Span.of(Cadence.EVENT, NOW.date() + timedelta(days=30))
    assert scene.begin("notice", span=coming, title="召开村民会议").record.title == "召开村民会议"


def test_events_of_one_day_are_told_apart_by_their_titles(scene):
    first, second = scene.begin("notice", title="修路"), scene.begin("notice", title=" 修  桥\0 ")
    assert (first.record.serial, second.record.serial) == (1, 2)
    assert second.record.title == "修 桥"
    with pytest.raises(AlreadyBegun) as refused:
        scene.begin("notice", title="修路")
    assert refused.value.key == first.key


def test_a_correction_copies_what_is_published_and_says_why(scene, session):
    published = scene.published(saved={"note": "说明"})
    with pytest.raises(Refusal, match="要写明原因"):
        scene.begin()
    correction = scene.begin(reason="金额写错")
    posting = posting_of(session, version=correction)
    assert (correction.number, correction.reason, posting.note) == (2, "金额写错", "说明")
    assert [row.cells for row in posting.rows] == [dict(row) for row in ROWS]
    with pytest.raises(AlreadyBegun):
        scene.begin(reason="又一次")
    scene.save(correction, rows=ROWS[:1])
    scene.publish(correction)
    assert published.state == State.CORRECTED
    assert len(posting_of(session, version=published).rows) == 2


def test_a_correction_goes_under_the_edition_in_force_where_that_takes_everything(scene, session):
    former = posting_of(session, version=scene.published()).edition_id
    renamed = replace(RELIEF, about="每季公示")
    enter_category(session, code="relief", content=renamed, since=date(2026, 9, 20))
    correction = scene.begin(reason="金额写错")
    assert posting_of(session, version=correction).edition_id != former
    discard_draft(session, version=correction, by=scene.stage["clerk"], now=NOW, seen=correction.revision)
    fewer = replace(RELIEF, columns=RELIEF.columns[:1])
    enter_category(session, code="relief", content=fewer, since=date(2026, 9, 25))
    again = scene.begin(reason="金额写错")
    assert posting_of(session, version=again).edition_id == former


def test_a_draft_in_which_nothing_was_saved_goes_altogether(scene, session):
    version = scene.begin()
    discard_draft(session, version=version, by=scene.stage["clerk"], now=NOW, seen=version.revision)
    assert session.scalar(select(func.count(Version.id))) == 0
    assert session.scalar(select(func.count(Record.id))) == 0
    assert scene.begin().number == 1


def test_a_draft_with_deeds_stays_empty_and_is_filled_anew(scene, session):
    version = scene.save(scene.begin())
    with pytest.raises(Stale):
        discard_draft(session, version=version, by=scene.stage["clerk"], now=NOW, seen=1)
    discard_draft(session, version=version, by=scene.stage["clerk"], now=NOW, seen=version.revision)
    assert posting_of(session, version=version) is None
    with pytest.raises(NotFound):
        table_for(session, version=version, audience=Audience.NEVER)
    with pytest.raises(Stale, match="清空"):
        scene.save(version)
    assert scene.begin().key == version.key
    scene.save(version)


def test_what_is_in_review_is_not_saved(scene, session):
    version = scene.published()
    with pytest.raises(NotAllowed, match="已经提交"):
        scene.save(version)
    with pytest.raises(NotAllowed, match="已经提交"):
        discard_draft(session, version=version, by=scene.stage["clerk"], now=NOW, seen=version.revision)
    posting_of(session, version=version).note = "改一改"
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"rows": [{"household": "张阿德", "amount": "72"}]}, "第 1 行「月保障金额」"),
        ({"rows": [{"unknown": 1}]}, "第 1 行「unknown」"),
        ({"rows": [{"household": " 张阿德"}]}, "户主"),
        ({"rows": [{"people": True}]}, "保障人数"),
        ({"rows": [], "head": {"household": "张"}}, "户主"),
        ({"rows": [{}] * 5001}, "5000"),
        ({"note": "长" * 5001}, "说明太长"),
    ],
)
def test_only_what_the_category_takes_is_kept(scene, said, words):
    with pytest.raises(Refusal, match=words):
        scene.save(scene.begin(), **said)


def test_the_digest_stands_for_everything_said(scene, session):
    version = scene.save(scene.begin())
    posting = posting_of(session, version=version)
    assert posting is not None

    def digest(title: str = "") -> str:
        return posting_digest(posting, body_id=1, period="2026-Q3", title=title)

    first = digest()
    assert digest("修路") != first
    posting.note = "说明"
    second = digest()
    posting.rows[0].cells = {**posting.rows[0].cells, "amount": 1}
    assert len({first, second, digest()}) == 3
    posting.rows[0].cells = {**ROWS[0], "phone": None}
    assert digest() == second


def test_a_title_may_be_mended_until_it_is_sent_to_review(scene, session):
    version, other = scene.begin("notice", title="张阿德建房"), scene.begin("notice", title="修路")

    def retitle(title: str) -> None:
        clerk = scene.stage["clerk"]
        retitle_draft(session, version=version, title=title, by=clerk, now=NOW, seen=version.revision)

    for title, words in (("", "哪一件事"), ("修路", "已经有"), ("长" * 121, "太长")):
        with pytest.raises(Refusal, match=words):
            retitle(title)
    retitle("村民 建房")
    assert (version.record.title, other.record.title) == ("村民 建房", "修路")


def test_a_title_that_names_whom_the_web_covers(scene, session):
    version = scene.begin("works", title="张阿德修路")
    scene.save(version, rows=[], head={"builder": "张阿德"})
    assert tells_too_much(said_by(session, version=version))
    assert public_words(session, version=version, text="张阿德申请更正") == "张*申请更正"
    scene.save(version, rows=[], head={"builder": "松坪市政工程有限公司"})
    assert not tells_too_much(said_by(session, version=version))


def test_words_of_what_was_published_before_are_filled_in_once(scene, session):
    version = scene.published()
    drop_published_text(session, version=version)
    assert fill_published_texts(session) == 1
    assert fill_published_texts(session) == 0


def test_two_clerks_at_once_have_one_effect(engine: Engine):
    with Session(engine) as session:
        scene = set_scene(session)
        scene.stage.enter("second", PostKind.CLERK, name="朱小云")
        people = (scene.stage["clerk"].id, scene.stage["second"].id)
        body = scene.stage.committee.id
        session.commit()
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def begin(person: int) -> None:
        with Session(engine) as own:
            gate.wait()
            own.connection(execution_options={"immediate": True})
            try:
                begin_posting(
                    own,
                    body=own.get_one(Body, body),
                    code="relief",
                    span=QUARTER,
                    title="",
                    reason="",
                    by=own.get_one(Person, person),
                    now=NOW,
                )
                own.commit()
                outcomes.append("begun")
            except AlreadyBegun as refused:
                outcomes.append(str(refused))

    _together([lambda person=person: begin(person) for person in people])
    assert outcomes.count("begun") == 1
    assert any("已经有一份草稿" in outcome for outcome in outcomes)

    def save(person: int, amount: int) -> None:
        with Session(engine) as own:
            version = own.scalars(select(Version)).one()
            number, seen = version.id, version.revision
            own.rollback()
            gate.wait()
            own.connection(execution_options={"immediate": True})
            try:
                save_posting(
                    own,
                    version=own.get_one(Version, number),
                    head={},
                    rows=[{"household": "张阿德", "amount": amount}],
                    note="",
                    is_nil=False,
                    by=own.get_one(Person, person),
                    now=NOW,
                    seen=seen,
                )
                own.commit()
                outcomes.append(f"saved {amount}")
            except Stale as refused:
                outcomes.append(str(refused))

    outcomes.clear()
    _together([lambda person=person, amount=amount: save(person, amount) for amount, person in enumerate(people, 1)])
    saved = [outcome for outcome in outcomes if outcome.startswith("saved")]
    assert len(saved) == 1
    assert any("被别人改过" in outcome for outcome in outcomes)
    with Session(engine) as session:
        assert session.scalars(select(PostingRow)).one().cells["amount"] == int(saved[0][-1])
        assert session.scalar(select(func.count(Posting.id))) == 1


def _together(deeds) -> None:
    threads = [threading.Thread(target=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_words_of_a_withdrawn_version_are_gone(scene, session):
    version = scene.published()
    assert session.scalar(select(PublishedText.words)) is not None
    drop_published_text(session, version=version)
    assert session.scalar(select(PublishedText.words)) is None


def test_an_event_in_a_category_entered_later(scene, session):
    enter_category(session, code="notice", content=replace(NOTICE, about="会后公开"), since=SINCE)
    assert scene.begin("notice", title="修路", span=DAY).record.period == "2026-09-12"
