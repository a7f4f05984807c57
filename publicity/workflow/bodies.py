"""The two legal bodies of a village side by side: who holds office, the books, what it posted, how it decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from publicity.categories.models import Affairs
from publicity.ledgers.figures import Card
from publicity.records.pages import POST_WORDS
from publicity.workflow.public_records import RecordCard
from village_lists.markers import N_
from village_lists.people.models import PostKind
from village_lists.people.queries import Office, appointments_of
from village_lists.places.models import BodyKind, Place
from village_lists.rulebook.catalog import catalog
from village_lists.rulebook.queries import PARTS, RuleTable, rules_for
from village_lists.rulebook.quorums import CountedOf
from village_lists.rulebook.shares import Share

NEWEST = 3
PRESENT = {
    False: N_("应到的人有 %(share)s 以上到会，会议才算数。"),
    True: N_("应到的人超过 %(share)s 到会，会议才算数。"),
}
FAVOUR = {
    (CountedOf.PRESENT, False): N_("到会的人里 %(share)s 以上同意，才通过。"),
    (CountedOf.PRESENT, True): N_("到会的人里超过 %(share)s 同意，才通过。"),
    (CountedOf.DUE, False): N_("应到的全体里 %(share)s 以上同意，才通过。"),
    (CountedOf.DUE, True): N_("应到的全体里超过 %(share)s 同意，才通过。"),
}
DECIDES = {
    "villagers": N_(
        "村里的规划建设、误工补贴给谁和给多少、从集体得到的钱物怎么用、公益事业的兴办和筹资筹劳，要由它讨论决定"
        "（村民委员会组织法第二十八条）。"
    ),
    "households": N_("和到会村民开的村民会议管同样的事，由每户派代表参加（村民委员会组织法第二十六条）。"),
    "representatives": N_("每季度开一次（村民委员会组织法第二十九条、第三十条）。"),
    "members": N_(
        "章程、成员身份、土地方案、征地补偿款的分配、合并等，要由它决定（农村集体经济组织法第二十六条至第二十八条）。"
    ),
    "member_representatives": N_("由每五到十五户推选的代表参加（农村集体经济组织法第二十六条至第二十八条）。"),
}
"""What the two laws say of each (domain.md 3.1, 3.2 [S:L1, L3]); nothing is said of what they leave open."""


@dataclass(frozen=True, kw_only=True)
class Officer:
    """Who holds which office, in full; `posts` marked words of the same person, `beside` (body, title) elsewhere."""

    title: str
    name: str
    posts: tuple[str, ...]
    beside: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How a meeting decides: its name, marked sentences with their values, why, and whether that is a sample."""

    name: str
    about: str
    sentences: tuple[tuple[str, dict[str, object]], ...]
    basis: tuple[str, ...]
    is_sample: bool


@dataclass(frozen=True, kw_only=True)
class BodySide:
    """One of the two bodies as residents read it; `card` None where none of its books stands published.

    `newest`: what it posted last besides the accounts and what the party organisation says.
    """

    kind: str
    name: str
    keeps_books: bool
    officers: tuple[Officer, ...]
    card: Card | None
    newest: tuple[RecordCard, ...]
    decisions: tuple[Decision, ...]


def body_sides(
    session: Session, *, village: Place, cards: Sequence[Card], records: Sequence[RecordCard], on: date
) -> tuple[BodySide, ...]:
    """Return both bodies, the committee first; `cards` and `records` are the village's, already asked for.

    About five statements.
    """
    offices = appointments_of(session, village=village, on=on)
    committees = {body.id for body in village.bodies if body.kind is BodyKind.COMMITTEE}
    seated = frozenset(office.person_id for office in offices if office.body_id in committees)
    decisions = decisions_of(session, village=village, on=on)
    shown = [one for one in records if not (one.is_withdrawn or one.is_accounts or one.affairs is Affairs.PARTY)]
    latest = sorted(shown, key=lambda one: one.published_at, reverse=True)
    return tuple(
        BodySide(
            kind=body.kind.value,
            name=body.name,
            keeps_books=body.keeps_books,
            officers=tuple(_officer(office, seated) for office in offices if office.body_id == body.id),
            card=next((card for card in cards if card.figures.body_kind == body.kind), None),
            newest=tuple(one for one in latest if one.body_kind == body.kind)[:NEWEST],
            decisions=tuple(decisions[body.kind]),
        )
        for body in sorted(village.bodies, key=lambda body: body.kind, reverse=True)
    )


def _officer(office: Office, seated: frozenset[int]) -> Officer:
    """Return the holder of an office; a director who sits in the committee is told to be that once."""
    told = [post for post in office.posts if not (post is PostKind.DIRECTOR and office.person_id in seated)]
    posts = tuple(POST_WORDS[post] for post in told)
    return Officer(title=office.title, name=office.name, posts=posts, beside=office.beside)


def decisions_of(session: Session, *, village: Place, on: date) -> dict[BodyKind, list[Decision]]:
    """Return by which shares the meetings of each body decide in the village on the day; three statements."""
    family = catalog().entry("decision_body.*.body")
    subjects = family.subjects if family else {}
    keys = [f"decision_body.{subject}.{part}" for subject in subjects for part in PARTS]
    table = rules_for(session, keys=keys, places=[village])
    found: dict[BodyKind, list[Decision]] = {kind: [] for kind in BodyKind}
    for subject, name in subjects.items():
        body = table.answer(key=f"decision_body.{subject}.body", place=village, on=on)
        if body is not None:
            found[BodyKind(str(body.value))].append(_decision(table, village, subject, name, on))
    return found


def _decision(table: RuleTable, village: Place, subject: str, name: str, on: date) -> Decision:
    answers = {part: table.answer(key=f"decision_body.{subject}.{part}", place=village, on=on) for part in PARTS}
    written = {part: str(answer.value) for part, answer in answers.items() if answer is not None}
    known = [answer for answer in answers.values() if answer is not None]
    return Decision(
        name=name,
        about=DECIDES.get(subject, ""),
        sentences=tuple(_sentences(written)),
        basis=tuple(dict.fromkeys(answer.basis for answer in known if answer.basis)),
        is_sample=any(answer.is_sample for answer in known),
    )


def _sentences(written: dict[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    if "present" in written:
        present = Share.parse(written["present"])
        yield PRESENT[present.is_strict], {"share": present.figure}
    if "favour" in written and "favour_of" in written:
        favour = Share.parse(written["favour"])
        yield FAVOUR[CountedOf(written["favour_of"]), favour.is_strict], {"share": favour.figure}
