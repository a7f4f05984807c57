"""A database that was filled before lists had titles per version: it goes up with all it has, and down again."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.cli.database import downgrade, upgrade
from app.database import open_engine
from village_lists.editions.queries import deeds_of
from village_lists.editions.store import read_content
from village_lists.places.models import Place
from village_lists.powers.models import ListVersion
from village_lists.powers.queries import adoption_of

PLACE = "id, code, level, name, parent_id, hotline, board_address"
ROWS = (
    (
        "place",
        "id, code, level, name, parent_id, hotline, board_address",
        "1, '330299', 'county', '宁川县', NULL, '', ''",
    ),
    (
        "place",
        "id, code, level, name, parent_id, hotline, board_address",
        "2, '330299101', 'township', '松坪镇', 1, '', ''",
    ),
    (
        "place",
        PLACE,
        "3, '330299101201', 'village', '上石村', 2, '', ''",
    ),
    ("power_list", "id, place_id, slug, title", "1, 1, 'sample-36', '老清单'"),
    ("power_list", "id, place_id, slug, title", "2, 1, 'empty', '还没有版本'"),
    ("list_version", "id, power_list_id, number, state, is_sample, note", "1, 1, 1, 'published', true, ''"),
    ("list_version", "id, power_list_id, number, state, is_sample, note", "2, 1, 2, 'draft', true, '还在写'"),
    ("list_category", "id, version_id, code, name, position, parent_id", "1, 1, 'a', '大类', 0, NULL"),
    ("list_category", "id, version_id, code, name, position, parent_id", "2, 1, 'b', '小类', 1, 1"),
    (
        "power_item",
        "id, version_id, category_id, code, name, kind, position, standard_code, body, sentence, keywords, conditions,"
        " papers, time_limit, fee, accountability",
        "1, 1, 2, 'A01', '修路', 'power', 0, '', '', '', '[]', '', '[]', '', '', ''",
    ),
    ("procedure", "id, version_id, slug, title, amount_from_fen, amount_below_fen", "7, 1, 'small', '小的', NULL, 100"),
    ("procedure", "id, version_id, slug, title, amount_from_fen, amount_below_fen", "8, 1, 'large', '大的', 100, NULL"),
    ("item_procedure", "id, item_id, procedure_id", "1, 1, 8"),
    ("item_procedure", "id, item_id, procedure_id", "2, 1, 7"),
    (
        "procedure_node",
        "id, procedure_id, position, key, kind, title, actor, detail, limit_days, limit_kind, evidence, posting_what,"
        " posting_where, posting_days, risk, embeds",
        "1, 7, 0, 's1', 'step', '做', '', '', 3, 'calendar', '[]', '结果', '', 7, '', ''",
    ),
    (
        "prohibition",
        "id, version_id, code, position, words, basis, consequence, watched_by, is_sample",
        "1, 1, 'N01', 0, '不准拆分', '', '', '需人工判断', true",
    ),
    ("prohibition_tie", "id, prohibition_id, item_code, node_key, post", "1, 1, 'A01', 's1', NULL"),
    (
        "adoption",
        "id, village_id, version_id, meeting, held_on, due, present, in_favour, recorded_at",
        "1, 3, 1, '村民代表会议', '2026-01-10', 38, 35, 34, '2026-01-10 09:00:00'",
    ),
    (
        "rule_row",
        "id, key, level, value, valid_from, place_id, valid_until, basis, is_sample",
        """1, 'display.days', 'national', '{"value": 15}', '2026-01-01', NULL, NULL, '法', false""",
    ),
)


@pytest.fixture
def filled(blank_database_url):
    """Return an engine upon a database of revision 0002 with a list, a village that adopted it, and a rule."""
    engine = open_engine(blank_database_url)
    upgrade(engine, "0002")
    with engine.begin() as connection:
        for table, names, values in ROWS:
            connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({values})")
    yield engine
    engine.dispose()


def test_what_was_there_is_there_and_counts(filled):
    upgrade(filled)
    with Session(filled) as session:
        version = session.get_one(ListVersion, 1)
        content = read_content(session, version=version)
        assert content.title == "老清单"
        assert [category.parent for category in content.categories] == ["", "a"]
        assert [use.slug for use in content.items[0].procedures] == ["large", "small"]
        assert content.procedures[0].graph.nodes[0].posting is not None
        assert content.prohibitions[0].steps[0].node_key == "s1"
        assert session.get_one(ListVersion, 2).title == "老清单"
        assert [deed.deed for deed in deeds_of(session, version=version)] == ["publish"]
        adoption = adoption_of(session, village=session.get_one(Place, 3))
        assert adoption is not None
        assert (adoption.version_id, adoption.confirmed_at) == (1, adoption.recorded_at)


def test_what_was_published_is_kept_from_then_on(filled):
    upgrade(filled)
    for statement in (
        "UPDATE list_version SET title = 'x' WHERE id = 1",
        "UPDATE power_item SET name = 'x'",
        "DELETE FROM adoption",
        "UPDATE rule_row SET place_id = 1",
    ):
        with filled.connect() as connection, pytest.raises(IntegrityError):
            connection.execute(text(statement))
    with filled.begin() as connection:
        connection.execute(
            text("UPDATE list_version SET state = 'superseded', valid_until = '2026-12-01' WHERE id = 1")
        )
        connection.execute(text("UPDATE rule_row SET valid_until = '2026-12-01'"))


def test_it_goes_down_with_all_it_had_but_the_newer_things(filled):
    upgrade(filled)
    downgrade(filled, "0002")
    with filled.begin() as connection:
        for table in {table for table, _names, _values in ROWS}:
            count = sum(name == table for name, _names, _values in ROWS)
            assert connection.execute(text(f"SELECT COUNT(*) FROM {table}")).scalar() == count
        assert connection.execute(text("SELECT title FROM power_list WHERE id = 1")).scalar() == "老清单"
        assert connection.execute(text("SELECT held_on FROM adoption")).scalar() is not None
    upgrade(filled)
