"""Every table of the two domains, for migrations and tests."""

from publicity.attachments import models as attachments
from publicity.categories import models as categories
from publicity.codes import models as codes
from publicity.duties import models as duties
from publicity.holdings import models as holdings
from publicity.ledgers import models as ledgers
from publicity.matters import models as matters
from publicity.postings import models as postings
from publicity.records import models as records
from publicity.workflow import models as workflow
from village_lists.db import Base
from village_lists.documents import models as documents
from village_lists.operations import models as operations
from village_lists.people import models as people
from village_lists.places import models as places
from village_lists.powers import models as powers
from village_lists.prohibitions import models as prohibitions
from village_lists.rulebook import models as rulebook

SUBJECTS = (
    places,
    people,
    operations,
    documents,
    rulebook,
    powers,
    prohibitions,
    categories,
    records,
    matters,
    holdings,
    attachments,
    ledgers,
    postings,
    codes,
    duties,
    workflow,
)
"""Importing them is what puts their tables into METADATA."""

METADATA = Base.metadata
