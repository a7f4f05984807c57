"""A county's edition of a category opened on the desk: what it says, what is wrong, how a deed upon it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypedDict

from flask import abort, flash

from app import clock
from app.county.places import me, my_county
from app.database import session, transaction
from app.words import say
from publicity.categories.compare import Change, compare
from publicity.categories.contents import CategoryContent
from publicity.categories.editing import problems_of
from publicity.categories.models import CategoryEdition, EditionState
from publicity.categories.pages import CategoryLine, category_line, edition_of
from publicity.categories.queries import content_of
from publicity.categories.rules import CategoryProblem
from village_lists.errors import NotAllowed, Refusal
from village_lists.people.models import Person, PostKind
from village_lists.people.queries import holders
from village_lists.places.models import Place


class At(TypedDict):
    """The parts of an address that name a county's edition of a category."""

    county: str
    category: str
    number: int


@dataclass(frozen=True)
class Draft:
    """An edition of the county with what the pages about it need; what takes statements is read when asked for."""

    at: At
    county: Place
    edition: CategoryEdition

    @property
    def is_draft(self) -> bool:
        """Say whether the content may still be changed."""
        return self.edition.state is EditionState.DRAFT

    @property
    def is_submitted(self) -> bool:
        """Say whether it waits for a second steward."""
        return self.edition.state is EditionState.SUBMITTED

    @property
    def is_mine(self) -> bool:
        """Say whether the person signed in made it: then another one puts it in force."""
        return self.edition.made_by_id == me().id

    @property
    def is_open(self) -> bool:
        """Say whether the person signed in may change it now."""
        return self.is_draft and self.is_mine

    @property
    def content(self) -> CategoryContent:
        """Everything that the edition says."""
        return content_of(self.edition)

    @cached_property
    def problems(self) -> Sequence[CategoryProblem]:
        """Everything that keeps a draft from being put in force."""
        return problems_of(self.content, code=self.at["category"])

    @cached_property
    def line(self) -> CategoryLine:
        """Where the category stands in the county, and how many records it has."""
        return category_line(session(), county=self.county, code=self.at["category"]) or abort(404)

    @cached_property
    def changes(self) -> Sequence[Change] | None:
        """What it says otherwise than what is in force, None where nothing else is."""
        former = self.line.edition
        if former is None or former.id == self.edition.id:
            return None
        return compare(content_of(former), self.content)

    @property
    def seconds(self) -> list[str]:
        """The names of those who may put it in force."""
        posts = holders(session(), place=self.county, kind=PostKind.COUNTY_STEWARD, on=clock.today())
        found: dict[int, Person] = {post.person_id: post.person for post in posts}
        return [person.name for person in found.values() if person.id != self.edition.made_by_id]


def find_draft(at: At) -> Draft:
    """Return the edition of the address; what another county wrote or nobody is not there (404)."""
    county = my_county(at["county"])
    found = edition_of(session(), county=county, code=at["category"], number=at["number"])
    return Draft(at, county, found or abort(404))


def attempt(at: At, deed: Callable[..., Any], **about: object) -> Refusal | None:
    """Do a deed upon the edition as the person signed in, whole or not at all; return why it was refused, or None.

    What is forbidden (NotAllowed) is raised: no page mends it.
    """
    try:
        with transaction() as write:
            deed(write, edition=find_draft(at).edition, by=me(), now=clock.now(), **about)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return refusal
    return None


def told(refusal: Refusal | None) -> list[str]:
    """Return what a refusal says: its problems one by one, or its sentence."""
    if refusal is None:
        return []
    problems = getattr(refusal, "problems", ())
    return [say(problem.words, problem.values) for problem in problems] or [say(refusal.words, refusal.values)]


def tell(refusal: Refusal | None, done: str) -> None:
    """Say on the next page what was done, or why not."""
    for words in told(refusal):
        flash(words, "mistake")
    if refusal is None:
        flash(done)


def said(change: Change) -> str:
    """Return the sentence of a difference in the language of the page."""
    terms = {name: "，".join(say(words) for words in found) for name, found in change.terms.items()}
    return say(change.words, {**change.values, **terms})
