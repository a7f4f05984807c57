"""What makes two sendings of a form the same."""

import pytest

from village_lists.operations.rules import body_digest, is_key


def test_the_order_of_different_fields_does_not_matter_and_that_of_equal_ones_does():
    assert body_digest([("a", "1"), ("b", "2")]) == body_digest([("b", "2"), ("a", "1")])
    assert body_digest([("a", "1"), ("a", "2")]) != body_digest([("a", "2"), ("a", "1")])


@pytest.mark.parametrize(
    "files", [(), [("file", "a.xlsx", b"2")], [("file", "b.xlsx", b"1")], [("other", "a.xlsx", b"1")]]
)
def test_files_count_by_name_and_by_every_byte(files):
    assert body_digest([], [("file", "a.xlsx", b"1")]) != body_digest([], files)


def test_a_field_is_no_file_and_joints_do_not_shift():
    assert body_digest([("a", "b")]) != body_digest([], [("a", "b", b"")])
    assert body_digest([("a", "bc")]) != body_digest([("ab", "c")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("abcdefgh234567ab", True), ("", False), ("abcdefgh234567ab\n", False), ("ABCDEFGH234567AB", False)],
)
def test_keys_are_sixteen_letters_and_digits(text, expected):
    assert is_key(text) is expected
