"""Signing in and out: what gets in, what is throttled, where one lands, what the cookie is."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.signin.blueprint import _local
from tests.app.officials import DESK, Visitor, make_app
from tests.publicity.workflow.stage import NOW, PASSWORD


def attempts(town, name, count, **more):
    """Try wrong passwords; return the last status."""
    visitor = Visitor(town.app, **more)
    return [visitor.sign_in(name, "wrong").status_code for _ in range(count)][-1]


def test_the_right_password_gets_in(town):
    visitor = Visitor(town.app)
    assert visitor.sign_in("clerk").status_code == 303
    assert visitor.get(DESK).status_code == 200


@pytest.mark.parametrize("name", [" CLERK ", "Clerk"])
def test_a_name_counts_however_it_is_written(town, name):
    assert Visitor(town.app).sign_in(name).status_code == 303


@pytest.mark.parametrize(("name", "password"), [("clerk", "wrong"), ("nobody", PASSWORD), ("clerk", PASSWORD + " ")])
def test_s05_a_wrong_name_and_a_wrong_password_are_answered_alike(town, name, password):
    answer = Visitor(town.app).sign_in(name, password)
    assert answer.status_code == 422
    assert "手机号（用户名）或密码不对" in answer.text


def test_s04_the_eleventh_try_is_refused_even_with_the_right_password(town):
    assert attempts(town, "clerk", 10) == 422
    visitor = Visitor(town.app)
    assert visitor.sign_in("clerk").status_code == 429
    assert "试得太频繁了" in visitor.sign_in("clerk").text
    assert Visitor(town.app).sign_in("head").status_code == 303, "others are not affected"


def test_s04_writing_the_name_otherwise_gives_no_further_tries(town):
    assert attempts(town, "clerk", 5) == 422
    assert attempts(town, "CLERK", 5) == 422
    assert attempts(town, " cLerk", 1) == 429


def test_s04_after_the_window_the_right_password_gets_in(town):
    attempts(town, "clerk", 11)
    later = make_app(f"sqlite:///{town.file}", town.file.parent, at=NOW + timedelta(minutes=5, seconds=1))
    assert Visitor(later).sign_in("clerk").status_code == 303
    later.extensions["engine"].dispose()


def test_s04_fifty_failures_close_the_address_and_no_other(town):
    names = ["clerk", "head", "member", "secretary", "director"]
    for name in names:
        attempts(town, name, 10, address="192.0.2.1")
    assert Visitor(town.app, address="192.0.2.1").sign_in("steward").status_code == 429
    assert Visitor(town.app, address="192.0.2.2").sign_in("steward").status_code == 303


def test_s06_an_endless_password_is_refused_before_it_is_hashed(town):
    assert Visitor(town.app).sign_in("clerk", "x" * 129).status_code == 422
    assert Visitor(town.app).sign_in("clerk", "x" * 1_000_000).status_code in {413, 422}


def test_s01_the_session_changes_its_name_at_sign_in_and_the_old_one_is_dead(town):
    visitor = Visitor(town.app)
    visitor.token()
    before = visitor.cookie()
    visitor.sign_in("clerk")
    assert before
    assert visitor.cookie() != before
    visitor.keep_cookie(before)
    assert visitor.get(DESK).status_code == 303


def test_s01_a_key_that_somebody_brought_along_is_not_taken_over(town):
    visitor = Visitor(town.app)
    visitor.keep_cookie("brought-along")
    visitor.sign_in("clerk")
    assert visitor.cookie() != "brought-along"


def test_s02_a_cookie_is_dead_after_signing_out(town):
    visitor = Visitor(town.app, "clerk")
    old = visitor.cookie()
    assert visitor.post("/account/sign-out").status_code == 303
    visitor.keep_cookie(old)
    assert visitor.get(DESK).status_code == 303


def test_s02_a_closed_account_is_out_at_once(town):
    with town.session() as session:
        session.execute(text("UPDATE account SET is_active = false WHERE user_name = 'clerk'"))
        session.commit()
    assert town.visitors["clerk"].get(DESK).status_code == 303
    assert Visitor(town.app).sign_in("clerk").status_code == 422


@pytest.mark.parametrize("key", ["", "x", "x" * 3000, "a.b.c", "'; DROP TABLE person", "%00"])
def test_s03_a_forged_cookie_is_nobody(town, key):
    visitor = Visitor(town.app)
    visitor.keep_cookie(key)
    assert visitor.get(DESK).status_code == 303


@pytest.mark.parametrize(
    ("later", "status"), [(timedelta(minutes=29), 200), (timedelta(minutes=31), 303), (timedelta(hours=9), 303)]
)
def test_an_idle_session_ends(town, later, status):
    app = make_app(f"sqlite:///{town.file}", town.file.parent, at=NOW + later)
    visitor = Visitor(app)
    visitor.keep_cookie(town.visitors["clerk"].cookie())
    assert visitor.get(DESK).status_code == status
    app.extensions["engine"].dispose()


def test_a_session_that_is_used_still_ends_after_eight_hours(town):
    cookie, minutes = town.visitors["clerk"].cookie(), 0
    statuses = []
    while minutes <= 8 * 60 + 20:
        minutes += 20
        app = make_app(f"sqlite:///{town.file}", town.file.parent, at=NOW + timedelta(minutes=minutes))
        visitor = Visitor(app)
        visitor.keep_cookie(cookie)
        statuses.append(visitor.get(DESK).status_code)
        app.extensions["engine"].dispose()
    assert statuses == [200] * 24 + [303] * 2


def test_a_post_that_has_ended_opens_nothing(town):
    with town.session() as session:
        session.execute(text("UPDATE post SET ends_on = '2026-10-04' WHERE kind = 'clerk'"))
        session.commit()
    assert town.visitors["clerk"].get(DESK).status_code == 404


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "%2f%2fevil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "data:text/html,x",
        "evil.example",
        "",
    ],
)
def test_w03_nobody_is_led_to_another_site(town, target):
    assert _local(target) == ""
    visitor = Visitor(town.app)
    assert visitor.sign_in("clerk", next=target).location == "/account/start"


def test_one_lands_where_one_wanted_to_go(town):
    visitor = Visitor(town.app)
    answer = visitor.get(f"{DESK}/posters?size=large")
    assert answer.status_code == 303
    assert visitor.sign_in("clerk", next=f"{DESK}/posters?size=large").location == f"{DESK}/posters?size=large"


def test_a_press_without_sign_in_does_not_lead_back_to_an_address_that_only_takes_presses(town):
    answer = Visitor(town.app).post(f"{DESK}/versions/{town.desk.submitted}/approve")
    assert answer.location == "/account/sign-in"


def test_the_start_page_leads_each_to_his_desk(town):
    found = {role: town.visitors[role].get("/account/start").location for role in ("clerk", "auditor", "steward")}
    assert found == {"clerk": DESK, "auditor": "/audit/330299101/accounts", "steward": "/county/330299/lists"}


@pytest.fixture
def production(town):
    """Return the program as it runs for real, over the same village."""
    app = make_app(f"sqlite:///{town.file}", town.file.parent, is_production=True)
    yield app
    app.extensions["engine"].dispose()


def test_the_cookie_is_kept_from_scripts_and_other_sites(production):
    answer = Visitor(production).get("/account/sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-mingbai=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_demonstration_accounts_do_not_get_in_where_it_is_real(town, production):
    assert Visitor(production).sign_in("clerk").status_code == 303
    with town.session() as session:
        session.execute(text("UPDATE account SET is_demonstration = true"))
        session.commit()
    assert Visitor(production).sign_in("clerk").status_code == 422
    visitor = Visitor(production)
    visitor.keep_cookie(town.visitors["clerk"].cookie())
    assert visitor.get(DESK).status_code == 303, "nor with a session from before"


@pytest.mark.parametrize("name", ["' OR 1=1 --", "%", "_____", "甲" * 60, "\ud7ff"])
def test_w08_a_strange_name_is_no_failure(town, name):
    assert Visitor(town.app).sign_in(name).status_code == 422


@pytest.mark.parametrize("name", ["\x00", "a\x00b"])
def test_w08_a_character_that_no_database_keeps_is_turned_away(town, name):
    assert Visitor(town.app).sign_in(name).status_code == 400


def test_old_sessions_are_forgotten(town):
    app = make_app(f"sqlite:///{town.file}", town.file.parent, at=NOW + timedelta(days=2))
    Visitor(app, "clerk")
    app.extensions["engine"].dispose()
    with town.session() as session:
        assert session.execute(text("SELECT COUNT(*) FROM sign_in_session")).scalar_one() == 1
