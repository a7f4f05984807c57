"""What holds for every public page: plain, light, kept by its fingerprint, without cookies and other hosts."""

import gzip
import json
import re

import pytest

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


@pytest.mark.parametrize("address", PAGES)
def test_it_opens_without_cookies_and_sets_none(visitor, village, address):
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_leads_to_another_host(visitor, village, address):
    for reference in REFERENCE.findall(visitor.get(address).text):
        assert reference.startswith(("/", "#", "?", "tel:")), reference
        assert not reference.startswith("//"), reference


@pytest.mark.parametrize("address", PAGES)
def test_no_link_is_dead(visitor, village, address):
    for reference in sorted(set(REFERENCE.findall(visitor.get(address).text))):
        if reference.startswith("/"):
            assert visitor.get(reference.replace("&amp;", "&")).status_code == 200, reference


@pytest.mark.parametrize("address", PAGES)
def test_large_type_is_carried_by_every_link(visitor, village, address):
    text = visitor.get(address, query_string={"size": "large", **({"name": "上石"} if "?" in address else {})}).text
    assert 'class="large"' in text
    inside = [one for one in REFERENCE.findall(text) if one.startswith(("/v/", "/q/"))]
    links = [one for one in inside if not one.endswith(("/q/", address))]
    assert all("size=large" in one for one in links), links


@pytest.mark.parametrize("address", PAGES)
def test_english_is_answered(visitor, village, address):
    answer = visitor.get(address, query_string={"lang": "en"})
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text


@pytest.mark.parametrize("address", PAGES)
def test_an_unchanged_page_is_not_sent_again(visitor, village, address):
    first = visitor.get(address)
    assert "max-age=60" in first.headers["Cache-Control"]
    again = visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_first_visit_to_a_village_is_light(visitor, village):
    page = visitor.get(VILLAGE)
    files = re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="([^"]+)"', page.text)
    parts = [page.data, *(visitor.get(file).data for file in files)]
    assert len(parts) <= 10
    assert sum(len(gzip.compress(part)) for part in parts) <= 50_000


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_open_data(visitor, village, table):
    answer = visitor.get(f"{VILLAGE}/{table}.json")
    assert answer.mimetype == "application/json"
    assert json.loads(answer.text)["village"] == "330299101201"


@pytest.mark.parametrize("table", ["accounts/2026-09/collective", "records", "powers", "prohibitions"])
def test_tables_are_csv(visitor, village, table):
    answer = visitor.get(f"{VILLAGE}/{table}.csv")
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "address",
    [
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
    ],
)
def test_what_is_not_there_is_explained(visitor, village, address):
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert "没有找到" in answer.text
