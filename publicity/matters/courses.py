"""Where matters stand on a day: their deeds replayed over the procedures by which they run."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from publicity.matters.course import Course, Move, Plan
from publicity.matters.models import Matter, MatterDeed, MatterEvent
from publicity.matters.queries import plans_of
from publicity.matters.replay import course_of
from village_lists.places.models import Place
from village_lists.rulebook.calendars import CALENDAR_KEYS, calendar_for
from village_lists.rulebook.queries import RuleTable, rules_for

POSTING_DAYS = "matter.posting.days"


RULES = (POSTING_DAYS, *CALENDAR_KEYS)


def course_for(session: Session, *, matter: Matter, on: date) -> Course:
    """Return where a matter stands on a day; on a past one after what had happened by then."""
    return courses_for(session, matters=[matter], on=on)[matter.id]


def courses_for(session: Session, *, matters: Sequence[Matter], on: date) -> dict[int, Course]:
    """Return where matters stand on a day, by their ids; a dozen statements for any number of them."""
    if not matters:
        return {}
    plans = plans_of(session, procedures=_procedures(matters))
    villages = list({matter.village_id: matter.village for matter in matters}.values())
    rules = rules_for(session, keys=RULES, places=villages)
    calendars = {village.id: calendar_for(rules, place=village) for village in villages}
    return {
        matter.id: course_of(
            plans[_first_procedure(matter)],
            moves_of(matter.events, plans),
            opened_on=matter.opened_on,
            on=on,
            calendar=calendars[matter.village_id],
            posting_days=posting_days(rules, village=matter.village, on=on),
            body_kind=matter.body.kind,
            budget_fen=_first_budget(matter),
        )
        for matter in matters
    }


def posting_days(rules: RuleTable, *, village: Place, on: date) -> int | None:
    """Return within how many days a step's posting is due at a village, or None where no row says so."""
    answer = rules.answer(key=POSTING_DAYS, place=village, on=on)
    return int(answer.value) if answer else None


def moves_of(events: Iterable[MatterEvent], plans: Mapping[int, Plan]) -> list[Move]:
    """Return deeds as the replay reads them; `plans` by procedure for those that go on under another."""
    return [
        Move(
            sequence=event.sequence,
            deed=event.deed,
            happened_on=event.happened_on,
            step=event.step,
            exit=event.exit,
            words=event.words,
            content=event.content,
            plan=plans.get(int(event.content["procedure"])) if event.deed is MatterDeed.MOVED else None,
        )
        for event in events
    ]


def _procedures(matters: Sequence[Matter]) -> set[int]:
    return {
        number
        for matter in matters
        for number in (
            matter.procedure_id,
            *(
                int(event.content[key])
                for event in matter.events
                if event.deed is MatterDeed.MOVED
                for key in ("procedure", "former")
            ),
        )
    }


def _first_procedure(matter: Matter) -> int:
    """Return by which procedure it was opened: a later one that was taken over names the one before."""
    moved = next((event for event in matter.events if event.deed is MatterDeed.MOVED), None)
    return int(moved.content["former"]) if moved else matter.procedure_id


def _first_budget(matter: Matter) -> int | None:
    changed = next((event for event in matter.events if event.deed is MatterDeed.BUDGETED), None)
    return changed.content["former"] if changed else matter.budget_fen
