"""Questions about matters: which there are, by which procedure they run, where they stand on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from publicity.matters.course import Course, Move, Plan
from publicity.matters.meetings import voting_of
from publicity.matters.models import Matter, MatterDeed, MatterEvent, MatterRecord, MatterState
from publicity.matters.replay import course_of
from village_lists.flowcharts.graph import Graph
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.places.models import Place
from village_lists.powers.adoptions import body_name
from village_lists.powers.bands import Band
from village_lists.powers.models import ItemProcedure, ListVersion, PowerItem, Procedure
from village_lists.powers.pages import bands_of
from village_lists.powers.queries import adoption_of, graph_of, item_by_code, offered_version, procedure_by_slug
from village_lists.rulebook.calendars import CALENDAR_KEYS, calendar_for
from village_lists.rulebook.queries import RuleTable, rules_for

POSTING_DAYS = "matter.posting.days"
RULES = (POSTING_DAYS, *CALENDAR_KEYS)
BODY_RULE = "decision_body.{}.favour"
BODIES = ("representatives", "villagers", "households", "members", "member_representatives", "party")
PARTY = {"party": N_("党员大会")}
"""What adopts no list has no name in the catalog of rules."""


@dataclass(frozen=True, kw_only=True)
class Fit:
    """An item whose procedure goes for an amount."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which procedure a matter under an item would run by.

    `procedures` are all of the item, `chosen` the one that the amount chooses (the only one, without bands), None where
    the amount belongs to none of them; `band` is the chosen one's. `others`: items of the same category with a
    procedure for this amount, where none of this item has one.
    """

    item: PowerItem
    version: ListVersion
    procedures: tuple[Procedure, ...]
    chosen: Procedure | None
    bands: Mapping[str, Band]
    others: tuple[Fit, ...]

    @property
    def band(self) -> Band | None:
        """Return the amounts for which the chosen procedure goes."""
        return self.bands.get(self.chosen.slug) if self.chosen else None


def matter_by_number(session: Session, *, village: Place, number: int) -> Matter | None:
    """Return the matter of that public number with its deeds and evidence, or None."""
    return session.scalar(
        select(Matter)
        .where(Matter.village_id == village.id, Matter.number == number)
        .options(selectinload(Matter.events).selectinload(MatterEvent.evidence), selectinload(Matter.body))
    )


def matters_of(
    session: Session,
    *,
    villages: Sequence[Place],
    states: Collection[MatterState] | None = None,
    item_code: str | None = None,
) -> list[Matter]:
    """Return the matters of some villages with their deeds, newest first; of some states and one item where asked."""
    query = select(Matter).where(Matter.village_id.in_([village.id for village in villages]))
    if states is not None:
        query = query.where(Matter.state.in_(states))
    if item_code is not None:
        query = query.where(Matter.item_code == item_code)
    query = query.options(selectinload(Matter.events), selectinload(Matter.body), selectinload(Matter.village))
    return list(session.scalars(query.order_by(Matter.opened_on.desc(), Matter.id.desc())))


def matters_numbered(session: Session, *, village: Place, numbers: Collection[int]) -> dict[int, Matter]:
    """Return the matters of a village by their public numbers, those that exist."""
    found = session.scalars(select(Matter).where(Matter.village_id == village.id, Matter.number.in_(numbers)))
    return {matter.number: matter for matter in found}


def records_tied(session: Session, *, matter: Matter) -> list[MatterRecord]:
    """Return the records that belong to a matter, in the order in which they were tied."""
    query = select(MatterRecord).where(MatterRecord.matter_id == matter.id).options(selectinload(MatterRecord.record))
    return list(session.scalars(query.order_by(MatterRecord.id)))


def unchecked_deeds(session: Session, *, village: Place, by: Person) -> list[tuple[Matter, int]]:
    """Return the village's matters with deeds that nobody checked and somebody else than `by` entered, and how many."""
    waiting = (
        select(MatterEvent.matter_id, func.count().label("count"))
        .where(MatterEvent.checked_by_id.is_(None), MatterEvent.by_id != by.id)
        .group_by(MatterEvent.matter_id)
        .subquery()
    )
    rows = session.execute(
        select(Matter, waiting.c.count)
        .join(waiting, waiting.c.matter_id == Matter.id)
        .where(Matter.village_id == village.id)
        .options(selectinload(Matter.body))
        .order_by(Matter.id)
    )
    return [(matter, count) for matter, count in rows]


