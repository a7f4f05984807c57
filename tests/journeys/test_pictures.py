"""Pictures of pages and paper, for review and for the manuals; without MINGBAI_PICTURES they are only opened."""

import pytest

from tests.cast import COUNTY, STONE, TOWNSHIP
from tests.journeys.flowcharts import charts, contact_sheet
from tests.journeys.paper import picture_of
from tests.journeys.people import Official, Steward
from tests.journeys.stage import go
from tests.journeys.test_resident_reads import PAGES, asked
from village_lists.flowcharts.chart import Form

LOOKS = {
    "normal": {},
    "large": {"size": "large"},
    "dark": {},
    "en": {"lang": "en"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_pictures_of_what_residents_see(window, camera, look):
    resident = window(dark=look == "dark")
    query = "&".join(f"{name}={value}" for name, value in LOOKS[look].items())
    for name, path in PAGES.items():
        answer = resident.page.goto(asked(path, query))
        assert answer.status == 200
        camera.take(resident.page, f"resident-{name}-{look}")


def test_picture_of_the_township(window, camera):
    auditor = Official(window(width=1280, height=900).page, "zhao", STONE)
    auditor.page.goto(f"/audit/{TOWNSHIP}/accounts")
    auditor.gives_name_and_password()
    assert auditor.sees("应公开未公开")
    go(auditor.page.locator("td.missing a").last)
    auditor.page.wait_for_url("**cell=**")
    assert auditor.sees("应在哪天前公开")
    camera.take(auditor.page, "audit-1280", whole=False)
    auditor.page.set_viewport_size({"width": 360, "height": 740})
    assert auditor.page.evaluate("document.documentElement.scrollWidth") <= 360
    camera.take(auditor.page, "audit-360", whole=False)


def test_picture_of_a_poster(window, camera, tmp_path):
    chen = Official(window().page, "chen", STONE)
    chen.signs_in()
    answer = chen.page.request.get(f"/desk/{STONE}/posters/A04.pdf")
    assert answer.ok
    poster = picture_of(answer.body(), tmp_path, dpi=80, grey=False)
    assert poster.width * poster.height > 0
    camera.develop(poster, "poster-a04")


@pytest.mark.parametrize("width", [1280, 360])
def test_pictures_of_the_county(window, camera, width):
    shen = Steward(window(width=width, height=900).page, "shen")
    shen.signs_in()
    shen.presses("做新的一版（从已公布的改）")
    edition = shen.page.url
    pages = {
        "lists": "/county/lists",
        "outline": edition,
        "item": f"{edition}/items/A04",
        "chart": f"{edition}/procedures/04-works-small",
        "categories": f"{edition}/categories",
        "prohibitions": f"{edition}/prohibitions",
        "problems": f"{edition}/problems",
        "history": f"{edition}/history",
        "preview": f"{edition}/preview",
        "new": f"/county/{COUNTY}/lists/new",
        "rules": f"/county/{COUNTY}/rules",
        "rule": f"/county/{COUNTY}/rules/display.days",
        "rule-changes": f"/county/{COUNTY}/rules/changes",
    }
    for name, path in pages.items():
        answer = shen.page.goto(path)
        assert answer.status == 200, path
        assert shen.page.evaluate("document.documentElement.scrollWidth") <= width, path
        camera.take(shen.page, f"county-{name}-{width}")


@pytest.mark.parametrize("form", [Form.PHONE, Form.PRINT])
@pytest.mark.parametrize(("slug", "count"), [("sample-36", 38), ("sample-52", 27)])
def test_picture_of_all_flowcharts(browser, camera, form, tmp_path, slug, count):
    assert len(charts(slug, form)) == count
    if camera.folder:
        camera.develop(contact_sheet(browser, slug, form, tmp_path), f"flowcharts-{slug}-{form.value}")
