"""The page of a matter: told at once, the live chart, the story, the way from the amount to the step and the rule."""

import json
import re
from dataclasses import dataclass

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient

from app.paper import matter_pdf
from publicity.bulletins.papers import A3
from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.matters.models import Matter
from tests.app.residents.conftest import Village
from tests.factories import at, closing_of
from tests.publicity.bulletins.rasters import grey_pages
from tests.publicity.workflow.road import REASON, TITLE, TODAY, build_road, pay_road


@dataclass(frozen=True)
class Shown:
    """The road in the village, and where residents read it."""

    village: Village
    matter: Matter

    @property
    def address(self) -> str:
        """Return its address."""
        return f"/v/{self.village.places.stone.code}/matters/{self.matter.number}"


@pytest.fixture
def road(village: Village) -> Shown:
    matter = build_road(village.session, village.places, village.cast)
    village.session.commit()
    return Shown(village, matter)


def test_tells_at_once_where_it_stands_and_what_is_not_as_the_list_says(visitor: FlaskClient, road: Shown) -> None:
    text = visitor.get(road.address).text
    first, _, rest = text.partition('id="chart-whole"')
    for words in (
        TITLE,
        "第 8 步：监理和现场监督",
        "2026年12月2日前要办完",
        "240,000.00",
        "少 6 天",
        REASON,
        "实到 28 人",
    ):
        assert words in first
    for words in (
        "已办 4月5日：第 2 次",
        "跳过 4月6日",
        "监委会还没有核对",
        "监委会王永根核对过",
        "联席会议记录：村里存档",
    ):
        assert words in rest
    assert set(re.findall(r'href="#(deed-\d+)"', text)) <= set(re.findall(r'id="(deed-\d+)"', text))
    for query in ("?lang=en", "?size=large&lang=en"):
        assert visitor.get(road.address + query).status_code == 200


def test_a_paper_that_was_let_out_can_be_downloaded(visitor: FlaskClient, road: Shown) -> None:
    (address,) = set(re.findall(rf'href="({road.address}/documents/[^"]+)"', visitor.get(road.address).text))
    answer = visitor.get(address)
    assert answer.data == "%PDF-1.4 实施方案".encode()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    kept = next(one for event in road.matter.events for one in event.evidence if one.shown_id is None)
    assert visitor.get(f"{road.address}/documents/{kept.key}").status_code == 404


def test_from_the_village_to_the_amount_and_the_rule_and_back(visitor: FlaskClient, road: Shown) -> None:
    village = road.village
    opening = closing_of(village.session, village.september)
    about = {"period": "2026-10", "opening_fen": opening}
    pay_road(village.session, village.places, village.cast, road.matter, **about)
    village.session.commit()
    home = f"/v/{village.places.stone.code}"
    assert f'href="{road.address}"' in visitor.get(home).text
    page = visitor.get(road.address).text
    line = f"{home}/accounts/2026-10/collective#line-5"
    assert f'href="{line}"' in page
    assert "张*等保洁员工资" in page
    assert "张阿德" not in page
    assert 'id="line-5"' in visitor.get(line.partition("#")[0]).text
    assert f'href="{home}/powers/A05"' in page
    rule = visitor.get(f"{home}/powers/A05").text
    assert f'href="{road.address}"' in rule
    assert "预算 240,000.00 元，已付 57,300.00 元" in rule
    content = json.loads(visitor.get(f"{road.address}.json").text)
    assert (content["paid_fen"], content["left_fen"]) == (5_730_000, 18_270_000)
    assert content["lines"][0]["payee"] == "张*"
    assert content["deeds"][0]["deed"] == "opened"


def test_the_printed_sheet_is_read_back_to_the_page(web: Flask, visitor: FlaskClient, road: Shown) -> None:
    session, stone, number = road.village.session, road.village.places.stone, road.matter.number
    code = give_code(session, village=stone, kind=TargetKind.MATTER, target=str(number), now=at(TODAY, 9))
    session.commit()
    with web.app_context():
        sheet = matter_pdf(session, village=stone, number=number, on=TODAY, paper=A3)
    pages = grey_pages(sheet)
    found = {result.text for page in (pages[0], pages[-1]) for result in zxingcpp.read_barcodes(page)}
    assert found == {f"http://127.0.0.1:5000/q/{code}"}
    assert visitor.get(f"/q/{code}").location == road.address


def test_there_is_no_page_for_what_was_never_opened(visitor: FlaskClient, village: Village) -> None:
    home = f"/v/{village.places.stone.code}/matters"
    for address in (f"{home}/7", f"{home}/7.json", f"{home}/7/documents/aaaaaaaaaaaaaaaa"):
        assert visitor.get(address).status_code == 404
