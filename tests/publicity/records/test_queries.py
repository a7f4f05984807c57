"""Records as officials find them, and the keys that nobody can guess."""

import re

import pytest

from publicity.records.models import State
from publicity.records.queries import (
    next_record_number,
    published_version,
    record_numbered,
    unfinished_version,
    version_by_key,
)
from publicity.records.rules import LARGEST_NUMBER, random_key
from tests.publicity.workflow.stage import FIELD, SEPTEMBER, set_stage
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code


@pytest.fixture
def stage(session):
    """Return a village with people in every post and nothing posted yet."""
    return set_stage(session)


def test_keys_are_random_and_fit_the_address():
    keys = {random_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert all(re.fullmatch("[a-z2-7]{16}", key) for key in keys)


def test_a_version_is_found_in_its_own_village_alone(session, stage):
    version = stage.draft()
    other = place_by_code(session, code=FIELD, level=Level.VILLAGE)
    assert other
    assert version_by_key(session, village=stage.village, key=version.key) is version
    assert version_by_key(session, village=other, key=version.key) is None


def test_numbers_count_up_within_the_village(session, stage):
    stage.published()
    assert record_numbered(session, village=stage.village, number=1)
    assert next_record_number(session, village=stage.village) == 2
    stage.draft(SEPTEMBER, opening_fen=1_415_000)
    assert next_record_number(session, village=stage.village) == 3
    other = place_by_code(session, code=FIELD, level=Level.VILLAGE)
    assert other
    assert next_record_number(session, village=other) == 1


@pytest.mark.parametrize("number", [0, 99, LARGEST_NUMBER, LARGEST_NUMBER + 1, 10**30])
def test_a_number_that_was_never_given(session, stage, number):
    assert record_numbered(session, village=stage.village, number=number) is None


def test_beside_what_stands_published_there_may_be_a_correction_under_way(session, stage):
    first = stage.published()
    second = stage.draft(reason="电费记错", spending_fen=36_000)
    session.expire_all()
    assert published_version(first.record) is first
    assert unfinished_version(first.record) is second
    assert (first.state, second.state) == (State.PUBLISHED, State.DRAFT)
