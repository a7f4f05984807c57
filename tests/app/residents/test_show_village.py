"""A village's page."""

from tests.factories import closing_of, make_published_ledger

VILLAGE = "/v/330299101201"


def test_the_newest_month_stands_first(read, village):
    closing = closing_of(village.session, village.september)
    body = village.places.collective
    make_published_ledger(village.session, body=body, cast=village.cast, period="2026-10", opening_fen=closing)
    village.session.commit()
    page = read(VILLAGE)
    assert "2026年10月账目" in page
    assert "2026年9月账目" not in page
    assert f"{closing_of(village.session, village.september) / 100:,.2f}" in page


def test_both_bodies_are_named(read):
    page = read(VILLAGE)
    assert "上石村村民委员会" in page
    assert "上石村股份经济合作社" in page


def test_a_month_that_is_owed_is_told(read):
    page = read(VILLAGE)
    assert "应公开未公开，已过期 12 天" in page
    assert "应在11月10日前公开" in page


def test_a_village_without_anything_says_so(visitor, village):
    page = visitor.get("/v/330299101202").text
    assert "还没有在这里公开过账目" in page
    assert "小微权力清单" not in page


def test_a_month_shows_a_section_for_each_body(read):
    page = read(f"{VILLAGE}/accounts/2026-09")
    assert page.index("上石村股份经济合作社") < page.index("看每一笔")
    assert "上石村村民委员会" in page
    assert "应公开未公开" in page


def test_each_body_says_how_it_decides_and_what_it_posted(read, village):
    page = read(VILLAGE)
    committee, collective = page.split('id="body-collective"')
    assert "到会的人里超过 1/2 同意，才通过。" in committee
    assert "应到的人有 2/3 以上到会，会议才算数。" in committee
    assert "应到的全体里 2/3 以上同意，才通过。" in collective
    assert "成员大会" in collective
    assert "成员大会" not in committee
    assert f"{VILLAGE}/accounts/2026-09/collective" in collective
    assert "谁担任什么职务还没有登记" in collective
