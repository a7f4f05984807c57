"""「我要办……」 on the pages: the question of the address, what it finds, and where a long list can be entered."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from village_lists.powers.everyday import EVERYDAY
from village_lists.powers.pages import Branch, searchables_of
from village_lists.powers.search import LONGEST_QUESTION, Answer, Searchable, find
from village_lists.prohibitions.queries import prohibitions_of

FEW_CLASSES = 3
SHORT_LIST = 20
FORBIDDEN_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Results:
    """What a question finds: items, prohibitions, and, where it finds nothing, words that would find something."""

    items: Answer
    forbidden: Answer
    examples: tuple[str, ...]


def asked(written: str) -> str:
    """Return a question as it is searched: one line, no longer than that, empty for none."""
    return " ".join(written.split())[:LONGEST_QUESTION]


def search_list(session: Session, *, version_id: int, question: str) -> Results:
    """Return what the question finds in a version's items and its negative list; four statements."""
    entries = searchables_of(session, version_id=version_id)
    forbidden = [Searchable(code=one.code, name=one.words) for one in prohibitions_of(session, version_id=version_id)]
    found = find(entries, question, everyday=EVERYDAY)
    against = find(forbidden, question, everyday=EVERYDAY)
    # What only looks alike is worth showing among the things to do, not among the forbidden ones.
    against = Answer() if against.is_near else Answer(found=against.found[:FORBIDDEN_SHOWN])
    return Results(items=found, forbidden=against, examples=() if found.close else _examples(entries))


def _examples(entries: list[Searchable]) -> tuple[str, ...]:
    """Return the words to try that stand in a name or keyword of the list, by themselves or by what they mean."""
    known = "\n".join(word for entry in entries for word in (entry.name, *entry.keywords))
    return tuple(
        word
        for word in EVERYDAY.examples
        if word in known or any(ours in known for _theirs, ours in EVERYDAY.meanings([word]))
    )


def jumps(branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
    """Return the classes to jump to: those at the top, or where these are few the ones below; none in a short list."""
    if sum(branch.count for branch in branches) <= SHORT_LIST:
        return ()
    below = tuple(inner for branch in branches for inner in branch.branches)
    return below if len(branches) <= FEW_CLASSES and len(below) > 1 else branches
