"""Deeds upon attachments: what they leave, who may do them, and that what was covered is nowhere any more."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from publicity.attachments.actions import (
    CannotCover,
    attach,
    change_caption,
    confirm_shown,
    copy_attachments,
    cover,
    declare_clean,
    keep_inside,
    move,
    remove,
)
from publicity.attachments.models import Attachment, Standing
from publicity.attachments.queries import (
    attachment_problems,
    attachments_digest,
    attachments_of,
    public_attachments,
    seen_elsewhere,
    shown_document,
)
from publicity.attachments.rules import MAXIMUM, BoxesUnreadable
from tests.factories import make_draft
from tests.publicity.attachments.conftest import NOW
from tests.publicity.attachments.pictures import SECRET, SECRET_BOX, as_jpeg, opened, span_of, voucher
from tests.village_lists.documents.files import PDF
from village_lists.documents.actions import Readable, read_document
from village_lists.documents.models import Document, DocumentKind
from village_lists.errors import NotAllowed, Refusal, Stale

PAPER = Readable(kind=DocumentKind.PDF, name="合同.pdf", content=PDF)


def do(scene, deed, attachment, **more):
    """Let the clerk do a deed upon an attachment."""
    return deed(scene.session, attachment=attachment, by=scene.cast.li, now=NOW, **more)


def test_a_photo_is_added_and_nobody_has_looked_at_it_yet(scene, photo):
    one = scene.add(photo, line=3)
    assert (one.standing, one.line, one.caption, one.position) == (Standing.NEW, 3, "付款凭证", 1)
    assert one.boxes["size"] == [1200, 900]
    assert len(one.key) == 16
    (problem,) = attachment_problems(scene.session, version=scene.draft)
    assert (problem.place, problem.line) == (f"attachment:{one.key}", 3)


def test_the_same_photo_sent_twice_is_one_attachment(scene, photo):
    one = scene.add(photo, line=3)
    assert scene.add(photo, line=3) is one
    assert scene.add(photo, line=4) is not one
    assert scene.session.query(Document).count() == 2


@pytest.mark.parametrize("name", ["chen", "yonggen", "zhao", "zhou", "wang", "shen"])
def test_only_a_clerk_of_the_village_adds_and_changes(scene, photo, name):
    one, other = scene.add(photo), getattr(scene.cast, name)
    about = {"by": other, "now": NOW}
    with pytest.raises(NotAllowed):
        attach(scene.session, version=scene.draft, readable=PAPER, line=None, caption="", **about)
    for deed in (declare_clean, keep_inside, remove):
        with pytest.raises(NotAllowed):
            deed(scene.session, attachment=one, **about)
    with pytest.raises(NotAllowed):
        cover(scene.session, attachment=one, boxes=[SECRET_BOX], **about)
    assert attachments_of(scene.session, version=scene.draft) == [one]
    assert one.standing == Standing.NEW


def test_a_clerk_whose_post_ended_changes_nothing(scene, photo):
    scene.cast.li.posts[0].ends_on = NOW.date() - timedelta(days=1)
    with pytest.raises(NotAllowed):
        scene.add(photo)


def test_no_more_than_thirty(scene):
    for number in range(MAXIMUM):
        scene.add(Readable(kind=DocumentKind.PDF, name="页.pdf", content=PDF + bytes([number])))
    with pytest.raises(Refusal, match="最多 30 个附件"):
        scene.add(PAPER)


def test_what_is_covered_is_gone_from_the_picture_and_from_the_store(scene):
    """Two vouchers that differ only in what is covered become the same file: nothing of it can be left."""
    covered = []
    for mark in ((200, 30, 30), (20, 40, 220)):
        one = scene.add(read_document(name="凭证.jpg", content=as_jpeg(voucher(mark))), caption="")
        do(scene, cover, one, boxes=[SECRET_BOX])
        covered.append(one.shown.content)
    assert covered[0] == covered[1]
    picture = opened(covered[0])
    left, top, right, bottom = SECRET
    inside = picture.crop((left, top, right, bottom))
    assert span_of(inside)[1] <= 2
    assert picture.size == (1200, 900)
    assert not picture.getexif()
    # Beside the box the voucher is what it was.
    assert span_of(picture.crop((1100, 0, 1200, 900)))[0] > 150


def test_covering_anew_leaves_no_picture_with_fewer_boxes(scene, photo):
    one = scene.add(photo)
    do(scene, cover, one, boxes=[(0, 0, 50, 50)])
    first = one.shown.digest
    do(scene, cover, one, boxes=[SECRET_BOX, (0, 0, 50, 50)])
    do(scene, confirm_shown, one, seen=one.shown_digest)
    assert (one.standing, one.box_count) == (Standing.COVERED, 2)
    kept = {document.digest for document in scene.session.query(Document)}
    assert kept == {one.original.digest, one.shown.digest}
    assert first not in kept


def test_covered_is_not_checked_before_somebody_looked_at_the_result(scene, photo):
    one = scene.add(photo)
    do(scene, cover, one, boxes=[SECRET_BOX])
    assert one.standing == Standing.TO_CONFIRM
    assert attachment_problems(scene.session, version=scene.draft)
    do(scene, confirm_shown, one, seen=one.shown_digest)
    assert not attachment_problems(scene.session, version=scene.draft)
    assert one.boxes["checked"]["name"] == "李国强"
    do(scene, cover, one, boxes=[(1, 1, 5, 5)])
    assert one.standing == Standing.TO_CONFIRM


def test_what_was_covered_anew_is_not_confirmed_unseen(scene, photo):
    one = scene.add(photo)
    do(scene, cover, one, boxes=[SECRET_BOX])
    looked_at = one.shown_digest
    do(scene, cover, one, boxes=[(0, 0, 50, 50)])
    with pytest.raises(Stale, match="重新看一遍"):
        do(scene, confirm_shown, one, seen=looked_at)
    assert one.standing == Standing.TO_CONFIRM


def test_nothing_can_be_confirmed_that_is_not_covered(scene, photo):
    with pytest.raises(Refusal, match="可以确认"):
        do(scene, confirm_shown, scene.add(photo), seen="")


@pytest.mark.parametrize(
    "box",
    [(0, 0, 0, 10), (0, 0, 10, 0), (-1, 0, 10, 10), (995, 0, 10, 10), (0, 995, 10, 10), (0, 0, 1001, 10)],
)
def test_a_box_lies_in_the_picture(scene, photo, box):
    one = scene.add(photo)
    with pytest.raises(BoxesUnreadable):
        do(scene, cover, one, boxes=[box])
    assert one.shown is None


def test_a_pdf_and_nothing_cannot_be_covered(scene, photo):
    with pytest.raises(CannotCover, match="PDF 文件不能遮盖"):
        do(scene, cover, scene.add(PAPER), boxes=[SECRET_BOX])
    with pytest.raises(CannotCover, match="还没有框"):
        do(scene, cover, scene.add(photo), boxes=[])


def test_clean_shows_the_original_and_inside_shows_nothing(scene, photo):
    one = scene.add(photo)
    do(scene, cover, one, boxes=[SECRET_BOX])
    do(scene, declare_clean, one)
    assert (one.standing, one.shown_id, one.box_count) == (Standing.CLEAN, one.original_id, 0)
    do(scene, keep_inside, one)
    assert (one.standing, one.shown_id) == (Standing.INSIDE, None)
    assert not attachment_problems(scene.session, version=scene.draft)
    assert scene.session.query(Document).count() == 1


def test_order_caption_and_line(scene, photo):
    first, second, third = (scene.add(photo, line=line) for line in (1, 2, 3))
    do(scene, move, third, up=True)
    do(scene, move, first, up=True)
    assert attachments_of(scene.session, version=scene.draft) == [first, third, second]
    do(scene, move, first, up=False)
    assert attachments_of(scene.session, version=scene.draft) == [third, first, second]
    do(scene, change_caption, first, caption="  道路\n照片 ", line=None)
    assert (first.caption, first.line) == ("道路 照片", None)
    with pytest.raises(Refusal, match="最多 60 个字"):
        do(scene, change_caption, first, caption="长" * 61, line=None)
    with pytest.raises(Refusal, match="从 1 开始"):
        do(scene, change_caption, first, caption="", line=0)


def test_what_is_removed_is_deleted_with_its_pictures(scene, photo):
    one, other = scene.add(photo), scene.add(PAPER)
    do(scene, cover, one, boxes=[SECRET_BOX])
    do(scene, remove, one)
    assert attachments_of(scene.session, version=scene.draft) == [other]
    assert [document.name for document in scene.session.query(Document)] == ["合同.pdf"]


def test_caption_and_file_name_pass_the_privacy_guard(scene):
    paper = Readable(kind=DocumentKind.PDF, name="身份证330219197805124310.pdf", content=PDF)
    one = scene.add(paper, line=2, caption="联系电话13805740123")
    do(scene, declare_clean, one)
    found = {(each.place, each.kind, each.line) for each in attachment_problems(scene.session, version=scene.draft)}
    assert found == {
        (f"attachment:{one.key}", "mobile", 2),
        (f"attachment:{one.key}.name", "identity", 2),
    }
    do(scene, keep_inside, one)
    assert not attachment_problems(scene.session, version=scene.draft)


def test_a_photo_of_a_line_that_is_gone_is_told(scene, photo):
    one = scene.add(photo, line=9)
    do(scene, declare_clean, one)
    (problem,) = attachment_problems(scene.session, version=scene.draft, lines={1, 2})
    assert problem.values == {"number": 1, "line": 9}
    assert not attachment_problems(scene.session, version=scene.draft, lines={9})


def test_the_digest_is_that_of_what_a_reviewer_sees(scene, photo):
    said = [attachments_digest(scene.session, version=scene.draft)]
    assert said == [""]
    one = scene.add(photo)
    said.append(attachments_digest(scene.session, version=scene.draft))
    do(scene, cover, one, boxes=[SECRET_BOX])
    said.append(attachments_digest(scene.session, version=scene.draft))
    do(scene, confirm_shown, one, seen=one.shown_digest)
    said.append(attachments_digest(scene.session, version=scene.draft))
    do(scene, change_caption, one, caption="别的", line=None)
    said.append(attachments_digest(scene.session, version=scene.draft))
    scene.add(PAPER)
    said.append(attachments_digest(scene.session, version=scene.draft))
    assert len(set(said)) == len(said)
    assert attachments_digest(scene.session, version=scene.draft) == said[-1]


def test_residents_get_what_is_shown_and_only_of_what_is_public(scene, photo):
    covered, inside = scene.add(photo, line=2), scene.add(PAPER)
    do(scene, cover, covered, boxes=[SECRET_BOX])
    do(scene, confirm_shown, covered, seen=covered.shown_digest)
    do(scene, keep_inside, inside)
    about = {"village": scene.places.stone, "record": scene.draft.record.number, "version": 1}
    assert public_attachments(scene.session, version=scene.draft) == []
    assert shown_document(scene.session, key=covered.key, **about) is None
    scene.publish()
    (public,) = public_attachments(scene.session, version=scene.draft)
    assert (public.key, public.line, public.size) == (covered.key, 2, len(covered.shown.content))
    assert shown_document(scene.session, key=covered.key, **about).id == covered.shown_id
    assert shown_document(scene.session, key=inside.key, **about) is None
    assert shown_document(scene.session, key=covered.original.key, **about) is None
    assert shown_document(scene.session, key=covered.key, **(about | {"village": scene.places.field})) is None
    assert shown_document(scene.session, key=covered.key, **(about | {"version": 2})) is None
    assert shown_document(scene.session, key=covered.key, **(about | {"record": 2**63})) is None


def test_what_is_published_keeps_its_attachments(scene, photo):
    one = scene.add(photo)
    do(scene, declare_clean, one)
    scene.publish()
    with pytest.raises(NotAllowed, match="已经提交"):
        do(scene, remove, one)
    scene.session.commit()
    for statement in (
        lambda: scene.session.query(Attachment).update({"shown_id": None}),
        lambda: scene.session.query(Attachment).delete(),
        lambda: scene.session.query(Document).delete(),
    ):
        with pytest.raises(IntegrityError):
            statement()
        scene.session.rollback()


def test_a_correction_takes_the_attachments_along(scene, photo):
    one, other = scene.add(photo, line=2), scene.add(PAPER, line=5)
    do(scene, cover, one, boxes=[SECRET_BOX])
    do(scene, confirm_shown, one, seen=one.shown_digest)
    do(scene, declare_clean, other)
    scene.publish()
    after = make_draft(scene.session, body=scene.places.collective, cast=scene.cast, reason="金额写错了")
    about = {"before": scene.draft, "after": after, "by": scene.cast.li, "now": NOW}
    copies = copy_attachments(scene.session, lines={2: 3}, **about)
    assert [(copy.line, copy.standing) for copy in copies] == [(3, Standing.COVERED), (None, Standing.CLEAN)]
    assert copies[0].original_id == one.original_id
    # Taking the copy out leaves what the published version needs.
    do(scene, remove, copies[0])
    assert one.shown.content
    assert public_attachments(scene.session, version=scene.draft)[0].key == one.key


def test_the_same_photo_in_another_record_is_told(scene, photo):
    one = scene.add(photo)
    again = read_document(name="微信图片.jpg", content=as_jpeg(voucher().resize((800, 600))))
    different = read_document(name="别的.jpg", content=as_jpeg(voucher(seed=7)))
    other = make_draft(scene.session, body=scene.places.committee, cast=scene.cast, period="2026-09")
    about = {"version": other, "line": None, "caption": "", "by": scene.cast.li, "now": NOW}
    alike = attach(scene.session, readable=again, **about)
    same = attach(scene.session, readable=photo, **about)
    attach(scene.session, readable=different, **about)
    found = {each.key: each.is_same for each in seen_elsewhere(scene.session, version=other)}
    assert found == {alike.key: False, same.key: True}
    (told,) = seen_elsewhere(scene.session, version=scene.draft)
    assert (told.key, told.record, told.is_same) == (one.key, other.record.number, True)


def test_a_photo_of_the_same_record_is_no_news(scene, photo):
    scene.add(photo, line=1)
    scene.add(photo, line=2)
    assert seen_elsewhere(scene.session, version=scene.draft) == []
