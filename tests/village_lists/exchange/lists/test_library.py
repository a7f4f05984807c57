"""Both lists of the library go out and come in again the same, as YAML and as a workbook."""

import pytest

from village_lists.exchange.child import read_content
from village_lists.exchange.lists.book_reading import read_list_workbook
from village_lists.exchange.lists.book_writing import write_workbook
from village_lists.exchange.lists.yaml_reading import read_yaml
from village_lists.exchange.lists.yaml_writing import write_yaml
from village_lists.library.editions import list_content
from village_lists.library.load import read_library

LIBRARY = read_library()
CONTENTS = {template.slug: list_content(LIBRARY, template) for template in LIBRARY.lists}


@pytest.mark.parametrize("slug", CONTENTS)
def test_as_yaml_to_the_byte(slug):
    content = CONTENTS[slug]
    written = write_yaml(content)
    reading = read_yaml(written)
    assert [str(one) for one in reading.problems if one.hinders_import] == []
    assert reading.content == content
    assert write_yaml(content) == written


@pytest.mark.parametrize("slug", CONTENTS)
def test_as_a_workbook_to_the_byte(slug):
    content = CONTENTS[slug]
    written = write_workbook(content)
    reading = read_list_workbook(read_content(written, ""))
    assert [str(one) for one in reading.problems if one.hinders_import] == []
    assert reading.content == content
    assert write_workbook(reading.content) == written
