"""The headers of every kind of answer, exactly; and no cookie where residents read."""

import pytest

from tests.app.officials import DESK, Visitor, make_app

ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
        " manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
VILLAGE = "/v/330299101201"
PUBLIC = [
    "/",
    VILLAGE,
    f"{VILLAGE}/records",
    f"{VILLAGE}/records.json",
    f"{VILLAGE}/accounts/2026-08/collective",
    f"{VILLAGE}/accounts/2026-08/collective.csv",
    f"{VILLAGE}/powers/A01",
    "/q/",
    "/healthz",
    "/static/css/phone.css",
    "/nothing/here",
    f"{VILLAGE}/records/999",
]
OFFICIAL = ["/account/sign-in", DESK, f"{DESK}/nothing", "/audit/330299101/accounts"]


def policy_of(answer):
    """Return the headers that are to be the same on every answer."""
    return {name: answer.headers.get(name) for name in ALWAYS}


@pytest.mark.parametrize("path", PUBLIC + OFFICIAL)
def test_every_answer_carries_the_headers(town, path):
    assert policy_of(town.visitors["anonymous"].get(path)) == ALWAYS


def test_refusals_carry_the_headers_too(town):
    visitor = town.visitors["clerk"]
    key = town.desk.submitted
    assert policy_of(visitor.post(f"{DESK}/versions/{key}/approve")) == ALWAYS
    assert policy_of(visitor.post(f"{DESK}/versions/{key}/approve", token="forged")) == ALWAYS
    assert policy_of(visitor.client.put(DESK)) == ALWAYS


@pytest.mark.parametrize("path", PUBLIC)
def test_where_residents_read_there_is_no_cookie(town, path):
    answer = Visitor(town.app).get(path)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("path", OFFICIAL)
def test_pages_of_officials_are_kept_nowhere(town, path):
    for role in ("anonymous", "clerk", "auditor"):
        assert town.visitors[role].get(path).headers["Cache-Control"] == "no-store"


def test_only_where_it_is_real_the_browser_is_bound_to_https(town):
    assert "Strict-Transport-Security" not in town.visitors["anonymous"].get("/").headers
    app = make_app(f"sqlite:///{town.file}", town.file.parent, is_production=True)
    assert Visitor(app).get("/").headers["Strict-Transport-Security"] == "max-age=31536000"
    app.extensions["engine"].dispose()
