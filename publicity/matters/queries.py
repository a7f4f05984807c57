"""Questions about matters: which there are, who may write and check, what waits to be checked, who decides."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from publicity.matters.course import Plan
from publicity.matters.models import Matter, MatterEvent, MatterRecord, MatterState
from village_lists.flowcharts.graph import Graph
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.places.models import Place
from village_lists.powers.adoptions import body_name
from village_lists.powers.models import ItemProcedure, PowerItem, Procedure
from village_lists.powers.queries import graph_of
from village_lists.rulebook.queries import rules_for

BODY_RULE = "decision_body.{}.favour"


BODIES = ("representatives", "villagers", "households", "members", "member_representatives", "party")


PARTY = {"party": N_("党员大会")}
"""What adopts no list has no name in the catalog of rules."""


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


def items_beside(session: Session, *, item: PowerItem) -> Sequence[PowerItem]:
    """Return the other items of the same category in the same list with their procedures, in the order of the list."""
    return session.scalars(
        select(PowerItem)
        .where(
            PowerItem.version_id == item.version_id,
            PowerItem.category_id == item.category_id,
            PowerItem.id != item.id,
        )
        .options(selectinload(PowerItem.uses).joinedload(ItemProcedure.procedure))
        .order_by(PowerItem.position)
    ).all()


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
