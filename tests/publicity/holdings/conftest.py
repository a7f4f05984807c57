"""What tests of registers start from: a village with its people, and short ways through the deeds."""

import pytest
from sqlalchemy.orm import Session

from tests.publicity.holdings.scene import Scene, set_scene


@pytest.fixture
def scene(session: Session) -> Scene:
    """Return the village."""
    return set_scene(session)
