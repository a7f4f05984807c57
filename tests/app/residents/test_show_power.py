"""One item of the list."""

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
