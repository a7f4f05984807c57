"""What tests of tied money start from."""

import pytest
from sqlalchemy.orm import Session

from tests.publicity.ledgers.works import Works, set_works


@pytest.fixture
def works(session: Session) -> Works:
    """Return the village with its list."""
    return set_works(session)
