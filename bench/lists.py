"""How much longer a list of 500 items takes than one of 36: for residents, and at the steward's desk."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import pairwise

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.ratios import Ratio, compare
from village_lists.editions.actions import make_version, publish_as_operator
from village_lists.editions.contents import (
    CategoryContent,
    ItemContent,
    ListContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
)
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind
from village_lists.places.models import Level, Place
from village_lists.powers.models import Adoption, ItemKind

SMALL, BIG = 36, 500
STEPS = 8


def list_of(items: int) -> ListContent:
    """Return a list of so many items in four classes of two levels, each item with a chart of ten nodes."""
    categories = [CategoryContent(code=f"c{top}", name=f"第{top}类") for top in range(4)]
    categories += [
        CategoryContent(code=f"c{top}-{low}", name=f"第{top}类第{low}小类", parent=f"c{top}")
        for top in range(4)
        for low in range(5)
    ]
    return ListContent(
        title=f"{items}项的清单（示例）",
        categories=tuple(categories),
        items=tuple(_item(number) for number in range(items)),
        procedures=tuple(_chart(number) for number in range(items)),
        prohibitions=tuple(
            ProhibitionContent(code=f"N{number}", words=f"不准做第{number}种事", items=(f"X{number:03}",))
            for number in range(items // 6)
        ),
    )


def _item(number: int) -> ItemContent:
    return ItemContent(
        code=f"X{number:03}",
        name=f"第{number}件事的办理",
        kind=ItemKind.POWER,
        category=f"c{number % 4}-{number % 5}",
        body="村民委员会",
        sentence=f"第{number}件事先申请、再审核、后公开。",
        keywords=("盖章", f"事情{number}"),
        papers=("申请书", "身份证明"),
        procedures=(ProcedureUse(slug=f"p{number:03}"),),
    )


def _chart(number: int) -> ProcedureContent:
    keys = [f"s{place}" for place in range(STEPS)]
    steps = [
        Node(key=key, kind=NodeKind.STEP, title=f"第{place}步办理", actor="报账员") for place, key in enumerate(keys)
    ]
    nodes = (
        Node(key="start", kind=NodeKind.START, title="开始"),
        *steps,
        Node(key="ask", kind=NodeKind.DECISION, title="同意吗", actor="村民代表会议"),
        Node(key="end", kind=NodeKind.END, title="办结"),
    )
    chain = ["start", *keys, "ask"]
    edges = [Edge(source=one, target=two) for one, two in pairwise(chain)]
    edges += [Edge(source="ask", target="end", label="同意"), Edge(source="ask", target="s0", label="不同意")]
    title = f"第{number}件事的流程"
    return ProcedureContent(
        slug=f"p{number:03}", title=title, graph=Graph(title=title, nodes=nodes, edges=tuple(edges))
    )


def put_in(session: Session, *, county: Place, village: Place, items: int, now: datetime) -> None:
    """Publish a list of so many items for a county and let a village adopt it; leave a next draft at the desk."""
    slug = f"bench-{items}"
    version = make_version(session, place=county, slug=slug, content=list_of(items), by=None, now=now)
    publish_as_operator(session, version=version, on=date(2026, 1, 1))
    session.add(
        Adoption(
            village_id=village.id,
            version_id=version.id,
            meeting="村民代表会议",
            held_on=now.date(),
            due=30,
            present=30,
            in_favour=30,
            recorded_at=now,
            confirmed_at=now,
        )
    )
    make_version(session, place=county, slug=slug, content=list_of(items), by=None, now=now)


def measured(app: Flask, *, steward: Callable[[Flask], FlaskClient], now: datetime) -> Iterator[tuple[str, Ratio]]:
    """Give for each page the time with 36 items and with 500, in turn, from two villages of the demonstration."""
    engine = app.extensions["engine"]
    with Session(engine) as session:
        county = session.scalars(select(Place).where(Place.level == Level.COUNTY)).one()
        villages = session.scalars(select(Place).where(Place.level == Level.VILLAGE).order_by(Place.code)).all()
        put_in(session, county=county, village=villages[0], items=SMALL, now=now)
        put_in(session, county=county, village=villages[1], items=BIG, now=now)
        session.commit()
        codes = [place.code for place in villages[:2]]
        desks = [f"/county/{county.code}/lists/{county.code}/bench-{items}/2" for items in (SMALL, BIG)]
    resident, desk = app.test_client(), steward(app)
    for name, path in (
        ("residents: the list", "/powers"),
        ("residents: search", "/powers?q=盖章"),
        ("residents: an item", "/powers/X007"),
        ("residents: the negative list", ""),
    ):
        address = path or ""
        few, many = (f"/v/{code}{address}" if address else f"/v/{code}/prohibitions" for code in codes)
        yield name, compare(_asks(resident, few), _asks(resident, many))
    for name, path in (
        ("steward: the outline of a draft", ""),
        ("steward: an item's form", "/items/X007"),
        ("steward: a chart's form", "/procedures/p007"),
        ("steward: the check", "/problems"),
    ):
        yield name, compare(_asks(desk, desks[0] + path), _asks(desk, desks[1] + path))


def _asks(client: FlaskClient, path: str) -> Callable[[], None]:
    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise LookupError(f"{path}: {answer.status_code}")

    return ask
