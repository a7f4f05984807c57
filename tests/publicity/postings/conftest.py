"""What tests of postings start from."""

import pytest
from sqlalchemy.orm import Session

from tests.publicity.postings.scene import Scene, set_scene


@pytest.fixture
def scene(session: Session) -> Scene:
    """Return the village with its categories."""
    return set_scene(session)
