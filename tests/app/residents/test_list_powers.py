"""The list of small powers, and 「我要办……」 in it."""

from datetime import date

import pytest
from sqlalchemy import event

from tests.cast import FIELD
from tests.factories import at
from village_lists.powers.models import Rollout
from village_lists.powers.queries import adoption_of

LIST = "/v/330299101201/powers"


def test_the_box_stands_on_the_list_and_on_the_village(read):
    assert 'name="q"' in read(LIST)
    assert f'action="{LIST}"' in read("/v/330299101201")


@pytest.mark.parametrize(
    ("question", "address"),
    [("盖章", "A19"), ("修路", "A03"), ("低保", "B22"), ("死了人", "B34"), ("生孩子", "B33"), ("盖房子", "B20")],
)
def test_everyday_words_lead_to_their_item(read, question, address):
    page = read(f"{LIST}?q={question}")
    assert f'href="{LIST}/{address}"' in page
    assert "<mark>" in page


def test_the_best_item_stands_first(read):
    page = read(f"{LIST}?q=我要修路怎么办")
    assert page.index(f"{LIST}/A03") < page.index("按类看全部事项")


def test_nothing_found_helps_on(read):
    page = read(f"{LIST}?q=量子力学")
    assert "清单里没有找到「量子力学」" in page
    assert f'href="{LIST}?q=' in page
    assert 'href="tel:0000-12345"' in page


def test_what_is_typed_is_shown_as_text(read):
    page = read(f"{LIST}?q=%3Cb%3Ex")
    assert "<b>x" not in page
    assert "&lt;b&gt;x" in page


def test_forbidden_things_are_found_too(read):
    assert "/prohibitions#N02" in read(f"{LIST}?q=借钱")


def test_size_and_language_are_kept_by_the_form(read):
    page = read(f"{LIST}?size=large&lang=en")
    assert '<input type="hidden" name="size" value="large">' in page
    assert '<input type="hidden" name="lang" value="en">' in page


def test_classes_can_be_jumped_to(read):
    page = read(LIST)
    assert 'href="#class-works"' in page
    assert 'id="class-works"' in page


def test_a_list_takes_few_statements(visitor, village, web):
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(web.extensions["engine"], "before_cursor_execute", note)
    assert visitor.get(LIST).status_code == 200
    assert len([one for one in asked if one.startswith("SELECT")]) <= 6


def test_a_list_that_was_only_put_before_the_village_says_so(visitor, village):
    assert visitor.get(f"/v/{FIELD}/powers").status_code == 404
    version = adoption_of(village.session, village=village.places.stone).version
    rollout = Rollout(
        version_id=version.id,
        township_id=village.places.township.id,
        adopt_by=date(2026, 12, 31),
        asked_by_id=None,
        asked_at=at(date(2026, 10, 1)),
    )
    village.session.add(rollout)
    village.session.commit()
    for address in (f"/v/{FIELD}", f"/v/{FIELD}/powers", f"/v/{FIELD}/powers/A04", f"/v/{FIELD}/prohibitions"):
        assert "本村还没有通过这份清单" in visitor.get(address).text, address
    assert visitor.get(f"/v/{FIELD}/powers.json").json["adopted_on"] is None
    assert "本村还没有通过这份清单" not in visitor.get(LIST).text
