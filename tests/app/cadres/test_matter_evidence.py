"""Papers behind the deeds of a matter: who adds, covers, lets out and sees them."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from publicity.matters.models import Evidence
from tests.app.cadres.matters import MATTERS, adopt_small_list, count_of, day, open_one, send
from tests.publicity.workflow.stage import STONE
from tests.village_lists.documents.files import PDF, picture, telling_jpeg, written

DEED = f"{MATTERS}/1/deeds/1"
PHOTO = written(picture(240, 180), "JPEG")


@pytest.fixture
def road(town):
    """Let the first step of a road be done."""
    adopt_small_list(town)
    open_one(town)
    send(town, "ends", step="decide/show", deed="done", happened_on=day(16))
    return town


def add(town, *files, role="clerk", **form):
    """Send papers behind the deed; a file is bytes with a name."""
    papers = [(io.BytesIO(content), name) for content, name in files]
    return town.visitors[role].post(f"{DEED}/papers", {"papers": papers, **form})


def key_of(town) -> str:
    """Return the key of the newest paper."""
    with town.session() as session:
        return str(session.scalars(select(Evidence.key).order_by(Evidence.id.desc()).limit(1)).one())


def look(town, role, tail, key=""):
    """Return what somebody gets of a paper."""
    return town.visitors[role].get(f"{MATTERS}/1/papers/{key or key_of(town)}{tail}")


def press(town, deed, **form):
    """Press a button of a paper that was just looked at."""
    return town.visitors["clerk"].post(f"{MATTERS}/1/papers/{key_of(town)}/{deed}", {"seen": seen(town), **form})


def seen(town) -> str:
    """Return what the page of the newest paper says that it shows."""
    found = re.search(r'name="seen" value="(\w+)"', look(town, "clerk", "").text)
    return found.group(1) if found else ""


def public(town):
    """Return what everybody gets of the newest paper."""
    return town.visitors["anonymous"].get(f"/v/{STONE}/matters/1/documents/{key_of(town)}")


def test_a_photo_is_drawn_anew_and_stays_inside_until_somebody_looked(road):
    assert add(road, (telling_jpeg(), "照片.jpg"), other="公示照片").status_code == 303
    page = road.visitors["clerk"].get(DEED).text
    assert "公示照片" in page
    assert "还没有看过，没有公开" in page
    for role in ("clerk", "secretary", "head"):
        assert look(road, role, "/original").status_code == 200
    with Image.open(io.BytesIO(look(road, "clerk", "/original").data)) as kept:
        assert not kept.getexif()
    assert public(road).status_code == 404
    assert look(road, "clerk", "/shown").status_code == 404
    assert "材料 1 份" in road.visitors["clerk"].get(f"{MATTERS}/1").text


def test_originals_are_for_the_village_and_its_township(road):
    add(road, (PHOTO, "照片.jpg"))
    audit = f"/audit/{STONE[:9]}/matters/{STONE}/1"
    assert road.visitors["auditor"].get(f"{audit}/papers/{key_of(road)}").status_code == 200
    assert key_of(road) in road.visitors["auditor"].get(audit).text
    for role, status in (("elsewhere", 404), ("auditor", 404), ("steward", 404), ("anonymous", 303)):
        assert look(road, role, "/original").status_code == status


def test_a_covered_photo_is_looked_at_again_before_it_is_public(road):
    add(road, (PHOTO, "照片.jpg"))
    assert "redact-form" in look(road, "clerk", "/boxes").text
    assert look(road, "head", "/boxes").status_code == 403
    refused = press(road, "boxes")
    assert refused.status_code == 422
    assert "还没有框" in refused.text
    assert press(road, "boxes", box="0,0,500,500").status_code == 303
    assert "遮好了，还没有确认，没有公开" in look(road, "clerk", "").text
    assert public(road).status_code == 404
    former = look(road, "clerk", "/shown").data
    documents = count_of(road, "document")
    press(road, "boxes", box="0,0,900,900")
    assert count_of(road, "document") == documents, "the former drawing is gone"
    assert look(road, "clerk", "/shown").data != former
    assert press(road, "public", **{"as": "covered"}).status_code == 303
    assert "遮好了，已公开" in look(road, "clerk", "").text
    with Image.open(io.BytesIO(public(road).data)) as shown:
        assert max(shown.convert("L").crop((0, 0, 20, 20)).tobytes()) < 20
    assert 'data-boxes="0,0,900,900"' in look(road, "clerk", "/boxes").text


def test_whoever_confirms_something_else_than_he_was_shown_is_told(road):
    add(road, (PHOTO, "照片.jpg"))
    press(road, "boxes", box="0,0,500,500")
    former = seen(road)
    press(road, "boxes", box="0,0,900,900")
    for form in ({"as": "covered"}, {}):
        for stale in (former, ""):
            assert press(road, "public", seen=stale, **form).status_code == 303
            assert "请重新看一遍再确认" in look(road, "clerk", "").text
            assert public(road).status_code == 404
    press(road, "public", **{"as": "covered"})
    assert public(road).status_code == 200


def test_what_is_clean_is_public_as_it_is_and_may_go_inside_again(road):
    add(road, (PDF, "会议记录.pdf"), name="会议记录")
    assert "PDF 文件只能下载" in look(road, "head", "").text
    assert look(road, "clerk", "/boxes").status_code == 404
    assert press(road, "public", **{"as": "covered"}).status_code == 404
    assert press(road, "public").status_code == 303
    assert "原样公开" in look(road, "clerk", "").text
    assert public(road).data == PDF
    assert press(road, "inside").status_code == 303
    assert "只给审核的人看，不公开" in look(road, "clerk", "").text
    assert public(road).status_code == 404


def test_what_cannot_be_kept_is_named_and_the_rest_is_kept(road):
    answer = add(road, (b"<html></html>", "网页.html"), (PHOTO, "现场.jpg"), (PHOTO, "又一张.jpg"))
    assert answer.status_code == 422
    assert "网页.html：" in answer.text
    assert "又一张.jpg：这份材料已经加过了" in answer.text
    assert count_of(road, "evidence") == 1
    assert "请先拍照或者选择文件" in add(road).text
    assert "手机" in add(road, (PDF, "a.pdf"), other="李某13812345678").text
    many = add(road, *((written(picture(60 + size, 60), "PNG"), f"{size}.png") for size in range(7)))
    assert "一次最多 6 个文件" in many.text
    assert count_of(road, "evidence") == 7


def test_who_may_add_and_which_deed_there_is(road):
    assert add(road, (PHOTO, "照片.jpg"), role="secretary").status_code == 403
    assert add(road, (PHOTO, "照片.jpg"), role="elsewhere").status_code == 404
    assert "添材料" not in road.visitors["head"].get(DEED).text
    assert road.visitors["clerk"].get(f"{MATTERS}/1/deeds/9").status_code == 404
    assert look(road, "clerk", "", key="a" * 16).status_code == 404
    assert ">核对</button>" in road.visitors["head"].get(DEED).text
