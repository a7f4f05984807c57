"""A clerk asks for a later day on the web, the township decides there."""

from datetime import UTC, datetime

import pytest

from publicity.categories.models import ACCOUNTS
from tests.app.owing import FIRST, owing_app, signed_in

PATH = "/audit/330299101/extensions"
ABOUT = {"category": ACCOUNTS, "body": "collective", "period": "2026-09", "serial": "1"}
REASON = "代理记账中心系统停机，账还没有对完"


@pytest.fixture
def app(database_url, tmp_path):
    """Return the program on 20 October 2026, ten days after September was due."""
    app = owing_app(database_url, tmp_path)
    yield app
    app.extensions["engine"].dispose()


def asked(app, **form: str):
    """Send the request of the clerk and return the answer."""
    clerk = signed_in(app, "clerk")
    return clerk.post(f"/desk/{FIRST}/extensions", data={**ABOUT, "until": "2026-10-30", "reason": REASON, **form})


def test_the_form_says_what_is_due_and_how_far_it_may_go(app):
    page = signed_in(app, "clerk").get(f"/desk/{FIRST}/extensions/new", query_string=ABOUT).text
    assert "2026年9月" in page
    assert "最晚 2026年12月9日" in page
    assert 'max="2026-12-09"' in page


def test_a_request_is_decided_by_the_township_and_read_by_all(app):
    assert asked(app).status_code == 303
    auditor = signed_in(app, "audit")
    assert "1 个延期申请等您决定" in auditor.get("/audit/330299101/duties").text
    page = auditor.get(PATH).text
    assert REASON in page
    assert "同意延期" in page
    answer = auditor.post(f"{PATH}/1", data={"decision": "grant", "note": ""})
    assert answer.status_code == 303
    assert "已同意" in auditor.get(PATH).text
    public = app.test_client().get(f"/v/{FIRST}/duties").text
    assert "经乡镇同意，延期公开" in public
    assert REASON in public
    app.config["CLOCK"] = lambda: datetime(2026, 10, 31, 4, tzinfo=UTC)
    assert "应公开未公开，已过期 1 天" in app.test_client().get(f"/v/{FIRST}/duties").text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"until": "2027-01-01"}, "延到的日子"),
        ({"until": "nothing"}, "请填延到哪一天"),
        ({"reason": "没空"}, "理由要写"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(app, form, words):
    answer = asked(app, **form)
    assert answer.status_code == 422
    assert words in answer.text
    assert form.get("reason", REASON) in answer.text


def test_a_refusal_needs_a_note(app):
    asked(app)
    auditor = signed_in(app, "audit")
    assert auditor.post(f"{PATH}/1", data={"decision": "refuse", "note": ""}).status_code == 422
    assert auditor.post(f"{PATH}/1", data={"decision": "perhaps"}).status_code == 400
    assert auditor.post(f"{PATH}/1", data={"decision": "refuse", "note": "系统昨天已经恢复"}).status_code == 303
    assert "系统昨天已经恢复" in app.test_client().get(f"/v/{FIRST}/duties").text
    assert auditor.post(f"{PATH}/1", data={"decision": "grant"}).status_code == 409


def test_others_find_nothing(app):
    asked(app)
    assert signed_in(app, "neighbour").get(PATH).status_code == 404
    assert (
        signed_in(app, "neighbour").post("/audit/330299102/extensions/1", data={"decision": "grant"}).status_code == 404
    )
    assert signed_in(app, "clerk").get(f"/desk/{FIRST}/extensions/new?period=2026-13").status_code == 404
    assert (
        signed_in(app, "clerk")
        .get(f"/desk/{FIRST}/extensions/new", query_string={**ABOUT, "category": "x.y"})
        .status_code
        == 404
    )
