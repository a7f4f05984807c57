"""Finding a village."""


def test_villages_stand_under_their_township(read):
    page = read("/")
    assert page.index("松坪镇") < page.index("/v/330299101201") < page.index("/v/330299101202")


def test_a_part_of_the_name_is_enough(read):
    page = read("/?name=上石")
    assert "/v/330299101201" in page
    assert "/v/330299101202" not in page


def test_a_percent_sign_is_no_wildcard(read):
    assert "/v/3302991012" not in read("/?name=%25")


def test_nothing_found_says_so(read):
    assert "没有找到名字里有「无此村」的村" in read("/?name=无此村")


def test_the_server_says_that_it_is_well(visitor, village):
    answer = visitor.get("/healthz")
    assert answer.text == "ok\n"
    assert answer.headers["Cache-Control"] == "no-store"
