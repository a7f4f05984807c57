"""The table of permissions, written by hand in tests/house/permissions.csv, is what the running program does."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.access import Audience, open_to
from tests.app.officials import BOOK, ROLES, Town, Visitor, build_town, furnish_fully, make_app
from tests.publicity.workflow.stage import STONE

FILE = Path(__file__).parent.parent / "house" / "permissions.csv"
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
# Drawing paper takes seconds: of these only the gate is asked.
DRAWN = {
    "cadres.download_sheet",
    "cadres.download_bulletin",
    "cadres.download_poster",
    "cadres.download_booklet",
    "cadres.download_affairs",
    "cadres.download_matter_sheet",
    "cadres.download_stickers",
    "county.download_item_poster",
    "county.download_posters",
}


NAMES = frozenset(row["endpoint"].partition(".")[2] for row in ROWS)
DRAFTED = re.compile(
    "attachment|boxes|reading|edit_posting|save_posting|discard_posting|former|posting_template|preview_posting"
)
CATEGORIES = {
    "begin_category_edition": "village.relief",
    "retire_category": "village.relief",
    "return_category_edition": "330299-2",
    "force_category_edition": "330299-2",
}


@pytest.fixture(scope="module")
def full_town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Return the village with unfinished work at every desk."""
    town = build_town(sqlite_template, tmp_path_factory.mktemp("full"), furnish=furnish_fully)
    yield town
    town.app.extensions["engine"].dispose()


@pytest.fixture
def town(full_town: Town) -> Town:
    """Return the village as it was built."""
    full_town.reset()
    return full_town


def parts_of(town: Town, endpoint: str) -> dict[str, object]:
    """Return what fills the address: the thing upon which the deed could succeed."""
    desk, name = town.desk, endpoint.partition(".")[2]
    key = {"confirm": desk.approved} | dict.fromkeys(("tie_items", "submit", "answer_remark"), desk.returned)
    key |= dict.fromkeys(("show_upload", "choose_columns", "make_drafts"), desk.upload)
    key |= {"download_document": desk.document}
    key |= _keys_of_postings(town)
    numbers = {"answer_remark": desk.remark, "agree_override": desk.things.override}
    numbers |= {"decide_on_extension": desk.things.extension, "download_attachment": desk.things.record}
    numbers |= dict.fromkeys((each for each in NAMES if each.startswith("show_record")), desk.things.record)
    number = numbers.get(name, 1)
    return {
        "county": "330299",
        "place": "330299",
        "slug": "sample-36",
        "chart": "04-works-small",
        "rule": "display.days",
        "item": "A01",
        "village": STONE,
        "township": "330299101",
        "period": "2026-08",
        "body": "collective",
        "number": number,
        "version": 1,
        "code": _item_or_code(town, endpoint),
        "filename": "css/phone.css",
        "key": key.get(name, desk.submitted),
        "attachment": desk.things.photo,
        "reading": desk.things.reading,
        "category": CATEGORIES.get(name, "330299-1"),
        "span": "2026-Q1",
        "sequence": 1,
    } | ({"place": STONE} if endpoint.startswith("auditors.") else {})


def _keys_of_postings(town: Town) -> dict[str, str]:
    """Return the version that each deed upon postings is about, so that it could succeed."""
    things = town.desk.things
    drafts = dict.fromkeys((name for name in NAMES if DRAFTED.search(name)), things.draft)
    withdrawn = dict.fromkeys(("agree_withdrawal", "refuse_withdrawal"), things.asked_back)
    reviews = dict.fromkeys(("show_review", "endorse_review", "return_review"), things.waiting)
    return {
        **drafts,
        **withdrawn,
        **reviews,
        "ask_override": things.overridden,
        "agree_override": things.overridden,
        "ask_withdrawal": things.filed,
        "correct_posting": things.filed,
        "take_back": things.submitted,
        "receive_review": things.filed,
        "download_original": things.photo,
        "download_shown": things.photo,
        "download_attachment": things.public_photo,
        "download_evidence": things.paper,
        **dict.fromkeys((name for name in NAMES if "paper" in name), things.paper),
    }


