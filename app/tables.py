"""Every table of the two domains, for migrations and tests."""

import publicity.categories.models
import publicity.codes.models
import publicity.ledgers.models
import publicity.records.models
import village_lists.people.models
import village_lists.places.models
import village_lists.powers.models
import village_lists.prohibitions.models
import village_lists.rulebook.models  # noqa: F401 - imported for their tables
from village_lists.db import Base

METADATA = Base.metadata
