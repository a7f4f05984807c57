"""Words beside a public record: reasons, captions, tombstones name nobody whom its tables cover."""

from io import BytesIO

import pytest
from PIL import Image

from publicity.attachments.actions import attach, declare_clean
from publicity.attachments.queries import attachments_of
from publicity.postings.models import PostingRow
from publicity.postings.queries import posting_of
from publicity.records.models import Deed, Version
from publicity.workflow.actions import approve, confirm, submit
from publicity.workflow.public_records import public_record
from publicity.workflow.withdrawals import agree_withdrawal, ask_withdrawal
from tests.publicity.workflow.kinds import begun, roster_in_review, with_roster
from tests.publicity.workflow.stage import NOW, Stage, seen
from village_lists.documents.actions import Readable
from village_lists.documents.models import DocumentKind
from village_lists.errors import NotAllowed
from village_lists.people.models import PostKind

PRIVATE = "何月仙"


def reviewed(stage: Stage, version: Version) -> Version:
    """Let the organiser and the secretary agree, which publishes."""
    for deed, role in ((approve, "organiser"), (confirm, "secretary")):
        deed(stage.session, version=version, by=stage[role], now=NOW, seen=seen(version))
    return version


def photo(name: str = "照片.jpg") -> Readable:
    """Return a photo as a clerk sends it."""
    stream = BytesIO()
    Image.new("RGB", (60, 40)).save(stream, "JPEG")
    return Readable(kind=DocumentKind.PHOTO, name=name, content=stream.getvalue())


@pytest.fixture
def corrected(stage) -> Version:
    """Return a correction whose reason, caption and file tell the name that the table covers."""
    with_roster(stage)
    reviewed(stage, roster_in_review(stage))
    version = begun(stage, reason=f"{PRIVATE}的金额登错了", amount=60_000)
    one = attach(
        stage.session,
        version=version,
        readable=photo(f"{PRIVATE}签收.jpg"),
        line=1,
        caption=f"{PRIVATE}的签字",
        by=stage["clerk"],
        now=NOW,
    )
    declare_clean(stage.session, attachment=one, by=stage["clerk"], now=NOW)
    submit(stage.session, version=version, by=stage["clerk"], now=NOW, seen=seen(version))
    return reviewed(stage, version)


def test_a_reason_and_a_caption_cover_whom_the_table_covers(stage, corrected):
    record = public_record(stage.session, village=stage.village, number=corrected.record.number)
    assert record
    assert record.opened.reason == "何*的金额登错了"
    assert record.attachments[0].caption == "何*的签字"
    assert PRIVATE not in record.attachments[0].name
    assert PRIVATE not in repr(record.versions)


def test_who_left_the_table_is_covered_in_the_reason_why(stage):
    with_roster(stage)
    reviewed(stage, roster_in_review(stage))
    version = begun(stage, reason=f"{PRIVATE}不符合条件")
    for row in version_rows(stage, version):
        row.cells = {**row.cells, "name": "金小妹"}
    stage.session.flush()
    submit(stage.session, version=version, by=stage["clerk"], now=NOW, seen=seen(version))
    reviewed(stage, version)
    record = public_record(stage.session, village=stage.village, number=version.record.number)
    assert record
    assert record.opened.reason == "何*不符合条件"


def version_rows(stage: Stage, version: Version) -> list[PostingRow]:
    """Return the rows of a draft."""
    posting = posting_of(stage.session, version=version)
    assert posting
    return list(posting.rows)


def test_a_tombstone_covers_whom_the_table_covered(stage, corrected):
    about = {"version": corrected, "now": NOW, "seen": seen(corrected)}
    ask_withdrawal(stage.session, reason=f"{PRIVATE}不同意公开", by=stage["clerk"], **about)
    agree_withdrawal(stage.session, by=stage["head"], **about)
    record = public_record(stage.session, village=stage.village, number=corrected.record.number)
    assert record
    assert record.opened.tombstone
    assert record.opened.tombstone.reason == "何*不同意公开"


def test_who_attached_the_evidence_does_not_review_it(stage):
    with_roster(stage)
    both = stage.enter("both", PostKind.CLERK, PostKind.ORGANISER, name="金小山")
    version = begun(stage)
    attach(stage.session, version=version, readable=photo(), line=None, caption="收据", by=both, now=NOW)
    assert [event.name for event in version.events if event.deed is Deed.DRAFT][-1] == "金小山"
    for one in attachments_of(stage.session, version=version):
        declare_clean(stage.session, attachment=one, by=both, now=NOW)
    submit(stage.session, version=version, by=stage["clerk"], now=NOW, seen=seen(version))
    with pytest.raises(NotAllowed, match="录入人"):
        approve(stage.session, version=version, by=both, now=NOW, seen=seen(version))
