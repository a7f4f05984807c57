"""Deeds of a county's stewards upon categories: made, changed, put before a second steward, put in force."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from publicity.categories.contents import CategoryContent, Column, digest_of, to_plain
from publicity.categories.models import ACCOUNTS, Category, CategoryEdition, EditionState
from publicity.categories.pages import categories_of, newest_standing
from publicity.categories.queries import content_of
from publicity.categories.rules import CategoryProblem, content_problems
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.periods import Cadence, Span
from village_lists.places.models import Place
from village_lists.rulebook.catalog import catalog

UNFINISHED = (EditionState.DRAFT, EditionState.SUBMITTED)
OWN_KEY = re.compile(r"c([1-9][0-9]{0,5})")
LONGEST_NAME, LONGEST_NOTE = 80, 500


class DoesNotHold(Refusal):
    """The content has faults; `problems` has all of them."""

    def __init__(self, problems: Sequence[CategoryProblem]) -> None:
        """Keep the problems and count them."""
        super().__init__(N_("还有 %(count)s 处问题，改好以后才能提交"), count=len(problems))
        self.problems = tuple(problems)


def make_category(
    session: Session, *, county: Place, content: CategoryContent, by: Person, now: datetime
) -> CategoryEdition:
    """Return the draft of a category that the county makes for itself; its code is the county's with a number.

    Raise NotAllowed for who is no steward there, Refusal for a bad name or while one of that name is being written.
    """
    _steward(by, county, now)
    _named(content)
    # Two stewards making one at once: the second waits here, and takes the next number.
    session.get_one(Place, county.id, with_for_update=True, populate_existing=True)
    own = categories_of(session, county=county)
    if any(one.name == content.name and newest_standing(one, county=county) is None for one in own):
        raise Refusal(N_("本县已经有一个同名的类别还没有做完"))
    numbers = [int(one.code.rpartition("-")[2]) for one in own]
    category = Category(
        code=f"{county.code}-{max(numbers, default=0) + 1}",
        affairs=content.affairs,
        name=content.name,
        position=content.position,
        due_rule=content.due_rule,
        review_rule=content.review_rule,
        display_rule=content.display_rule,
        place_id=county.id,
    )
    session.add(category)
    session.flush()
    return _draft(session, category, county, content, by, now)


def begin_edition(session: Session, *, county: Place, category: Category, by: Person, now: datetime) -> CategoryEdition:
    """Return a draft of the county's own edition of a category, saying what stands in force there.

    Raise NotAllowed for who is no steward of the county, Refusal while the county has an unfinished edition of it or
    where nothing is in force.
    """
    _steward(by, county, now)
    _lock(session, category)
    if unfinished_of(category, county=county) is not None:
        raise Refusal(N_("这个类别还有一版没有做完，请先做完或者作废那一版"))
    former = newest_standing(category, county=county)
    if former is None:
        raise Refusal(N_("这个类别还没有生效的版本"))
    return _draft(session, category, county, content_of(former), by, now)


def retire(session: Session, *, county: Place, category: Category, by: Person, now: datetime) -> CategoryEdition:
    """Return a draft after which the category is no longer owed in the county; it takes two stewards like any other."""
    edition = begin_edition(session, county=county, category=category, by=by, now=now)
    _write(edition, replace(content_of(edition), is_active=False))
    session.flush()
    return edition


def change_edition(
    session: Session, *, edition: CategoryEdition, content: CategoryContent, by: Person, now: datetime, seen: str
) -> None:
    """Let a draft say the content; columns without a key, or with a strange one, get a key that was never used.

    Only its maker may. Raise Stale when the draft is no longer what `seen` (a digest) was made of, Refusal for a
    draft no longer, or a name too long to be kept. Faults of content may stay until it is submitted.
    """
    _lock(session, edition.category)
    _maker(edition, by, now)
    _must_be_draft(edition)
    if seen != edition.digest:
        raise Stale(N_("这一版刚在别的窗口改过，请对照现在的内容再改一次"))
    _named(content)
    _write(edition, with_keys(content, taken=_keys(edition.category)))
    edition.made_at = now
    session.flush()


def submit_edition(session: Session, *, edition: CategoryEdition, by: Person, now: datetime) -> None:
    """Put a draft before another steward; only its maker may. Raise DoesNotHold with everything that is wrong."""
    _lock(session, edition.category)
    _maker(edition, by, now)
    _must_be_draft(edition)
    problems = problems_of(content_of(edition), code=edition.category.code)
    if problems:
        raise DoesNotHold(problems)
    edition.state = EditionState.SUBMITTED
    edition.submitted_at = now
    session.flush()


def send_back_edition(session: Session, *, edition: CategoryEdition, note: str, by: Person, now: datetime) -> None:
    """Give a submitted edition back to its maker with a note that says why (the maker may take it back too).

    The note is added to `content.note`, which stewards alone read.
    """
    _steward(by, edition.place, now)
    _lock(session, edition.category)
    _must_be_submitted(edition)
    if not note.strip():
        raise Refusal(N_("请写明退回的原因"))
    edition.state = EditionState.DRAFT
    edition.submitted_at = None
    session.flush()
    content = content_of(edition)
    day = china_day(now)
    said = f"{day.month}月{day.day}日 {by.name}：{note.strip()[:LONGEST_NOTE]}"
    _write(edition, replace(content, note=f"{content.note}\n{said}".strip()))
    session.flush()


def put_in_force(
    session: Session, *, edition: CategoryEdition, valid_from: date, seen: str, by: Person, now: datetime
) -> None:
    """Let a submitted edition hold in its county from a day on; the county's former edition is replaced.

    Raise NotAllowed for its maker and for who is no steward of the county; Stale when it is not what was `seen` (a
    digest); Refusal for a past day, or one before the former edition begins, which would win again on its own day.
    """
    _steward(by, edition.place, now)
    _lock(session, edition.category)
    _must_be_submitted(edition)
    if by.id == edition.made_by_id:
        raise NotAllowed(N_("自己做的版本，要由本县另一位管理员核对、生效"))
    if seen != edition.digest:
        raise Stale(N_("这一版和您看到的不一样了，请重新核对"))
    if valid_from < china_day(now):
        raise Refusal(N_("生效日期不能早于今天"))
    former = [one for one in _own(edition) if one.state is EditionState.IN_FORCE]
    latest = max((one.valid_from for one in former if one.valid_from), default=valid_from)
    if valid_from < latest:
        raise Refusal(N_("上一版从%(day)s起生效，这一版不能比它早"), day=latest.isoformat())
    _at_a_beginning(edition, valid_from)
    for one in former:
        one.state = EditionState.REPLACED
    session.flush()
    edition.put_by_id, edition.put_at, edition.valid_from = by.id, now, valid_from
    edition.state = EditionState.IN_FORCE
    if edition.category.place_id == edition.place_id:
        _mirror(edition.category, content_of(edition))
    session.flush()


def _at_a_beginning(edition: CategoryEdition, valid_from: date) -> None:
    """Refuse another cadence in the middle of a period: what had begun would never be owed."""
    if edition.place is None:
        return
    before = newest_standing(edition.category, county=edition.place)
    cadences = {content_of(before).cadence if before else content_of(edition).cadence, content_of(edition).cadence}
    if len(cadences) == 1:
        return
    periodic = [cadence for cadence in cadences if cadence is not Cadence.EVENT]
    ends = [Span.of(cadence, valid_from) for cadence in periodic]
    if any(span.first_day != valid_from for span in ends):
        day = max(span.next.first_day for span in ends).isoformat()
        raise Refusal(N_("改了多久公开一次，要从一期的第一天起生效，例如 %(day)s"), day=day)


def discard_edition(session: Session, *, edition: CategoryEdition, by: Person, now: datetime) -> None:
    """Throw a draft away, and with it the county's category that says nothing else.

    Its maker may; any steward of the county once the maker is none. Raise Refusal for what is no draft.
    """
    _steward(by, edition.place, now)
    category = edition.category
    _lock(session, category)
    if by.id != edition.made_by_id and edition.made_by is not None and _is_steward(edition.made_by, edition.place, now):
        raise NotAllowed(N_("这一版只有起草的人可以改、可以作废"))
    _must_be_draft(edition)
    session.delete(edition)
    session.flush()
    session.expire(category, ["editions"])
    if not category.editions and category.place_id is not None:
        session.delete(category)
        session.flush()


def problems_of(content: CategoryContent, *, code: str) -> list[CategoryProblem]:
    """Return everything that keeps a content of the category from being put in force, by the rules that there are."""
    return content_problems(content, rule=catalog().entry, is_ledger=code == ACCOUNTS)


def unfinished_of(category: Category, *, county: Place) -> CategoryEdition | None:
    """Return the county's edition of a category that is being written or waits for a second steward, or None."""
    found = (one for one in category.editions if one.place_id == county.id and one.state in UNFINISHED)
    return next(found, None)


