"""A resident with an old phone: no scripts, no cookies, a slow line; what was chosen goes along with every link."""

import pytest

from tests.cast import STONE

PAGES = {
    "find": "/",
    "village": f"/v/{STONE}",
    "month": f"/v/{STONE}/accounts/2026-08",
    "ledger": f"/v/{STONE}/accounts/2026-08/collective",
    "powers": f"/v/{STONE}/powers",
    "power": f"/v/{STONE}/powers/A04",
    "prohibitions": f"/v/{STONE}/prohibitions",
    "search": f"/v/{STONE}/powers?q=盖房子",
    "nothing-found": f"/v/{STONE}/powers?q=飞机票",
    "changes": f"/v/{STONE}/powers/changes",
    "money": f"/v/{STONE}/powers/A08/money",
    "records": f"/v/{STONE}/records",
    "record": f"/v/{STONE}/records/1",
    "version": f"/v/{STONE}/records/1/versions/1",
    "code": "/q/",
}
# Large type, English, and both: what a link must carry while it is on.
CHOICES = ("size=large", "lang=en", "size=large&lang=en")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_needs_no_scripts_and_no_cookies_and_fits_the_phone(window, path):
    resident = window(scripts=False)
    answer = resident.page.goto(path)
    assert answer.status == 200
    assert resident.page.locator("h1").inner_text().strip()
    assert not resident.was_given_cookies()
    wide = window()
    wide.page.goto(path)
    assert wide.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("choice", CHOICES)
def test_every_page_carries_what_was_chosen(window, choice):
    resident = window(scripts=False)
    for path in PAGES.values():
        answer = resident.page.goto(asked(path, choice))
        assert answer.status == 200
        if "size" in choice:
            assert resident.page.locator("html.large").count() == 1
        if "lang" in choice:
            assert resident.page.locator("html").get_attribute("lang") == "en"
        assert not _forgetful(resident.page, choice), path


def asked(path: str, query: str) -> str:
    """Return a path with further questions behind it."""
    return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


def _forgetful(page, choice: str) -> list[str]:
    """Return the links within the site that drop a choice; the switches may, for that is what they are for."""
    links = [link.get_attribute("href") or "" for link in page.locator("a:not(.switches a)").all()]
    ours = [link for link in links if link.startswith("/") and not link.startswith("/static/")]
    files = (".json", ".csv", ".pdf", ".xlsx")
    return [
        link
        for link in ours
        if not link.split("?")[0].endswith(files) and not all(part in link for part in choice.split("&"))
    ]


def test_the_first_visit_to_a_village_is_light(window):
    resident = window()
    resident.page.goto(f"/v/{STONE}", wait_until="networkidle")
    assert len(resident.answers) <= 10
    assert resident.weight() <= 50 * 1024, resident.weight()


def test_large_type_is_large(window):
    resident = window()
    resident.page.goto(f"/v/{STONE}?size=large", wait_until="networkidle")
    assert resident.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18
    # A link inside a sentence may be as tall as its line (WCAG 2.2, 2.5.8).
    small = resident.page.evaluate(
        "[...document.querySelectorAll('a, button, summary, input')]"
        ".filter(each => each.offsetParent && !each.closest('p, dd, .skip'))"
        ".filter(each => each.getBoundingClientRect().height < 60).map(each => each.outerHTML)"
    )
    assert not small
