"""A voucher's photo, from the clerk's phone to the residents' page: what a finger covered is gone."""

import io
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.attachments.models import Attachment
from publicity.ledgers.queries import ledger_of
from publicity.records.models import Version
from publicity.workflow.actions import approve, confirm, submit
from tests.cast import STONE, Cast
from tests.factories import make_draft, seen
from tests.journeys.conftest import AUGUST_CLOSES
from tests.journeys.people import Clerk
from tests.publicity.attachments.pictures import SECRET, as_jpeg, span_of, voucher
from village_lists.people.models import Person
from village_lists.places.models import Body, BodyKind, Place

ORIENTATION = 0x0112
NAMES = {"li": "李国强", "yonggen": "王永根", "chen": "陈海涛"}


def cast_in(session) -> Cast:
    """Return those who act here as they stand in the database; every other part is played by nobody of note."""
    people = {
        part: session.scalars(select(Person).where(Person.name == NAMES.get(part, "李国强"))).one()
        for part in (field.name for field in fields(Cast))
    }
    return Cast(**people)


def draft(server) -> str:
    """Let the clerk draft September; return its key."""
    with Session(server.app.extensions["engine"], expire_on_commit=False) as session:
        village = select(Place.id).where(Place.code == STONE).scalar_subquery()
        wanted = select(Body).where(Body.village_id == village, Body.kind == BodyKind.COLLECTIVE)
        cast = cast_in(session)
        version = make_draft(
            session, body=session.scalars(wanted).one(), cast=cast, opening_fen=AUGUST_CLOSES, now=server.now
        )
        assert ledger_of(session, version=version)
        session.commit()
        return version.key


def publish(server, key: str) -> None:
    """Let three people submit, approve and confirm."""
    with Session(server.app.extensions["engine"], expire_on_commit=False) as session:
        version = session.scalars(select(Version).where(Version.key == key)).one()
        cast = cast_in(session)
        steps = ((submit, cast.li), (approve, cast.yonggen), (confirm, cast.chen))
        for hours, (deed, person) in enumerate(steps, start=1):
            now = server.now + timedelta(hours=hours)
            deed(session, version=version, by=person, now=now, seen=seen(version))
        session.commit()


def lying_photo(folder: Path) -> Path:
    """Keep the voucher as a phone does: on its side, with a note which way is up, and where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "SECRETPHONE"
    file = folder / "IMG_0001.jpg"
    file.write_bytes(as_jpeg(voucher().rotate(90, expand=True), exif=exif))
    return file


def drag(page: Page, box: tuple[float, float, float, float]) -> None:
    """Draw a box with one finger over the picture; in shares of it: left, top, right, bottom."""
    frame = page.locator("#picture").bounding_box()
    assert frame
    left, right = (frame["x"] + frame["width"] * share for share in (box[0], box[2]))
    top, bottom = (frame["y"] + frame["height"] * share for share in (box[1], box[3]))
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": left, "y": top}]})
    for step in range(1, 6):
        point = {"x": left + (right - left) * step / 5, "y": top + (bottom - top) * step / 5}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def public_picture(page: Page) -> Image.Image:
    """Return what residents get who tap the voucher's link on the month's page."""
    page.goto(f"/v/{STONE}/accounts/2026-09/collective")
    link = page.get_by_role("link", name="维修付款凭证")
    answer = page.request.get(str(link.get_attribute("href")))
    assert answer.headers["content-type"] == "image/jpeg"
    assert b"SECRET" not in answer.body()
    return Image.open(io.BytesIO(answer.body())).convert("RGB")


def lightest(picture: Image.Image) -> int:
    """Return the lightest value within the secret's place: near 0 where all of it is black."""
    wide, high = picture.width / 1200, picture.height / 900
    left, top, right, bottom = SECRET
    return span_of(picture.crop((round(left * wide), round(top * high), round(right * wide), round(bottom * high))))[1]