def _item_or_code(town: Town, endpoint: str) -> str:
    """Return what `code` is in this address: an item, a prohibition, or a printed code."""
    audience, _, name = endpoint.partition(".")
    if "prohibition" in name:
        return "N01"
    is_item = audience == "county" or any(word in name for word in ("power", "poster", "item", "change"))
    return "A01" if is_item else code_of(town)


def code_of(town: Town) -> str:
    """Return the code that was given to the published record."""
    with town.session() as session:
        wanted = text("SELECT code FROM short_code WHERE kind = 'record' ORDER BY id LIMIT 1")
        return str(session.execute(wanted).scalar_one())


def form_of(town: Town, endpoint: str) -> dict[str, object]:
    """Return what the form of the deed holds, filled in well."""
    name = endpoint.partition(".")[2]
    forms: dict[str, dict[str, object]] = {
        "sign_in": {"name": "nobody", "password": "wrong"},
        "take_upload": {"body": "collective", "file": (io.BytesIO(BOOK.encode()), "账.csv")},
        "take_balance": {"body": "committee", "period": "2026-08", "amount": "1", "basis": "对账单"},
        "make_drafts": {"period": "2026-10"},
        "answer_remark": {"words": "已附"},
        "send_back": {"note": "请核对"},
        "remark": {"remark-1": "几个月的租金"},
    }
    forms |= {
        "begin_posting": {"category": "village.relief", "body": "committee", "period": "2026-Q4"},
        "correct_posting": {"reason": "金额抄错"},
        "save_posting": {"row-1-name": "方翠莲", "row-1-amount": "100", "do": "save"},
        "take_reading": {"text": "户主\t金额\n方翠莲\t100\n"},
        "take_over_reading": {"how": "replace"},
        "ask_override": {"place": "note", "kind": "mobile", "reason": "这是村里的值班手机"},
        "ask_withdrawal": {"reason": "名单登错了村"},
        "refuse_withdrawal": {"note": "名单没有错"},
        "ask_for_extension": {
            "category": "village.big",
            "body": "committee",
            "period": "2026-Q3",
            "until": "2026-11-01",
            "reason": "名单还在核对",
        },
        "decide_on_extension": {"decision": "grant", "note": "同意"},
        "return_review": {"note": "请核对"},
        "name_stand_in": {
            "village": STONE,
            "post": "organiser",
            "user_name": "member",
            "until": "2026-12-31",
            "reason": "职务空缺",
        },
        "burn_boxes": {"box": "100,100,200,200"},
        "caption_attachment": {"caption": "现场"},
        "move_attachment": {"to": "up"},
        "make_category": {"name": "新的类别"},
        "return_category_edition": {"note": "请改名称"},
        "force_category_edition": {"valid_from": "2026-11-01"},
        "discard_category_edition": {"sure": "yes"},
    }
    forms |= {
        "stop_matter": {"words": "镇里统一来做，不办了"},
        "change_budget": {"words": "多做一座涵洞", "budget": "5万"},
        "take_deed_back": {"words": "日期登记错了"},
        "enter_holding": {"kind": "asset"},
        "decide_entries": {"decision": "confirm"},
    }
    key = str(parts_of(town, endpoint)["key"])
    things = town.desk.things
    is_version = key not in (town.desk.upload, town.desk.document, things.photo, things.public_photo, things.paper)
    return {**forms.get(name, {}), **({"revision": town.revision(key)} if is_version else {})}


def address_of(town: Town, endpoint: str) -> str:
    """Return the address of an endpoint in the village."""
    rule = next(rule for rule in town.app.url_map.iter_rules() if rule.endpoint == endpoint)
    parts = {name: value for name, value in parts_of(town, endpoint).items() if name in rule.arguments}
    if "period" in parts:
        return (
            rule.rule.replace("<village:village>", STONE)
            .replace("<month:period>", "2026-08")
            .replace("<body:body>", "collective")
        )
    with town.app.test_request_context():
        adapter = town.app.url_map.bind("localhost")
        return adapter.build(endpoint, parts)


def status_of(town: Town, visitor: Visitor, endpoint: str, method: str) -> int:
    """Return how the program answers the visitor."""
    address = address_of(town, endpoint)
    if method == "POST":
        return visitor.post(address, form_of(town, endpoint)).status_code
    if endpoint in DRAWN:
        return gate_of(town, visitor, address)
    return visitor.get(address).status_code


