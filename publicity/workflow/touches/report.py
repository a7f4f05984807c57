"""The report of what a change of the rule book touches: which villages, and what is going on there.

Each kind of thing has one teller in `TELLERS`. Matters (issue 5) get theirs there once they exist: clocks that run,
steps that wait, decision procedures begun.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from publicity.categories.models import ACCOUNTS
from publicity.duties.queries import GROUND_KEYS
from publicity.duties.touches import DueMove, due_moves, due_rules_known, events_ruled, spans_reached
from publicity.records.models import Version
from publicity.workflow.touches.bands import bands
from publicity.workflow.touches.queries import (
    adapted_drafts,
    categories_ruled_by,
    unconfirmed_adoptions,
    versions_in_review,
    versions_on_display,
)
from publicity.workflow.touches.scenes import FIRST_FEW, Scene, Touch, named
from village_lists.markers import N_
from village_lists.periods import Span
from village_lists.places.models import Place
from village_lists.powers.models import Adoption
from village_lists.rulebook.calendars import CALENDAR_KEYS
from village_lists.rulebook.catalog import catalog
from village_lists.rulebook.proposals import Proposal
from village_lists.rulebook.queries import tables_around, villages_under
from village_lists.rulebook.values import Told


@dataclass(frozen=True, kw_only=True)
class Touches:
    """Names of the villages where the value changes, of those with a nearer rule of their own, and what is touched."""

    changed: tuple[str, ...]
    shielded: tuple[str, ...]
    unchanged: tuple[str, ...]
    groups: tuple[Touch, ...]


def touches_of(session: Session, *, proposal: Proposal, on: date) -> Touches:
    """Return what a proposed row would touch, seen on a day. Nothing is written; a dozen statements at most."""
    villages = villages_under(session, place=proposal.place)
    further = [*GROUND_KEYS, *due_rules_known(session)]
    before, after = tables_around(session, proposal=proposal, places=villages, further=further)
    scene = Scene(
        session=session,
        proposal=proposal,
        on=on,
        before=before,
        after=after,
        villages=(),
        below=tuple(village.id for village in villages),
        ruled=categories_ruled_by(session, key=proposal.key),
    )
    changed, shielded, unchanged = _sorted(scene, villages)
    scene = replace(scene, villages=tuple(changed))
    groups = [touch for teller in TELLERS for touch in teller(scene)] if changed else []
    return Touches(
        changed=tuple(village.name for village in changed),
        shielded=tuple(village.name for village in shielded),
        unchanged=tuple(village.name for village in unchanged),
        groups=tuple(groups) or (_nothing(proposal),),
    )


def _sorted(scene: Scene, villages: Sequence[Place]) -> tuple[list[Place], list[Place], list[Place]]:
    """Part the villages: where the value changes, where a nearer row keeps it, where the new row says the same."""
    changed, shielded, unchanged = list[Place](), list[Place](), list[Place]()
    for village in villages:
        old, new = scene.answers(village)
        if (old.value if old else None) != (new.value if new else None):
            changed.append(village)
        elif old == new:
            shielded.append(village)
        else:
            unchanged.append(village)
    return changed, shielded, unchanged


def _nothing(proposal: Proposal) -> Touch:
    """Say plainly that nothing is under way that this rule reaches."""
    entry = catalog().entry(proposal.key)
    if entry is not None and entry.group == "答复时限":
        return Touch(words=N_("明白栏现在还没有登记疑问和答复，所以没有正在计时的事会受影响"))
    return Touch(words=N_("现在没有正在进行的事会受影响"))


def _due(scene: Scene) -> list[Touch]:
    if not scene.ruled.due:
        return []
    key, session = scene.proposal.key, scene.session
    spans = spans_reached(key=key, since=scene.since, last=_last_named(scene.proposal))
    moves = due_moves(session, key=key, before=scene.before, after=scene.after, villages=scene.villages, spans=spans)
    accounts = [_due_touch(move) for move in moves if move.category == ACCOUNTS]
    together: dict[tuple[Span, date | None, date | None], list[DueMove]] = {}
    for move in moves:
        if move.category != ACCOUNTS:
            together.setdefault((move.span, move.before, move.after), []).append(move)
    others = [_due_touch_of_many(found) for found in together.values()]
    return accounts + others + _events(scene)


def _last_named(proposal: Proposal) -> date | None:
    """Return the last day that a calendar's value names; None for what is no calendar, and for a row that ends."""
    if proposal.key not in CALENDAR_KEYS or not isinstance(proposal.value, list):
        return None
    return max((date.fromisoformat(day) for day in proposal.value), default=None)


def _due_touch(move: DueMove) -> Touch:
    values = {**_days(move), "month": move.span.words}
    if move.before is None:
        words = N_("%(month)s的账目以前没有期限，以后最迟 %(after)s 公开")
    elif move.after is None:
        words = N_("%(month)s的账目原来最迟 %(before)s 公开，以后没有期限")
    else:
        words = N_("%(month)s的账目，最迟公开的日子从 %(before)s 变成 %(after)s")
    return Touch(words=words, values=values, count=len(move.bodies), examples=named(move.bodies))


