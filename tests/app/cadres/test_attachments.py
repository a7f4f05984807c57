"""Attachments on the desk: who adds, covers and sees what; hostile files; names are those of security.md, part G."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from publicity.attachments.actions import attach
from publicity.attachments.models import Attachment, Standing
from publicity.ledgers.actions import draft_ledger
from tests.app.officials import DESK, Visitor
from tests.publicity.attachments.pictures import SECRET_BOX, as_jpeg, voucher
from tests.publicity.workflow.stage import NOW, OCTOBER, month
from tests.village_lists.documents.files import PDF, picture, png_that_claims, telling_jpeg, telling_png, written
from village_lists.documents.actions import read_document
from village_lists.people.models import Person
from village_lists.places.models import Body, BodyKind

HTML = b"<html><script>alert(1)</script></html>"
BOX = ",".join(map(str, SECRET_BOX))
SMALL = written(picture(240, 180), "JPEG")
BAD_PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    b"/Names<</EmbeddedFiles 2 0 R>>>>endobj\n"
    b"3 0 obj<</S/Launch/F(cmd.exe)>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def add(town, *files, role="clerk", key="", **form):
    """Send files as the form does; a file is bytes, or bytes with a name."""
    named = [file if isinstance(file, tuple) else (file, "照片.jpg") for file in files]
    photos = [(io.BytesIO(content), name) for content, name in named]
    address = f"{DESK}/versions/{key or town.desk.returned}/attachments"
    return town.visitors[role].post(address, {"photos": photos, **form})


def kept(town) -> list[dict[str, Any]]:
    """Return what is kept of each attachment, in its order."""
    with town.session() as session:
        found = session.scalars(select(Attachment).order_by(Attachment.position))
        return [
            {
                "key": one.key,
                "standing": one.standing,
                "line": one.line,
                "caption": one.caption,
                "original": one.original.content,
                "original_key": one.original.key,
                "shown": one.shown.content if one.shown else b"",
                "boxes": one.boxes.get("boxes"),
            }
            for one in found
        ]


def page_of(town, key="", tail=""):
    """Return the address of an attachment of the returned draft."""
    return f"{DESK}/versions/{town.desk.returned}/attachments" + (f"/{key}{tail}" if key else "")


def press(town, deed, role="clerk", **form):
    """Press a button of the first attachment."""
    return town.visitors[role].post(page_of(town, kept(town)[0]["key"], f"/{deed}"), form)


def test_a_photo_is_added_covered_confirmed(town):
    assert add(town, as_jpeg(voucher()), line="2", caption="电费单").status_code == 303
    (one,) = kept(town)
    assert (one["standing"], one["line"], one["caption"]) == (Standing.NEW, 2, "电费单")
    clerk = town.visitors["clerk"]
    boxes = clerk.get(page_of(town, one["key"], "/boxes"))
    assert "这台服务器没有装自动识别，请自己框" in boxes.text
    assert boxes.text.count('name="cell"') == 12 * 9
    answer = press(town, "boxes", box=BOX, cell=["0-0", "0-1"])
    assert answer.status_code == 303
    (one,) = kept(town)
    assert one["boxes"] == [list(SECRET_BOX), [0, 0, 166, 111]]
    assert one["standing"] == Standing.TO_CONFIRM
    looked_at = clerk.get(answer.location).text
    assert "遮好了，还没有确认" in looked_at
    seen = re.search(r'name="seen" value="(\w+)"', looked_at)
    assert seen
    # What was covered is filled in when it is opened again, with and without scripts.
    again = clerk.get(page_of(town, one["key"], "/boxes")).text
    assert f'data-boxes="{BOX} 0,0,166,111"' in again
    assert re.search(r'value="3-4"[^>]* checked', again)
    assert press(town, "confirm", seen="another").status_code == 303
    assert kept(town)[0]["standing"] == Standing.TO_CONFIRM
    assert press(town, "confirm", seen=seen[1]).status_code == 303
    assert kept(town)[0]["standing"] == Standing.COVERED


def test_several_at_once_and_the_bad_one_is_named(town):
    answer = add(town, SMALL, (b"GIF89a...", "坏的.gif"), (PDF, "合同.pdf"), caption="一批", line="1")
    assert answer.status_code == 422
    assert "坏的.gif：只能上传照片" in answer.text
    assert 'value="一批"' in answer.text
    assert len(kept(town)) == 2


def test_nothing_chosen_is_said(town):
    answer = add(town, (b"", ""))
    assert answer.status_code == 422
    assert "请先拍照或者选择文件" in answer.text


@pytest.mark.parametrize("form", [{}, {"box": "1,2,3"}, {"cell": "99-99"}, {"box": "0,0,1001,5"}])
def test_boxes_that_cannot_be_read_cover_nothing(town, form):
    add(town, SMALL)
    answer = press(town, "boxes", **form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert kept(town)[0]["standing"] == Standing.NEW


def test_clean_inside_caption_order_remove(town):
    add(town, SMALL)
    add(town, (PDF, "合同.pdf"))
    assert press(town, "clean").status_code == 303
    assert kept(town)[0]["standing"] == Standing.CLEAN
    assert press(town, "inside").status_code == 303
    assert kept(town)[0]["standing"] == Standing.INSIDE
    assert press(town, "caption", caption="新的说明", line="").status_code == 303
    assert kept(town)[0]["caption"] == "新的说明"
    assert press(town, "caption", caption="长" * 61).status_code == 303
    assert "说明最多 60 个字" in town.visitors["clerk"].get(page_of(town, kept(town)[0]["key"])).text
    first = kept(town)[0]["key"]
    press(town, "move", to="down")
    assert kept(town)[1]["key"] == first
    assert press(town, "remove").status_code == 303
    assert [one["key"] for one in kept(town)] == [first]


def test_r5_a_second_tap_on_remove_takes_nothing_more(town):
    add(town, SMALL)
    add(town, (PDF, "合同.pdf"))
    address = page_of(town, kept(town)[0]["key"], "/remove")
    answers = [town.visitors["clerk"].post(address, {"op": "a" * 16}) for _tap in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(kept(town)) == 1


def test_r5_the_same_upload_sent_twice_is_one_attachment(town):
    for _tap in range(2):
        assert add(town, SMALL, line="2").status_code == 303
    assert len(kept(town)) == 1


def test_a_pdf_is_not_covered_and_says_so(town):
    add(town, (PDF, "合同.pdf"))
    (one,) = kept(town)
    assert "里面的内容也不能遮盖" in town.visitors["clerk"].get(page_of(town, one["key"])).text
    assert town.visitors["clerk"].get(page_of(town, one["key"], "/boxes")).status_code == 404
    assert press(town, "boxes", box=BOX).status_code == 404


def test_what_is_submitted_or_public_takes_no_attachment(town):
    before = town.rows()
    for key in (town.desk.published, town.desk.submitted, town.desk.approved):
        assert add(town, SMALL, key=key).status_code == 403
    assert town.rows() == before


def test_nobody_but_the_clerk_changes_anything(town):
    add(town, SMALL)
    before = town.rows()
    for role in ("secretary", "head", "member", "director", "auditor", "steward", "elsewhere"):
        assert add(town, SMALL, role=role).status_code in {403, 404}
        for deed in ("boxes", "confirm", "clean", "inside", "caption", "move", "remove"):
            assert press(town, deed, role, box=BOX).status_code in {403, 404}
    assert town.rows() == before


def test_originals_are_for_the_village_and_its_township(town):
    add(town, telling_jpeg())
    key = kept(town)[0]["key"]
    seen = {role: visitor.get(f"/desk/attachments/{key}/original") for role, visitor in town.visitors.items()}
    allowed = {role for role, answer in seen.items() if answer.status_code == 200}
    assert allowed == {"clerk", "secretary", "substitute", "director", "head", "member", "auditor"}
    assert seen["anonymous"].status_code == 303
    assert (seen["steward"].status_code, seen["elsewhere"].status_code) == (404, 404)
    answer = seen["head"]
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    # Nothing is shown yet, so that there is nothing of it to open.
    assert town.visitors["head"].get(f"/desk/attachments/{key}/shown").status_code == 404


def test_reviewers_look_and_find_no_buttons(town):
    add(town, SMALL)
    key = kept(town)[0]["key"]
    head = town.visitors["head"]
    for address in (page_of(town), page_of(town, key)):
        text = head.get(address).text
        assert "照片和附件" in text
        assert text.count("<form") == 1  # signing out
    assert head.get(page_of(town, key, "/boxes")).status_code == 403


def test_an_attachment_is_found_only_under_its_own_version(town):
    add(town, SMALL)
    key = kept(town)[0]["key"]
    clerk = town.visitors["clerk"]
    assert clerk.get(f"{DESK}/versions/{town.desk.submitted}/attachments/{key}").status_code == 404
    assert clerk.get(page_of(town, "a" * 16)).status_code == 404


def test_the_same_photo_in_another_record_is_told(town):
    add(town, as_jpeg(voucher()))
    assert "同一张照片也用在" not in town.visitors["head"].get(page_of(town)).text
    with town.session() as session:
        clerk = session.scalars(select(Person).where(Person.name == "李国强")).one()
        body = session.scalars(select(Body).where(Body.kind == BodyKind.COLLECTIVE)).first()
        other = draft_ledger(session, body=body, parsed=month(OCTOBER), source="账本.xlsx", by=clerk, now=NOW)
        readable = read_document(name="又一张.jpg", content=as_jpeg(voucher()))
        attach(session, version=other, readable=readable, line=None, caption="", by=clerk, now=NOW)
        session.commit()
        number = other.record.number
    said = f"同一张照片也用在第 {number} 号"
    assert said in town.visitors["head"].get(page_of(town)).text
    assert said in town.visitors["head"].get(page_of(town, kept(town)[0]["key"])).text


@pytest.mark.parametrize("size", [(30_000, 30_000), (12_000, 12_000)])
def test_g01_a_bomb_is_refused(town, size):
    answer = add(town, png_that_claims(*size))
    assert answer.status_code == 422
    assert not kept(town)


@pytest.mark.parametrize("content", [telling_jpeg(), telling_png()])
def test_g02_nothing_but_the_picture_is_stored(town, content):
    add(town, content)
    press(town, "boxes", box="0,0,100,100")
    (one,) = kept(town)
    for file in (one["original"], one["shown"]):
        assert b"SECRET" not in file
        assert b"Exif" not in file
        assert not Image.open(io.BytesIO(file)).getexif()
    database = Path(town.file).read_bytes()
    assert b"SECRETPHONE" not in database
    assert b"SECRETCOMMENT" not in database


@pytest.mark.parametrize("tail", [HTML, b"PK\x03\x04" + HTML])
def test_g03_what_hangs_on_a_photo_is_cut_off(town, tail):
    add(town, (SMALL + tail, "照片.html"))
    (one,) = kept(town)
    assert b"script" not in one["original"]
    answer = town.visitors["clerk"].get(f"/desk/attachments/{one['key']}/original")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert ".html" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "content",
    [HTML, b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"PK\x03\x04", written(picture(), "GIF")],
)
def test_g03_what_only_claims_to_be_a_photo_is_refused(town, content):
    assert add(town, (content, "照片.png")).status_code == 422
    assert not kept(town)


def test_g04_of_many_frames_the_first_counts_and_half_a_photo_is_refused(town):
    frames = [picture().point(lambda value, step=step: value + step) for step in range(60)]
    film = io.BytesIO()
    frames[0].save(film, format="WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert add(town, film.getvalue()).status_code == 303
    assert Image.open(io.BytesIO(kept(town)[0]["original"])).size == (60, 40)
    assert add(town, SMALL[: len(SMALL) // 2]).status_code == 422
    profile = written(picture(), "JPEG", icc_profile=b"SECRETPROFILE" * 30_000)
    assert add(town, profile).status_code == 303
    assert all(len(one["original"]) < 5000 for one in kept(town))


def test_g05_a_pdf_is_downloaded_and_never_opened_here(town):
    add(town, (BAD_PDF, "合同.pdf"))
    (one,) = kept(town)
    answer = town.visitors["head"].get(f"/desk/attachments/{one['key']}/original")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Type"] == "application/pdf"
    page = town.visitors["head"].get(page_of(town, one["key"])).text
    assert "<img" not in page
    assert "<embed" not in page
    assert "<iframe" not in page


def test_g06_the_public_opens_nothing_of_a_draft(town):
    add(town, SMALL)
    press(town, "clean")
    (one,) = kept(town)
    anonymous: Visitor = town.visitors["anonymous"]
    village = DESK.removeprefix("/desk/")
    for number in range(1, 6):
        for key in (one["key"], one["original_key"]):
            address = f"/v/{village}/records/{number}/versions/1/attachments/{key}"
            assert anonymous.get(address).status_code == 404
    for side in ("original", "shown"):
        assert anonymous.get(f"/desk/attachments/{one['key']}/{side}").status_code == 303


def test_size_and_language_reach_every_page(town):
    add(town, SMALL)
    (one,) = kept(town)
    for address in (page_of(town), page_of(town, one["key"]), page_of(town, one["key"], "/boxes")):
        answer = town.visitors["clerk"].get(address + "?size=large&lang=en")
        assert answer.status_code == 200
        assert 'class="large"' in answer.text
