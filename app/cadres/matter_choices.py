"""Which procedure a new matter takes: the item and the amount choose, and the page says why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app import clock
from app.amount_words import band_words
from app.cadres.matter_forms import Sent, budget_of, day_of
from app.cadres.places import me
from app.database import session
from app.words import say
from publicity.matters.choices import Choice, choices_for, list_in_force
from publicity.matters.models import Matter
from publicity.matters.opening import open_matter
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.places.models import Body, Place
from village_lists.powers.bands import Limit
from village_lists.powers.pages import Branch, branches_of


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A procedure that may be taken: for which amounts it is meant ("" for all), whether the amount chose it."""

    slug: str
    title: str
    amounts: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class NewMatter:
    """What was chosen so far. `branches`: the village's list by category; `choice` None until item and body are known.

    `offered` are the procedures that are not too loose for the amount; `limits` the rows of the rule book that part the
    amounts. `item`, `body` and `budget` are as they were typed, `problem` what is wrong with them.
    """

    branches: tuple[Branch, ...] = ()
    choice: Choice | None = None
    offered: tuple[Offered, ...] = ()
    limits: tuple[Limit, ...] = ()
    item: str = ""
    body: str = ""
    budget: str = ""
    budget_fen: int | None = None
    problem: str = ""


def asked_matter(place: Place, typed: Mapping[str, str]) -> NewMatter:
    """Return what item, body and amount choose at a village today; nothing chosen yet where no item was sent."""
    item, body, budget = (typed.get(name, "").strip()[:40] for name in ("item", "body", "budget"))
    version = list_in_force(session(), village=place)
    branches = branches_of(session(), version_id=version.id) if version else ()
    asked = NewMatter(branches=branches, item=item, body=body, budget=budget)
    if "item" not in typed or "change" in typed:
        return asked
    try:
        _body(place, body)
        budget_fen = budget_of(budget)
        choice = choices_for(session(), village=place, item_code=item, amount_fen=budget_fen, on=clock.today())
        if choice is None:
            raise Refusal(N_("请从清单里选一项"))
    except Refusal as refusal:
        return replace(asked, problem=say(refusal.words, refusal.values))
    return replace(
        asked,
        choice=choice,
        offered=_offered(choice, budget_fen),
        limits=tuple({limit.key: limit for band in choice.bands.values() for limit in band.limits}.values()),
        budget_fen=budget_fen,
    )


def _offered(choice: Choice, budget_fen: int | None) -> tuple[Offered, ...]:
    """Return the procedures for at least this amount; nothing where the amount belongs to another item."""
    if choice.others:
        return ()
    return tuple(
        Offered(
            slug=one.slug,
            title=one.title,
            amounts=band_words(choice.bands[one.slug]) if one.slug in choice.bands else "",
            is_chosen=choice.chosen is not None and one.slug == choice.chosen.slug,
        )
        for one in choice.procedures
        if not _is_looser(choice, one.slug, budget_fen)
    )


def _is_looser(choice: Choice, slug: str, budget_fen: int | None) -> bool:
    band = choice.bands.get(slug)
    most = band.end.fen if band and band.end else None
    return budget_fen is not None and most is not None and budget_fen >= most


def _body(place: Place, kind: str) -> Body:
    found = next((body for body in place.bodies if body.kind.value == kind), None)
    if found is None:
        raise Refusal(N_("请选是哪个单位的事"))
    return found


def opened_from(write: Session, place: Place, sent: Sent) -> Matter:
    """Open a matter as the form says; raise Refusal for what it may not say."""
    typed = sent.values
    return open_matter(
        write,
        village=place,
        body=_body(place, typed.get("body", "")),
        item_code=typed.get("item", ""),
        title=typed.get("title", ""),
        budget_fen=budget_of(typed.get("budget", "")),
        funding=typed.get("funding", ""),
        procedure=typed.get("procedure", ""),
        opened_on=day_of(sent, "opened_on"),
        by=me(),
        now=clock.now(),
    )