def _due_touch_of_many(moves: Sequence[DueMove]) -> Touch:
    """Tell the categories together whose due days for one span move alike; counted are the postings."""
    first = moves[0]
    values = {**_days(first), "span": first.span.words, "kinds": len(moves)}
    if first.before is None:
        words = N_("%(span)s的 %(kinds)d 类公开以前没有期限，以后最迟 %(after)s 公开")
    elif first.after is None:
        words = N_("%(span)s的 %(kinds)d 类公开原来最迟 %(before)s 公开，以后没有期限")
    else:
        words = N_("%(span)s的 %(kinds)d 类公开，最迟公开的日子从 %(before)s 变成 %(after)s")
    names = [f"{move.category_name}（{len(move.bodies)}）" for move in moves]
    return Touch(words=words, values=values, count=sum(len(move.bodies) for move in moves), examples=named(names))


def _days(move: DueMove) -> dict[str, object]:
    return {
        "before": move.before.isoformat() if move.before else "",
        "after": move.after.isoformat() if move.after else "",
    }


def _events(scene: Scene) -> list[Touch]:
    names = events_ruled(scene.session, key=scene.proposal.key, villages=scene.villages, on=scene.since)
    if not names:
        return []
    words = N_("从那天起发生的事，公开的期限按新的规定算")
    return [Touch(words=words, count=len(names), examples=named(names))]


def _review(scene: Scene) -> list[Touch]:
    """Tell what is in review: its order was fixed when it was submitted (Version.review) and stays."""
    if not scene.ruled.review:
        return []
    versions = versions_in_review(scene.session, villages=scene.villages, categories=scene.ruled.review)
    found = [Touch(words=N_("从那天起提交的，按新的顺序审核"))]
    if versions:
        words = N_("正在审核的，仍按提交时的顺序走完；退回后重新提交的，按新的顺序")
        found.insert(0, Touch(words=words, count=len(versions), examples=_records(versions)))
    return found


def _display(scene: Scene) -> list[Touch]:
    if not scene.ruled.display:
        return []
    versions = versions_on_display(scene.session, villages=scene.villages, categories=scene.ruled.display, on=scene.on)
    examples = tuple(
        (N_("%(body)s %(month)s%(category)s，公示到 %(day)s"), {**_record(version), "day": str(version.display_to)})
        for version in versions[:FIRST_FEW]
    )
    found = [Touch(words=N_("从那天起公开的，按新的天数公示"))]
    if versions:
        words = N_("正在公示的，公示到哪天不变")
        found.insert(0, Touch(words=words, count=len(versions), examples=examples))
    return found


def _resolutions(scene: Scene) -> list[Touch]:
    key = scene.proposal.key
    if not key.startswith(("decision_body.", "adoption.")):
        return []
    body = key.split(".")[1] if key.startswith("decision_body.") else ""
    adoptions = unconfirmed_adoptions(scene.session, villages=scene.villages, decision_body=body)
    if not body:
        words = N_("登记了还没有确认的清单决议，从那天起按新的规定确认")
        return [Touch(words=words, count=len(adoptions), examples=_meetings(adoptions))] if adoptions else []
    later = [each for each in adoptions if each.held_on >= scene.since]
    earlier = [each for each in adoptions if each.held_on < scene.since]
    found = []
    if later:
        words = N_("登记了还没有确认的清单决议，要按新的人数重新算")
        found.append(Touch(words=words, count=len(later), examples=_meetings(later), warns=True))
    if earlier:
        words = N_("登记了还没有确认的清单决议，会议在那天以前开的，仍按开会那天的人数算")
        found.append(Touch(words=words, count=len(earlier), examples=_meetings(earlier)))
    return found


def _adaptations(scene: Scene) -> list[Touch]:
    if not scene.proposal.key.startswith("adaptation."):
        return []
    places = {*scene.below, scene.proposal.place.id}
    drafts = adapted_drafts(scene.session, places=places)
    if not drafts:
        return []
    examples = named([f"{draft.power_list.place.name}：{draft.title}" for draft in drafts])
    return [Touch(words=N_("正在改编的清单，从那天起按新的范围改"), count=len(drafts), examples=examples)]


def _records(versions: Sequence[Version]) -> tuple[Told, ...]:
    return tuple((N_("%(body)s %(month)s%(category)s"), _record(version)) for version in versions[:FIRST_FEW])


def _record(version: Version) -> dict[str, object]:
    record = version.record
    return {
        "body": record.body.name,
        "month": Span.parse(record.period).words,
        "category": record.title or record.category.name,
    }


def _meetings(adoptions: Sequence[Adoption]) -> tuple[Told, ...]:
    return tuple(
        (
            N_("%(village)s %(day)s %(meeting)s：应到 %(due)d 人，实到 %(present)d 人，同意 %(yes)d 人"),
            {
                "village": each.village.name,
                "day": each.held_on.isoformat(),
                "meeting": each.meeting,
                "due": each.due,
                "present": each.present,
                "yes": each.in_favour,
            },
        )
        for each in adoptions[:FIRST_FEW]
    )


TELLERS: tuple[Callable[[Scene], list[Touch]], ...] = (_due, _review, _display, bands, _resolutions, _adaptations)
