"""What holds for every public page: plain, light, kept by its fingerprint, without cookies and other hosts."""

import gzip
import json
import re
from html import unescape

VILLAGE = "/v/330299101201"
PAGES = [
    "/",
    "/?name=上石",
    VILLAGE,
    f"{VILLAGE}/accounts/2026-09",
    f"{VILLAGE}/accounts/2026-09/collective",
    f"{VILLAGE}/records",
    f"{VILLAGE}/records/1",
    f"{VILLAGE}/records/1/versions/1",
    f"{VILLAGE}/powers",
    f"{VILLAGE}/powers/A01",
    f"{VILLAGE}/powers/A04",
    f"{VILLAGE}/prohibitions",
    "/q/",
]
TABLES = ["accounts/2026-09", "accounts/2026-09/collective", "records", "records/1", "powers", "prohibitions"]
REFERENCE = re.compile(r"""(?:href|src|action)="([^"]*)\"""")


def test_they_open_without_cookies_and_set_none(visitor, village):
    for address in PAGES:
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers, address
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"], address


def test_nothing_leads_to_another_host(visitor, village):
    for address in PAGES:
        for reference in REFERENCE.findall(visitor.get(address).text):
            assert reference.startswith(("/", "#", "?", "tel:")), (address, reference)
            assert not reference.startswith("//"), (address, reference)


def test_no_link_is_dead(visitor, village):
    references = {one for address in PAGES for one in REFERENCE.findall(visitor.get(address).text)}
    for reference in sorted(references):
        if reference.startswith("/"):
            with visitor.get(unescape(reference)) as answer:
                assert answer.status_code == 200, reference


def test_large_type_is_carried_by_every_link(visitor, village):
    for address in PAGES:
        text = visitor.get(f"{address}{'&' if '?' in address else '?'}size=large").text
        assert 'class="large"' in text, address
        # The field for a code and the way back to the normal size are the two that lead out of it.
        inside = [one for one in REFERENCE.findall(text) if one.startswith("/v/") and one != address]
        assert all("size=large" in one for one in inside), address


def test_english_is_answered(visitor, village):
    for address in PAGES:
        answer = visitor.get(f"{address}{'&' if '?' in address else '?'}lang=en")
        assert answer.status_code == 200, address
        assert '<html lang="en"' in answer.text, address


def test_an_unchanged_page_is_not_sent_again(visitor, village):
    for address in PAGES:
        first = visitor.get(address)
        assert "max-age=60" in first.headers["Cache-Control"], address
        again = visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, address


def test_a_first_visit_to_a_village_is_light(visitor, village):
    page = visitor.get(VILLAGE)
    parts = [page.data]
    for file in re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="([^"]+)"', page.text):
        with visitor.get(unescape(file)) as answer:
            parts.append(answer.data)
    assert len(parts) <= 10
    assert sum(len(gzip.compress(part)) for part in parts) <= 50_000


def test_tables_are_open_data(visitor, village):
    for table in TABLES:
        answer = visitor.get(f"{VILLAGE}/{table}.json")
        assert answer.mimetype == "application/json", table
        assert json.loads(answer.text)["village"] == "330299101201", table


def test_tables_are_csv(visitor, village):
    for table in ("accounts/2026-09/collective", "records", "powers", "prohibitions"):
        answer = visitor.get(f"{VILLAGE}/{table}.csv")
        assert answer.mimetype == "text/csv", table
        assert answer.data.startswith(b"\xef\xbb\xbf"), table


MISSING = (
    "/v/330299101299",
    "/v/3302991012",
    f"{VILLAGE}/accounts/2026-13",
    f"{VILLAGE}/accounts/2027-01",
    f"{VILLAGE}/accounts/2026-09/party",
    f"{VILLAGE}/records/99",
    f"{VILLAGE}/records/1/versions/9",
    f"{VILLAGE}/powers/Z99",
    "/v/330299101202/powers",
    "/v/330299101202/records/1",
)


def test_what_is_not_there_is_explained(visitor, village):
    for address in MISSING:
        answer = visitor.get(address)
        assert answer.status_code == 404, address
        assert "没有找到" in answer.text, address
