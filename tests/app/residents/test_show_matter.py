"""The page of one matter."""

import pytest
from flask.testing import FlaskClient

from tests.app.residents.conftest import Village
from tests.publicity.workflow.road import TITLE, build_road


@pytest.fixture
def address(village: Village) -> str:
    matter = build_road(village.session, village.places, village.cast)
    village.session.commit()
    return f"/v/{village.places.stone.code}/matters/{matter.number}"


def test_x(visitor: FlaskClient, address: str) -> None:
    answer = visitor.get(address)
    __import__("pathlib").Path("/tmp/public/matter.html").write_text(answer.text)
    assert answer.status_code == 200
    for a in (address+".json", address.rsplit("/",1)[0], address.rsplit("/",1)[0]+".json", address.rsplit("/",1)[0]+".csv"):
        r = visitor.get(a)
        assert r.status_code == 200, a
        if a.endswith("v"): print(r.text)
