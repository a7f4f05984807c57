"""Words about duties that several audiences read: why something is due on its day, and rows for open data."""

from collections.abc import Mapping
from datetime import date

from app.words import day, say
from publicity.categories.models import Affairs
from publicity.categories.taxonomies import heading_path
from publicity.duties.queries import Cell, Duty
from publicity.duties.reasons import arithmetic
from publicity.duties.rules import Standing
from village_lists.markers import N_
from village_lists.rulebook.catalog import catalog

STATES = {Standing.WAITING: Standing.UPCOMING}
"""What is being reviewed is nobody's business outside: it is upcoming as long as it is not due."""
AFFAIRS = {"party": N_("党务"), "village": N_("村务"), "finance": N_("财务")}


def why(duty: Duty | Cell) -> list[str]:
    """Return the arithmetic of a due day, sentence by sentence, in the reader's language."""
    return [say(words, _written(values)) for words, values in arithmetic(duty)]


def _written(values: Mapping[str, object]) -> dict[str, object]:
    return {name: day(value) if isinstance(value, date) else value for name, value in values.items()}


def rule_name(duty: Duty | Cell) -> str:
    """Return what the rule is called that says when it is due."""
    if duty.rule is None:
        return ""
    entry = catalog().entry(duty.rule.key)
    return entry.name if entry else duty.rule.key


def state_of(duty: Duty) -> str:
    """Return how a duty stands for open data: met, late, missing, upcoming, extended or withdrawn_early."""
    return STATES.get(duty.standing, duty.standing).value


def duty_content(duty: Duty) -> dict[str, object]:
    """Return a duty as plain values for JSON and CSV; days as 2026-09-12, nothing of what is in review."""
    extension = duty.extension
    return {
        "village": duty.village,
        "category": duty.category,
        "category_name": duty.category_name,
        "affairs": duty.affairs.value,
        "body": duty.body_kind,
        "period": str(duty.span),
        "title": duty.title,
        "due": duty.due.isoformat() if duty.due else None,
        "state": state_of(duty),
        "published": duty.published_on.isoformat() if duty.published_on else None,
        "days_late": duty.days_late,
        "extended_until": duty.extended_until.isoformat() if duty.extended_until else None,
        "extension_reason": extension.reason if extension else None,
        "withdrawn": duty.withdrawn_on.isoformat() if duty.withdrawn_on else None,
        "record": duty.record if duty.published_on else None,
    }


def heading_words(taxonomy: str, heading: str, affairs: Affairs) -> str:
    """Return what a heading of a directory tree is called, those above it first."""
    return " · ".join(say(name) for name in heading_path(taxonomy, heading, affairs))
