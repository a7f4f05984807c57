"""One item of the list."""

import re
from datetime import date

import pytest

from tests.cast import FIELD
from tests.factories import BEGIN
from tests.village_lists.powers.lists import BAND, adopt, make_version
from village_lists.places.models import Level
from village_lists.rulebook.models import RuleRow

POWER = "/v/330299101201/powers/A04"


def test_it_is_drawn_and_told(read):
    page = read(POWER)
    assert "<svg" in page
    assert page.count('class="steps"') >= 1
    assert "报乡镇备案" in page


def test_a_drawing_takes_its_colours_from_the_page(read):
    assert "var(--ink)" in read(POWER)
    assert "#1a1a1a" not in read(POWER)


def test_what_is_forbidden_stands_there(read):
    assert 'class="forbid"' in read(POWER)


def test_a_sample_says_so(read):
    assert "示例，待当地确认" in read(POWER)


def test_an_embedded_procedure_is_shown_once(read):
    page = read("/v/330299101201/powers/A01")
    assert page.count('id="chart-wuyi"') == 1


def test_what_was_paid_under_it_leads_to_the_line(read):
    page = read(POWER)
    assert "后山机耕路维修第二期款" in page
    assert "/accounts/2026-09/collective#line-5" in page


def test_the_list_tells_how_it_was_adopted(read):
    page = read("/v/330299101201/powers")
    assert "应到 38 人，实到 35 人，同意 34 人" in page


def test_it_tells_what_it_is_and_whom_to_ask(read):
    page = read(POWER)
    assert "村级权力：村里自己定、自己办" in page
    assert 'href="tel:0000-12345"' in page


def test_postings_name_their_step(read):
    page = read(POWER)
    assert "必须公开的" in page
    assert re.search(r"第 \d+ 步：", page)


def test_it_is_open_data(visitor, village):
    content = visitor.get(f"{POWER}.json").json
    assert content["code"] == "A04"
    procedure = content["procedures"][0]
    keys = {node["key"] for node in procedure["nodes"]}
    assert {edge["source"] for edge in procedure["edges"]} <= keys
    assert visitor.get("/v/330299101201/powers/Z99.json").status_code == 404


@pytest.fixture
def small(village):
    """Let the other village adopt the small list, with two charts chosen by the amount."""
    version = make_version(village.session, place=village.places.county)
    adopt(village.session, village=village.places.field, version=version)
    village.session.commit()
    return f"/v/{FIELD}/powers"


def test_the_amount_chooses_the_chart(visitor, small):
    page = visitor.get(f"{small}/R1").text
    assert "不满5万元：走这张图" in page
    assert "5万元以上（含）：走这张图" in page
    assert "为什么是这个数" in page
    assert "清单建议的数" in page
    assert 'href="#chart-short"' in page
    assert 'id="chart-short"' in page


def test_the_rule_book_says_why(visitor, village, small):
    row = RuleRow(
        key=BAND, level=Level.TOWNSHIP, value={"value": 350_050}, valid_from=BEGIN, place_id=village.places.township.id
    )
    village.session.add(row)
    village.session.commit()
    page = visitor.get(f"{small}/R1").text
    assert "不满3,500.50元" in page
    assert "乡镇级规定（松坪镇），2026年1月1日 起有效。" in page
    assert "清单建议的数" not in page
    band = visitor.get(f"{small}/R1.json").json["procedures"][1]["amounts"]
    assert (band["from"]["fen"], band["from"]["rule"]["place"], band["below"]) == (350_050, "松坪镇", None)


def test_a_shared_chart_leads_to_the_other_item(visitor, small):
    page = visitor.get(f"{small}/R1").text
    assert page.count("这张图也用于：") == 1
    assert f'href="{small}/R2"' in page


def test_an_item_without_a_chart_is_shown(visitor, small):
    assert visitor.get(f"{small}/H1").status_code == 200


def test_an_item_of_an_earlier_list_is_still_explained(visitor, village):
    version = make_version(village.session, place=village.places.county)
    adopt(village.session, village=village.places.stone, version=version, held_on=date(2026, 11, 2))
    village.session.commit()
    answer = visitor.get(POWER)
    assert answer.status_code == 200, "its code still hangs on the board"
    assert "这一项不在现在的清单里了" in answer.text
    assert "2026年11月2日 开会通过「小清单」第 1 版以后" in answer.text
    assert f'href="{POWER}/money"' in answer.text
    assert "46,500.00" in visitor.get(f"{POWER}/money").text, "the money stays public"
    assert visitor.get("/v/330299101201/powers/Z99").status_code == 404
    assert visitor.get(f"{POWER}.json").status_code == 404
    assert "这一项不在现在的清单里了" not in visitor.get("/v/330299101201/powers/R1").text


def test_a_list_that_still_waits_drops_nothing(visitor, village):
    version = make_version(village.session, place=village.places.county)
    adopt(village.session, village=village.places.stone, version=version, held_on=date(2026, 11, 2), is_confirmed=False)
    village.session.commit()
    assert "这一项不在现在的清单里了" not in visitor.get(POWER).text
    assert visitor.get("/v/330299101201/powers/R1").status_code == 404