def gate_of(town: Town, visitor: Visitor, address: str) -> int:
    """Return what the gate alone says; 200 where it lets through."""
    cookie = f"{town.app.config['SESSION_COOKIE_NAME']}={visitor.cookie()}"
    with town.app.test_request_context(address, headers={"Cookie": cookie}):
        try:
            answer = town.app.preprocess_request()
        except Exception as stopped:  # the gate aborts with an error of the web
            return int(getattr(stopped, "code", 500) or 500)
        return answer.status_code if answer is not None else 200


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['method']}-{row['endpoint']}")
def test_the_table_is_what_happens(town, row):
    found = {}
    for role in ROLES:
        if row["method"] == "POST":
            town.reset()
        found[role] = str(status_of(town, town.visitors[role], row["endpoint"], row["method"]))
    assert found == {role: row[role] for role in ROLES}


def test_the_table_names_every_route_and_no_other(town):
    routes = {
        (rule.endpoint, method)
        for rule in town.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(row["endpoint"], row["method"]) for row in ROWS} == routes
    assert len(ROWS) == len(routes)


def test_every_route_declares_its_audience(town):
    for rule in town.app.url_map.iter_rules():
        audiences = getattr(town.app.view_functions[rule.endpoint], "audiences", None)
        assert audiences or rule.endpoint == "static", f"{rule.endpoint} says nothing"
        assert all(isinstance(audience, Audience) for audience in audiences or ())


@pytest.fixture
def planted(sqlite_url, tmp_path):
    """Return the program with a route that forgot to say who may open it."""
    app = make_app(sqlite_url, tmp_path)

    def forgotten() -> str:
        return "open to the world"

    app.add_url_rule("/forgotten", view_func=forgotten, methods=["GET", "POST"])
    yield app
    app.extensions["engine"].dispose()


def test_a_route_that_says_nothing_is_refused(planted: Flask):
    visitor = Visitor(planted)
    assert visitor.get("/forgotten").status_code == 404
    assert visitor.post("/forgotten").status_code == 404
    assert "open to the world" not in visitor.get("/forgotten").text


def test_a_declaration_lets_through_so_that_the_refusal_proves_something(planted: Flask):
    planted.view_functions["forgotten"] = open_to(Audience.EVERYONE)(planted.view_functions["forgotten"])
    assert Visitor(planted).get("/forgotten").text == "open to the world"


POSTS = [row["endpoint"] for row in ROWS if row["method"] == "POST"]


@pytest.mark.parametrize("endpoint", POSTS)
def test_a_form_without_its_sessions_token_is_refused(town, endpoint):
    before = town.rows()
    clerk, head = town.visitors["clerk"], town.visitors["head"]
    for token in ("", "forged", head.token()):
        answer = clerk.post(address_of(town, endpoint), form_of(town, endpoint), token=token)
        assert answer.status_code == 400
    assert town.rows() == before


def test_the_same_secret_is_behind_no_two_sessions(town):
    cookies = [visitor.cookie() for role, visitor in town.visitors.items() if role != "anonymous"]
    assert all(cookies)
    assert len(set(cookies)) == len(cookies)


def test_what_is_not_there_and_what_is_elsewhere_look_alike(town):
    clerk = town.visitors["elsewhere"]
    key, nothing = town.desk.submitted, "a" * 16
    found = [clerk.get(f"/desk/{STONE}/versions/{each}") for each in (key, nothing)]
    assert [answer.status_code for answer in found] == [404, 404]
    assert found[0].text.replace(key, nothing) == found[1].text


def test_a_key_of_one_village_opens_nothing_in_another(town):
    clerk = town.visitors["elsewhere"]
    for what in (f"versions/{town.desk.returned}", f"uploads/{town.desk.upload}"):
        assert clerk.get(f"/desk/330299101202/{what}").status_code == 404


GETS = [row["endpoint"] for row in ROWS if row["method"] == "GET" and row["endpoint"] not in DRAWN]


@pytest.mark.parametrize("role", ["anonymous", "clerk", "auditor"])
def test_reading_changes_no_row(town, role):
    before = town.rows()
    for endpoint in GETS:
        town.visitors[role].get(address_of(town, endpoint))
    assert town.rows() == before
