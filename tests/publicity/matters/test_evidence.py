"""Papers behind a deed, its check by supervision, and the records tied to a matter."""

import pytest

from publicity.matters.evidence import add_evidence, check_deed, show_evidence, tie_record
from tests.factories import at, make_draft
from tests.publicity.matters.scene import TODAY
from village_lists.documents.actions import Readable, keep_readable
from village_lists.documents.models import DocumentKind
from village_lists.errors import NotAllowed, Refusal, Stale


def test_supervision_checks_a_deed_once_and_the_clerk_never(scene):
    road = scene.open()
    event = scene.deed(road, "done", "decide/show")
    for who in (scene.cast.li, scene.cast.chen, scene.cast.zhao):
        with pytest.raises(NotAllowed):
            check_deed(scene.session, event=event, by=who, now=at(TODAY))
    check_deed(scene.session, event=event, by=scene.cast.mei, now=at(TODAY))
    assert (event.checked_name, event.checked_at) == ("梅秀英", at(TODAY))
    with pytest.raises(Stale, match="已经核对过"):
        check_deed(scene.session, event=event, by=scene.cast.yonggen, now=at(TODAY))


def test_evidence_is_for_officials_until_somebody_looked_at_it(scene):
    road = scene.open()
    event = scene.deed(road, "done", "decide/show")
    readable = Readable(kind=DocumentKind.PDF, name="会议记录.pdf", content=b"%PDF-1.7")
    papers = [
        keep_readable(scene.session, place=scene.stone, readable=readable, by=scene.cast.li, now=at(TODAY))
        for _ in range(2)
    ]
    told = {"event": event, "document": papers[0], "now": at(TODAY)}
    evidence = add_evidence(scene.session, name="会议记录", by=scene.cast.li, **told)
    assert (evidence.is_checked, evidence.shown_id) == (False, None)
    with pytest.raises(NotAllowed):
        add_evidence(scene.session, name="会议记录", by=scene.cast.chen, **told)
    with pytest.raises(NotAllowed):
        show_evidence(scene.session, evidence=evidence, shown=papers[1], by=scene.cast.zhou, now=at(TODAY))
    show_evidence(scene.session, evidence=evidence, shown=papers[1], by=scene.cast.li, now=at(TODAY))
    assert (evidence.is_checked, evidence.shown_id) == (True, papers[1].id)
    assert road.events[0].evidence == [evidence]


def test_a_record_is_tied_once_at_a_step_that_was_reached(scene):
    road = scene.open()
    record = make_draft(scene.session, body=scene.places.collective, cast=scene.cast, lines=()).record
    told = {"matter": road, "record": record, "now": at(TODAY)}
    with pytest.raises(NotAllowed):
        tie_record(scene.session, step="", by=scene.cast.chen, **told)
    with pytest.raises(Refusal, match="还没有走到这一步"):
        tie_record(scene.session, step="build", by=scene.cast.li, **told)
    assert tie_record(scene.session, step="decide/show", by=scene.cast.li, **told).record_id == record.id
    with pytest.raises(Refusal, match="已经归到这件事"):
        tie_record(scene.session, step="", by=scene.cast.li, **told)
