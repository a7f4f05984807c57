"""Photos for residents: only what is shown, only of what is public, and never more than was covered."""

from datetime import timedelta

import pytest

from publicity.attachments.actions import attach, confirm_shown, cover, declare_clean, keep_inside
from publicity.workflow.actions import approve, confirm, submit
from publicity.workflow.withdrawals import agree_withdrawal, ask_withdrawal
from tests.cast import STONE
from tests.factories import make_draft, seen
from tests.publicity.attachments.conftest import NOW
from tests.publicity.attachments.pictures import SECRET_BOX, as_jpeg, voucher
from tests.village_lists.documents.files import PDF
from village_lists.documents.actions import Readable, read_document
from village_lists.documents.models import Document, DocumentKind

SHEET = f"/v/{STONE}/accounts/2026-09/committee"


@pytest.fixture(scope="session")
def photo() -> Readable:
    """Return a voucher's photo as it is kept."""
    return read_document(name="凭证.jpg", content=as_jpeg(voucher()))


@pytest.fixture
def posted(village, photo):
    """Return the committee's September with a covered photo, a PDF and a photo for officials; still a draft."""
    session, li = village.session, village.cast.li
    draft = make_draft(session, body=village.places.committee, cast=village.cast)
    about = {"version": draft, "by": li, "now": NOW}
    paper = Readable(kind=DocumentKind.PDF, name="合同.pdf", content=PDF)
    covered = attach(session, readable=photo, line=3, caption="电费单", **about)
    contract = attach(session, readable=paper, line=None, caption="承包合同", **about)
    inside = attach(session, readable=photo, line=5, caption="内部照片", **about)
    cover(session, attachment=covered, boxes=[SECRET_BOX], by=li, now=NOW)
    confirm_shown(session, attachment=covered, seen=covered.shown_digest, by=li, now=NOW)
    declare_clean(session, attachment=contract, by=li, now=NOW)
    keep_inside(session, attachment=inside, by=li, now=NOW)
    session.commit()
    return draft, covered, contract, inside


def address(version, key):
    """Return where residents find an attachment."""
    return f"/v/{STONE}/records/{version.record.number}/versions/{version.number}/attachments/{key}"


def steps(village):
    """Return what three people do, one after the other."""
    return ((submit, village.cast.li), (approve, village.cast.yonggen), (confirm, village.cast.chen))


def publish(village, version):
    """Bring the draft to the wall."""
    for hours, (deed, person) in enumerate(steps(village), start=1):
        now = NOW + timedelta(hours=hours)
        deed(village.session, version=version, by=person, now=now, seen=seen(version))
    village.session.commit()


def test_residents_tap_the_voucher_of_a_line(visitor, village, posted):
    draft, covered, contract, _inside = posted
    publish(village, draft)
    text = visitor.get(SHEET).text
    assert f'href="{address(draft, covered.key)}"' in text
    assert "电费单（照片，" in text
    assert "承包合同（PDF 下载，1 KB）" in text
    assert "内部照片" not in text
    assert "<img" not in text
    answer = visitor.get(address(draft, covered.key))
    assert answer.data == covered.shown.content
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    again = visitor.get(address(draft, covered.key), headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    paper = visitor.get(address(draft, contract.key))
    assert paper.data == PDF
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert paper.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_g06_an_original_is_never_served_in_any_state(visitor, village, posted):
    """Every key there is, at every address that residents have, before, while and after it is public."""
    draft, covered, contract, inside = posted
    session = village.session
    original, open_to_all = covered.original.content, {covered.shown.content, PDF}
    keys = [one.key for one in (covered, contract, inside)] + [one.key for one in session.query(Document)]

    def served():
        tries = [address(draft, key) for key in keys]
        tries += [f"/desk/attachments/{key}/{side}" for key in keys for side in ("original", "shown")]
        tries += [f"/desk/documents/{key}" for key in keys]
        answers = [visitor.get(one) for one in tries]
        assert all(answer.data != original for answer in answers)
        return {answer.data for answer in answers if answer.status_code == 200}

    assert served() == set()
    for hours, (deed, person) in enumerate(steps(village), start=1):
        deed(session, version=draft, by=person, now=NOW + timedelta(hours=hours), seen=seen(draft))
        session.commit()
        assert served() == (open_to_all if deed is confirm else set())
    correction = make_draft(session, body=village.places.committee, cast=village.cast, reason="写错了")
    session.commit()
    assert served() == open_to_all
    publish(village, correction)
    assert draft.state == "corrected"
    assert served() == open_to_all


def test_what_is_withdrawn_is_gone(visitor, village, posted):
    draft, covered, _contract, _inside = posted
    publish(village, draft)
    about = {"version": draft, "now": NOW + timedelta(days=1), "seen": seen(draft)}
    ask_withdrawal(village.session, reason="凭证放错了地方", by=village.cast.li, **about)
    agree_withdrawal(village.session, by=village.cast.chen, **about)
    village.session.commit()
    assert visitor.get(address(draft, covered.key)).status_code == 404


def test_another_village_and_another_number_find_nothing(visitor, village, posted):
    draft, covered, _contract, _inside = posted
    publish(village, draft)
    right = address(draft, covered.key)
    assert visitor.get(right).status_code == 200
    for wrong in (
        right.replace(STONE, village.places.field.code),
        right.replace("/versions/1/", "/versions/2/"),
        right.replace(f"/records/{draft.record.number}/", "/records/99/"),
        right[:-1] + ("a" if right[-1] != "a" else "b"),
        right.upper(),
    ):
        assert visitor.get(wrong).status_code == 404
