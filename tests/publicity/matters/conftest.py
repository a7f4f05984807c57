"""The village of the tests of matters upon this test's database."""

import pytest
from sqlalchemy.orm import Session

from tests.publicity.matters.scene import Scene, set_scene


@pytest.fixture
def scene(session: Session) -> Scene:
    """Return a village with a small list and no matters yet; kept only if the test commits."""
    return set_scene(session)