def next_matter_number(session: Session, *, village: Place) -> int:
    """Return the next free public number of the village."""
    return (session.scalar(select(func.max(Matter.number)).where(Matter.village_id == village.id)) or 0) + 1


def next_code(session: Session, *, village: Place, item_code: str, year: int) -> str:
    """Return the next free matter code of an item in a year: A04-2026-03."""
    beginning = f"{item_code}-{year}-"
    used = session.scalars(
        select(Matter.code).where(Matter.village_id == village.id, Matter.code.startswith(beginning, autoescape=True))
    )
    count = max((int(code.removeprefix(beginning)) for code in used), default=0) + 1
    return f"{beginning}{count:02}"


def clerk_on(person: Person, *, village: Place, on: date) -> bool:
    """Say whether a person is a clerk of the village on a day."""
    return any(
        post.place_id == village.id and post.kind is PostKind.CLERK and holds_on(post, on) for post in person.posts
    )


def supervisor_on(person: Person, *, village: Place, on: date) -> PostKind | None:
    """Return the post by which a person sits on the village's supervision committee on a day, or None."""
    wanted = (PostKind.SUPERVISION_HEAD, PostKind.SUPERVISION_MEMBER)
    held = {post.kind for post in person.posts if post.place_id == village.id and holds_on(post, on)}
    return next((kind for kind in wanted if kind in held), None)


def list_in_force(session: Session, *, village: Place) -> ListVersion | None:
    """Return the version that the village adopted, else the one put before it, or None."""
    adoption = adoption_of(session, village=village)
    return adoption.version if adoption else offered_version(session, village=village)


def choices_for(session: Session, *, village: Place, item_code: str, amount_fen: int | None, on: date) -> Choice | None:
    """Return which procedure a matter of that amount would run by; None where the village's list has no such item."""
    version = list_in_force(session, village=village)
    item = item_by_code(session, version_id=version.id, code=item_code) if version else None
    if version is None or item is None:
        return None
    bands = bands_of(session, item=item, place=village, on=on)
    procedures = tuple(item.procedures)
    fitting = [one for one in procedures if one.slug not in bands or _fits(bands[one.slug], amount_fen)]
    is_outside = not fitting and amount_fen is not None
    return Choice(
        item=item,
        version=version,
        procedures=procedures,
        chosen=fitting[0] if len(fitting) == 1 or (fitting and not bands) else None,
        bands=bands,
        others=_fitting(session, item, village, amount_fen, on) if is_outside else (),
    )


def _fits(band: Band, amount_fen: int | None) -> bool:
    if amount_fen is None:
        return True
    start = band.start.fen if band.start and band.start.fen is not None else 0
    end = band.end.fen if band.end else None
    return start <= amount_fen and (end is None or amount_fen < end)


def _fitting(session: Session, item: PowerItem, village: Place, amount_fen: int | None, on: date) -> tuple[Fit, ...]:
    beside = session.scalars(
        select(PowerItem)
        .where(
            PowerItem.version_id == item.version_id,
            PowerItem.category_id == item.category_id,
            PowerItem.id != item.id,
        )
        .options(selectinload(PowerItem.uses).joinedload(ItemProcedure.procedure))
        .order_by(PowerItem.position)
    )
    found = []
    for other in beside:
        bands = bands_of(session, item=other, place=village, on=on)
        if any(_fits(band, amount_fen) for band in bands.values()):
            found.append(Fit(code=other.code, name=other.name))
    return tuple(found)


