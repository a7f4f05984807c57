"""Naming the account of each line: by the clerk, in drafts only, from the chart that the rule book names."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from publicity.ledgers.accounting import account_suggestions, chart_for, chart_of_version, set_accounts
from publicity.ledgers.models import Entry
from publicity.ledgers.queries import ledger_of
from publicity.records.models import Version
from tests.publicity.workflow.stage import NOW, SEPTEMBER, Stage, set_stage
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.people.models import PostKind
from village_lists.places.models import Level
from village_lists.rulebook.models import RuleRow


@pytest.fixture
def stage(session: Session) -> Stage:
    """Return the village with the chart of 2023, and from October on that of 2004."""
    stage = set_stage(session)
    for value, day in (("chart2023", date(2010, 1, 1)), ("chart2004", date(2026, 10, 1))):
        session.add(
            RuleRow(
                key="accounts.chart", level=Level.VILLAGE, place_id=stage.village.id, value={"value": value},
                valid_from=day,
            )
        )  # fmt: skip
    session.flush()
    return stage


def entries(stage: Stage, version: Version) -> list[Entry]:
    """Return the lines of a version: rent in, electricity out."""
    ledger = ledger_of(stage.session, version=version)
    assert ledger is not None
    return list(ledger.entries)


def choose(stage: Stage, version: Version, accounts: dict[int, str], *, by: str = "clerk", back: int = 0) -> None:
    """Choose accounts as somebody who saw the revision of now, or one before."""
    set_accounts(
        stage.session, version=version, accounts=accounts, revision=version.revision - back, by=stage[by], now=NOW
    )


def test_the_rule_book_says_which_chart(stage: Stage) -> None:
    assert chart_for(stage.session, village=stage.village, on=date(2026, 9, 30)).key == "chart2023"
    assert chart_for(stage.session, village=stage.village, on=date(2026, 10, 1)).key == "chart2004"
    assert chart_of_version(stage.session, version=stage.draft()).key == "chart2023"


def test_a_chart_without_a_file_is_refused(stage: Stage) -> None:
    stage.session.add(
        RuleRow(
            key="accounts.chart", level=Level.VILLAGE, place_id=stage.village.id, value={"value": "chart1999"},
            valid_from=date(2026, 10, 2),
        )
    )  # fmt: skip
    stage.session.flush()
    with pytest.raises(Refusal, match="科目"):
        chart_for(stage.session, village=stage.village, on=date(2026, 10, 2))


def test_the_clerk_names_accounts_and_lines_not_given_keep_theirs(stage: Stage) -> None:
    version = stage.draft()
    choose(stage, version, {1: "501", 2: "513"})
    choose(stage, version, {2: ""})
    assert [entry.account for entry in entries(stage, version)] == ["501", ""]


def test_what_cannot_be_is_refused_and_nothing_changes(stage: Stage) -> None:
    version = stage.draft()
    with pytest.raises(Refusal) as refused:
        choose(stage, version, {1: "501", 2: "541"})
    assert "「541」" in str(refused.value), "an account of the other chart"
    with pytest.raises(Stale):
        choose(stage, version, {1: "501"}, back=1)
    for role in ("secretary", "head", "elsewhere"):
        with pytest.raises(NotAllowed):
            choose(stage, version, {1: "501"}, by=role)
    assert [entry.account for entry in entries(stage, version)] == ["", ""]
    with pytest.raises(NotAllowed):
        choose(stage, stage.submitted(SEPTEMBER, opening_fen=1_415_000), {1: "501"})


def test_who_chooses_an_account_entered_part_of_the_draft(stage: Stage) -> None:
    version = stage.draft()
    second = stage.enter("second", PostKind.CLERK, name="何桂芳")
    choose(stage, version, {1: ""}, by="second")
    assert second.id not in {event.by_id for event in version.events}
    choose(stage, version, {1: "501"}, by="second")
    assert second.id in {event.by_id for event in version.events}


def test_what_was_published_for_such_a_purpose_is_suggested_first(stage: Stage) -> None:
    session, chart = stage.session, chart_for(stage.session, village=stage.village, on=date(2026, 9, 1))
    version = stage.draft()
    lines = entries(stage, version)
    assert account_suggestions(session, body=stage.collective, entries=lines, chart=chart) == {1: "501", 2: "513"}
    choose(stage, version, {1: "504", 2: "513"})
    assert account_suggestions(session, body=stage.collective, entries=lines, chart=chart) == {}
    stage.published()
    later = stage.draft(SEPTEMBER, opening_fen=1_415_000)
    asked = entries(stage, later)
    found = account_suggestions(session, body=stage.collective, entries=asked, chart=chart)
    assert found == {1: "504", 2: "513"}
    other = account_suggestions(session, body=stage.committee, entries=asked, chart=chart)
    assert other[1] == "501", "what another body's books say is no memory of this one"
