"""The list of what a village is doing: running first, found by words, by state and by item, fifty on a page."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from app.residents.matter_answers import ON_A_PAGE
from publicity.matters.actions import stop_matter
from publicity.matters.models import Matter
from publicity.matters.opening import open_matter
from tests.app.residents.conftest import Village
from tests.factories import at

OPENED = date(2026, 10, 8)


@pytest.fixture
def opened(village: Village) -> Callable[..., Matter]:
    """Return what opens a matter of the village and keeps it."""

    def opened(title: str, *, item: str = "A05") -> Matter:
        matter = open_matter(
            village.session,
            village=village.places.stone,
            body=village.places.collective,
            item_code=item,
            title=title,
            budget_fen=30_000_000,
            funding="",
            procedure="",
            opened_on=OPENED,
            by=village.cast.li,
            now=at(OPENED, 9),
        )
        village.session.commit()
        return matter

    return opened


def test_running_matters_stand_first_and_can_be_found(
    visitor: FlaskClient, village: Village, opened: Callable[..., Matter]
) -> None:
    home = f"/v/{village.places.stone.code}/matters"
    assert "还没有登记过正在办的事" in visitor.get(home).text
    stopped = opened("新建篮球场")
    opened("后山机耕路")
    about = {"by": village.cast.li, "now": at(OPENED, 10), "seen": stopped.revision}
    stop_matter(village.session, matter=stopped, happened_on=OPENED, words="镇里统一建，村里不建了", **about)  # type: ignore[arg-type]
    village.session.commit()
    text = visitor.get(home).text
    assert text.index("后山机耕路") < text.index("新建篮球场")
    assert "「走五议决策法」里的第 1 步：一议：村党组织提议" in text
    assert "新建篮球场" not in visitor.get(f"{home}?state=running").text
    assert "后山机耕路" not in visitor.get(f"{home}?q=篮球").text
    assert "没有找到「路灯」" in visitor.get(f"{home}?q=路灯").text
    assert "后山机耕路" in visitor.get(f"{home}?item=A05").text
    assert "后山机耕路" not in visitor.get(f"{home}?item=A04").text
    titles = [one["title"] for one in json.loads(visitor.get(f"{home}.json").text)["matters"]]
    rows = list(csv.reader(io.StringIO(visitor.get(f"{home}.csv").text.removeprefix("\ufeff"))))
    assert titles == [row[2] for row in rows[1:]] == ["后山机耕路", "新建篮球场"]


def test_a_long_list_is_cut_into_pages(visitor: FlaskClient, village: Village, opened: Callable[..., Matter]) -> None:
    home = f"/v/{village.places.stone.code}/matters"
    for number in range(ON_A_PAGE + 1):
        opened(f"第{number}段机耕路")
    first, second = visitor.get(home).text, visitor.get(f"{home}?page=2").text
    assert first.count('class="row" href') == ON_A_PAGE
    assert "第0段机耕路" in second
    assert "第0段机耕路" not in first
    assert "page=2" in first