def plans_of(session: Session, *, procedures: Collection[int]) -> dict[int, Plan]:
    """Return the plan of each procedure (by id), with everything that it embeds; two statements a version and level."""
    roots = session.scalars(
        select(Procedure)
        .where(Procedure.id.in_(procedures))
        .options(selectinload(Procedure.nodes), selectinload(Procedure.edges))
    ).all()
    known: dict[tuple[int, str], Graph] = {(one.version_id, one.slug): graph_of(one) for one in roots}
    waiting = {(version, embeds) for (version, _), graph in known.items() for embeds in _embeds(graph)} - known.keys()
    while waiting:
        found = session.scalars(
            select(Procedure)
            .where(
                Procedure.version_id.in_({version for version, _ in waiting}),
                Procedure.slug.in_({slug for _, slug in waiting}),
            )
            .options(selectinload(Procedure.nodes), selectinload(Procedure.edges))
        ).all()
        fresh = {(one.version_id, one.slug): graph_of(one) for one in found}
        known |= {key: graph for key, graph in fresh.items() if key in waiting}
        further = {(version, embeds) for (version, _), graph in fresh.items() for embeds in _embeds(graph)}
        waiting = further - known.keys() - waiting
    return {one.id: _plan(one, known) for one in roots}


def _embeds(graph: Graph) -> set[str]:
    return {node.embeds for node in graph.nodes if node.embeds}


def _plan(root: Procedure, known: Mapping[tuple[int, str], Graph]) -> Plan:
    graphs: dict[str, Graph] = {}
    waiting = [root.slug]
    while waiting:
        slug = waiting.pop()
        graph = known.get((root.version_id, slug))
        if graph is not None and slug not in graphs:
            graphs[slug] = graph
            waiting += _embeds(graph)
    return Plan(root=root.slug, graphs=graphs)


def course_for(session: Session, *, matter: Matter, on: date) -> Course:
    """Return where a matter stands on a day."""
    return courses_for(session, matters=[matter], on=on)[matter.id]


def courses_for(session: Session, *, matters: Sequence[Matter], on: date) -> dict[int, Course]:
    """Return where matters stand on a day, by their ids; a dozen statements for any number of them."""
    if not matters:
        return {}
    plans = plans_of(session, procedures=_procedures(matters))
    villages = list({matter.village_id: matter.village for matter in matters}.values())
    rules = rules_for(session, keys=RULES, places=villages)
    calendars = {village.id: calendar_for(rules, place=village) for village in villages}
    votes: dict[tuple[int, str], dict[str, str]] = {}
    found = {}
    for matter in matters:
        moves = moves_of(matter.events, plans)
        key = (_last_procedure(matter), matter.body.kind.value)
        if key not in votes:
            votes[key] = voting_of(plans[key[0]], matter.body.kind)
        found[matter.id] = course_of(
            plans[_first_procedure(matter)],
            moves,
            opened_on=matter.opened_on,
            on=on,
            calendar=calendars[matter.village_id],
            posting_days=posting_days(rules, village=matter.village, on=on),
            voting=votes[key],
            budget_fen=_first_budget(matter),
        )
    return found


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


def _last_procedure(matter: Matter) -> int:
    return matter.procedure_id


def _first_budget(matter: Matter) -> int | None:
    changed = next((event for event in matter.events if event.deed is MatterDeed.BUDGETED), None)
    return changed.content["former"] if changed else matter.budget_fen


def later_procedure(session: Session, *, matter: Matter) -> Procedure | None:
    """Return the procedure of that slug in the list now in force at the village, where that is another version."""
    version = list_in_force(session, village=matter.village)
    if version is None or version.id == matter.procedure.version_id:
        return None
    return procedure_by_slug(session, version_id=version.id, slug=matter.procedure.slug)


def decision_bodies(session: Session, *, village: Place, on: date) -> list[tuple[str, str]]:
    """Return the deciding bodies that the rule book knows at a village, each with its name (a marked sentence)."""
    table = rules_for(session, keys=[BODY_RULE.format(one) for one in BODIES], places=[village])
    known = [one for one in BODIES if table.answer(key=BODY_RULE.format(one), place=village, on=on)]
    return [(one, PARTY.get(one) or body_name(one)) for one in known]


def events_by_step(events: Iterable[MatterEvent]) -> dict[str, list[MatterEvent]]:
    """Return deeds by the path of their step, in order."""
    found: defaultdict[str, list[MatterEvent]] = defaultdict(list)
    for event in events:
        found[event.step].append(event)
    return dict(found)