def says(edition: CategoryEdition, content: CategoryContent) -> bool:
    """Say whether an edition says the content already, whatever keys its new columns were given."""
    stored = content_of(edition)
    return stored == replace(
        content, fields=_alike(content.fields, stored.fields), columns=_alike(content.columns, stored.columns)
    )


def _alike(wanted: tuple[Column, ...], stored: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the wanted columns, those without a key with the key of what is stored at the same place."""
    keys = [column.key for column in stored] + [""] * len(wanted)
    return tuple(column if column.key else replace(column, key=key) for column, key in zip(wanted, keys, strict=False))


def with_keys(content: CategoryContent, *, taken: frozenset[str]) -> CategoryContent:
    """Return the content with a key for each field and column; those not in `taken`, and doubles, get c1, c2 …"""
    numbers = [int(found[1]) for key in taken if (found := OWN_KEY.fullmatch(key))]
    following, used = max(numbers, default=0), set[str]()

    def keyed(columns: Iterable[Column]) -> tuple[Column, ...]:
        nonlocal following
        found = []
        for column in columns:
            if column.key in taken and column.key not in used:
                used.add(column.key)
                found.append(column)
                continue
            following += 1
            found.append(replace(column, key=f"c{following}"))
        return tuple(found)

    fields = keyed(content.fields)
    return replace(content, fields=fields, columns=keyed(content.columns))


def _keys(category: Category) -> frozenset[str]:
    """Return every key that a column of the category has or had, in any edition that is kept."""
    contents = [content_of(edition) for edition in category.editions]
    return frozenset(column.key for content in contents for column in (*content.fields, *content.columns))


def _draft(
    session: Session, category: Category, county: Place, content: CategoryContent, by: Person, now: datetime
) -> CategoryEdition:
    numbers = [one.number for one in category.editions if one.place_id == county.id]
    edition = CategoryEdition(
        category_id=category.id,
        place_id=county.id,
        number=max(numbers, default=0) + 1,
        content=to_plain(content),
        digest=digest_of(content),
        made_by_id=by.id,
        made_at=now,
    )
    session.add(edition)
    session.flush()
    session.expire(category, ["editions"])
    return edition


def _write(edition: CategoryEdition, content: CategoryContent) -> None:
    edition.content, edition.digest = to_plain(content), digest_of(content)


def _mirror(category: Category, content: CategoryContent) -> None:
    category.affairs, category.name, category.position = content.affairs, content.name, content.position
    category.due_rule, category.review_rule = content.due_rule, content.review_rule
    category.display_rule = content.display_rule


def _own(edition: CategoryEdition) -> list[CategoryEdition]:
    return [one for one in edition.category.editions if one.place_id == edition.place_id]


def _lock(session: Session, category: Category) -> None:
    """Let other deeds upon the category wait, and read afresh what they did."""
    session.get_one(Category, category.id, with_for_update=True, populate_existing=True)
    session.expire(category, ["editions"])
    for edition in category.editions:
        session.refresh(edition)


def _named(content: CategoryContent) -> None:
    if not content.name.strip():
        raise Refusal(N_("请写类别的名称"))
    if len(content.name) > LONGEST_NAME:
        raise Refusal(N_("类别的名称最多 %(most)s 个字"), most=LONGEST_NAME)


def _must_be_draft(edition: CategoryEdition) -> None:
    if edition.state is not EditionState.DRAFT:
        raise Refusal(N_("这一版已经提交或者生效，不能再改"))


def _must_be_submitted(edition: CategoryEdition) -> None:
    if edition.state is not EditionState.SUBMITTED:
        raise Refusal(N_("这一版现在没有在等核对"))


def _maker(edition: CategoryEdition, by: Person, now: datetime) -> None:
    _steward(by, edition.place, now)
    if edition.made_by_id != by.id:
        raise NotAllowed(N_("这一版只有起草的人可以改、可以作废"))


def _steward(by: Person, county: Place | None, now: datetime) -> None:
    """Refuse who holds no steward's post in the county on the day; an edition of Mingbai is nobody's to change."""
    if county is None or not _is_steward(by, county, now):
        raise NotAllowed(N_("只有本县的管理员可以改公开目录"))


def _is_steward(person: Person, county: Place | None, now: datetime) -> bool:
    day = china_day(now)
    return county is not None and any(
        post.kind == PostKind.COUNTY_STEWARD and post.place_id == county.id and holds_on(post, day)
        for post in person.posts
    )
