"""The stage of review upon this test's database."""

import pytest
from sqlalchemy.orm import Session

from tests.publicity.workflow.stage import Stage, set_stage


@pytest.fixture
def stage(session: Session) -> Stage:
    """Return a village with people in every post and nothing posted yet; kept only if the test commits."""
    return set_stage(session)
