"""A list version opened on the county's desk: what it says, what is wrong with it, and how a deed upon it is done."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypedDict

from flask import abort, url_for
from sqlalchemy.orm import Session

from app import clock
from app.county.places import keeper_in, me, my_county
from app.database import session, transaction
from app.editing.charts import without_keys
from app.words import say
from village_lists.editions.contents import ListContent
from village_lists.editions.plain import digest_of
from village_lists.editions.queries import content_of_subject, keys_known, version_by_id, version_by_number
from village_lists.editions.rules import ContentProblem, content_problems
from village_lists.editions.store import read_content
from village_lists.errors import NotAllowed, Refusal
from village_lists.places.models import Place
from village_lists.powers.models import ListVersion, VersionState
from village_lists.rulebook.catalog import catalog


class At(TypedDict):
    """The parts of an address that name a version: county, place of the list, list, number of the version."""

    county: str
    place: str
    slug: str
    number: int


@dataclass(frozen=True)
class Edition:
    """A version with what the pages about it need; what takes statements is read when it is asked for."""

    at: At
    county: Place
    version: ListVersion

    @property
    def is_draft(self) -> bool:
        """Say whether the content may be changed."""
        return self.version.state is VersionState.DRAFT

    @cached_property
    def content(self) -> ListContent:
        """Everything that the version says."""
        return read_content(session(), version=self.version)

    @cached_property
    def known_keys(self) -> frozenset[str]:
        """The keys that the rule book has a value for at the list's place today."""
        return keys_known(session(), place=self.version.power_list.place, on=clock.today())

    @cached_property
    def problems(self) -> list[ContentProblem]:
        """Everything that hinders publication."""
        return without_keys(content_problems(self.content, known_keys=self.known_keys))

    @cached_property
    def problems_at(self) -> dict[tuple[str, str], list[ContentProblem]]:
        """The problems by subject and code."""
        found: defaultdict[tuple[str, str], list[ContentProblem]] = defaultdict(list)
        for problem in self.problems:
            found[problem.subject, problem.code].append(problem)
        return dict(found)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many problems stand in the way of each item: its own, and those of the procedures that it uses."""
        counted = {key: len(found) for key, found in self.problems_at.items()}
        return {
            item.code: counted.get(("item", item.code), 0)
            + sum(counted.get(("procedure", use.slug), 0) for use in item.procedures)
            for item in self.content.items
        }

    @cached_property
    def former(self) -> "Edition | None":
        """The version of the same list before this one."""
        power_list = self.version.power_list
        found = version_by_number(
            session(), place=power_list.place, slug=power_list.slug, number=self.version.number - 1
        )
        return Edition(self.at, self.county, found) if found else None

    @cached_property
    def template(self) -> "Edition | None":
        """The version that this one was made from."""
        found = version_by_id(session(), number=self.version.template_id) if self.version.template_id else None
        return Edition(self.at, self.county, found) if found else None

    @property
    def amounts(self) -> list[tuple[str, str]]:
        """The amounts that bands may name: key and what it is called, those of the list first."""
        own = {one.key: one.name for one in self.content.thresholds}
        used = {key for item in self.content.items for use in item.procedures for key in (use.from_key, use.below_key)}
        ruled = {key for key in (*self.known_keys, *catalog().keys) if key.startswith("amounts.")}
        others = sorted((ruled | used) - {""} - set(own))
        return [*own.items(), *((key, _called(key)) for key in others)]


def _called(key: str) -> str:
    """Return what the rule book calls an amount; a key of a family without a name of its own stays as it is."""
    entry = catalog().entry(key)
    return entry.name if entry is not None and entry.key == key and key in catalog().keys else key


def find_edition(at: At) -> Edition:
    """Return the version of the address; what lies in another county or does not exist is not there (404)."""
    county = my_county(at["county"])
    owner = keeper_in(county, at["place"])
    version = version_by_number(session(), place=owner, slug=at["slug"], number=at["number"]) or abort(404)
    return Edition(at, county, version)


def seen_of(edition: Edition, subject: str, code: str = "") -> str:
    """Return the digest of what a form about a subject is filled from."""
    return digest_of(content_of_subject(session(), version=edition.version, subject=subject, code=code))


def attempt(at: At, deed: Callable[..., Any], **about: object) -> Refusal | None:
    """Do a deed upon the version as the person signed in, whole or not at all; return why it was refused, or None.

    What is forbidden (NotAllowed) is not returned but raised: no page mends it.
    """
    try:
        with transaction() as write:
            deed(write, version=find_edition(at).version, by=me(), now=clock.now(), **about)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return refusal
    return None


def keep(at: At, what: tuple[str, str], wanted: object, deed: Callable[..., Any], **about: object) -> Refusal | None:
    """Do a deed after which a subject says what is wanted; where it says so already, nothing is done or refused.

    `what` is the subject and its code afterwards. A button that was pressed twice has done its work.
    """
    if stands(at, what, wanted):
        return None
    refusal = attempt(at, deed, **about)
    return None if refusal and stands(at, what, wanted) else refusal


def stands(at: At, what: tuple[str, str], wanted: object) -> bool:
    """Say whether the version says this already."""
    fresh: Session = session()
    fresh.rollback()
    fresh.expire_all()
    subject, code = what
    found = content_of_subject(fresh, version=find_edition(at).version, subject=subject, code=code)
    return bool(found == wanted)


def told(refusal: Refusal | None) -> list[str]:
    """Return what a refusal says: its problems one by one, or its sentence."""
    if refusal is None:
        return []
    problems = getattr(refusal, "problems", ())
    return [say(problem.words, problem.values) for problem in problems] or [say(refusal.words, refusal.values)]


def titles_in(content: ListContent) -> dict[tuple[str, str], str]:
    """Return what items and procedures are called, by subject and code, to name where a problem is."""
    items = {("item", item.code): item.name for item in content.items}
    return items | {("procedure", one.slug): one.title for one in content.procedures}


def address_of(edition: Edition, problem: ContentProblem) -> str:
    """Return the address where a problem is mended."""
    at, code = edition.at, problem.code
    match problem.subject:
        case "item" if code:
            return url_for("county.edit_item", code=code, _anchor=problem.part or None, **at)
        case "procedure" if code:
            anchor = f"step-{problem.part}" if problem.part not in ("", "title") else None
            return url_for("county.edit_procedure", chart=code, _anchor=anchor, **at)
        case "prohibition" if code:
            return url_for("county.edit_prohibition", code=code, _anchor=problem.part or None, **at)
        case "prohibition":
            return url_for("county.list_edition_prohibitions", **at)
        case "category":
            return url_for("county.edit_categories", _anchor=f"category-{code}", **at)
        case "threshold":
            return url_for("county.edit_thresholds", **at)
        case "procedure":
            return url_for("county.list_procedures", **at)
        case "item":
            return url_for("county.show_edition", **at)
    return url_for("county.edit_cover" if problem.part else "county.show_edition", **at)