def is_narrow(page: Page) -> bool:
    """Say whether nothing runs out of the window sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_box_drawn_by_finger_is_gone_for_residents(server, window, camera, tmp_path):
    key = draft(server)
    li = Clerk(window().page, "li", STONE)
    li.signs_in()
    page = li.page
    page.goto(f"/desk/{STONE}/versions/{key}/attachments?line=5")
    page.fill("[name=caption]", "维修付款凭证")
    page.set_input_files("#album", lying_photo(tmp_path))
    assert is_narrow(page)
    camera.take(page, "photo-1-add")
    li.presses("上传")
    page.wait_for_selector("text=还没有看过")
    camera.take(page, "photo-2-list")
    li.follows("看一看，遮一遮")
    page.locator("#picture img").evaluate("picture => picture.decode()")
    drag(page, (0.31, 0.34, 0.69, 0.55))
    assert page.locator(".over").count() == 1
    assert li.sees("已框 1 处")
    drag(page, (0.02, 0.85, 0.2, 0.98))
    assert page.locator(".over").count() == 2
    li.taps("↶ 退一步")
    assert page.locator(".over").count() == 1
    assert is_narrow(page)
    camera.take(page, "photo-3-boxes")
    li.presses("遮住，看看效果")
    assert li.sees("村民看到的样子")
    camera.take(page, "photo-4-result")
    li.presses("都遮好了，就这样公开")
    assert li.sees("已遮 1 处，会公开")
    publish(server, key)

    resident = window(scripts=False)
    picture = public_picture(resident.page)
    camera.take(resident.page, "photo-5-residents")
    # Upright, and black where the finger was.
    assert picture.width > picture.height
    assert lightest(picture) <= 8
    with Session(server.app.extensions["engine"]) as session:
        one = session.scalars(select(Attachment)).one()
        assert b"SECRET" not in one.original.content
    hidden = f"/desk/attachments/{one.key}/original"
    assert resident.page.request.get(hidden, max_redirects=0).status == 303


def test_a_box_is_moved_sized_and_deleted_by_keys(server, window, tmp_path):
    key = draft(server)
    li = Clerk(window().page, "li", STONE)
    li.signs_in()
    page = li.page
    page.goto(f"/desk/{STONE}/versions/{key}/attachments")
    page.set_input_files("#album", lying_photo(tmp_path))
    li.presses("上传")
    page.wait_for_selector("text=还没有看过")
    li.follows("看一看，遮一遮")
    li.taps("＋ 加一个框")
    for press in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(press)
    assert page.locator("input[name=box]").input_value() == "355,455,305,55"
    page.keyboard.press("Delete")
    assert page.locator("input[name=box]").count() == 0
    li.taps("↶ 退一步")
    assert page.locator("input[name=box]").input_value() == "355,455,305,55"
    li.taps("全部清掉")
    li.presses("遮住，看看效果")
    assert li.sees("还没有框")


def test_without_scripts_fields_of_a_grid_are_covered(server, window, camera, tmp_path):
    key = draft(server)
    li = Clerk(window(scripts=False).page, "li", STONE)
    li.signs_in()
    page = li.page
    page.goto(f"/desk/{STONE}/versions/{key}/attachments?line=5&size=large")
    page.fill("[name=caption]", "维修付款凭证")
    page.set_input_files("#album", lying_photo(tmp_path))
    li.presses("上传")
    li.follows("看一看，遮一遮")
    for row in range(3, 5):
        for column in range(3, 9):
            # The field itself is what a finger meets: its label, once it stands still.
            field = page.locator("#cells label").filter(has=page.locator(f"input[value='{row}-{column}']"))
            field.click()
            assert field.locator("input").is_checked()
    assert is_narrow(page)
    camera.take(page, "photo-6-grid")
    li.presses("遮住，看看效果")
    li.presses("都遮好了，就这样公开")
    publish(server, key)
    picture = public_picture(window(scripts=False).page)
    assert lightest(picture) <= 8
