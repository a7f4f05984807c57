"""The database itself keeps what was decided, on both engines, whatever a program sends."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from publicity.holdings.models import HoldingKind
from tests.publicity.holdings.scene import Scene


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE holding SET number = 9",
        "UPDATE holding SET kind = 'resource'",
        "DELETE FROM holding",
        "UPDATE contract SET side = 'pay'",
        "DELETE FROM contract",
        "UPDATE holding_edition SET name = 'x' WHERE holding_id = 1",
        "UPDATE holding_edition SET content = '{}' WHERE holding_id = 1",
        "UPDATE holding_edition SET state = 'proposed', decided_by_id = NULL WHERE holding_id = 1",
        "DELETE FROM holding_edition WHERE holding_id = 1",
        "UPDATE contract_edition SET schedule = '{}'",
        "UPDATE contract_edition SET valid_from = '2020-01-01'",
        "DELETE FROM contract_edition",
        "UPDATE holding_edition SET state = 'confirmed' WHERE holding_id = 2",
        "UPDATE holding_edition SET state = 'confirmed', decided_by_id = made_by_id WHERE holding_id = 2",
        "UPDATE holding_edition SET state = 'confirmed', decided_by_id ="
        " (SELECT id FROM person WHERE name = '陈海涛') WHERE holding_id = 2",
        "UPDATE holding_edition SET made_by_id = (SELECT id FROM person WHERE name = '陈海涛') WHERE holding_id = 2",
    ],
)
def test_what_was_decided_stays(scene: Scene, statement: str) -> None:
    """Identities never change, editions are decided once by another person of the committee, nothing goes away."""
    scene.holding()
    scene.proposed(HoldingKind.ASSET, "旧校舍")
    scene.contract()
    with pytest.raises(IntegrityError):
        scene.session.execute(text(statement))
