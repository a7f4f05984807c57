"""Pictures of pages and paper, for review and for the manuals; without MINGBAI_PICTURES they are only opened."""

import pytest

from tests.cast import STONE, TOWNSHIP
from tests.journeys.flowcharts import charts, contact_sheet
from tests.journeys.paper import picture_of
from tests.journeys.people import Official
from tests.journeys.test_resident_reads import PAGES
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
        answer = resident.page.goto(f"{path}?{query}")
        assert answer.status == 200
        camera.take(resident.page, f"resident-{name}-{look}")


def test_picture_of_the_township(window, camera):
    auditor = Official(window(width=1280, height=900).page, "zhao", STONE)
    auditor.page.goto(f"/audit/{TOWNSHIP}/accounts")
    auditor.gives_name_and_password()
    assert auditor.sees("应公开未公开")
    auditor.page.locator("td.missing a").last.click()
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


@pytest.mark.parametrize("form", [Form.PHONE, Form.PRINT])
def test_picture_of_all_flowcharts(server, browser, camera, form, tmp_path):
    assert len(charts(server, form)) == 36
    if camera.folder:
        camera.develop(contact_sheet(browser, server, form, tmp_path), f"flowcharts-{form.value}")
