"""What every entry of a register passes: numbers, locks, who may, which day, and the privacy guard over its texts."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from publicity.holdings.contents import WORDED, Content, ContentProblem, content_problems, fields_of
from publicity.holdings.models import Contract, Holding, HoldingKind
from publicity.holdings.papers import LONGEST_NAME, ContractPaper, check_paper
from publicity.holdings.queries import Edition, last_confirmed, waiting_edition
from publicity.matters.models import Matter
from publicity.matters.queries import clerk_on
from publicity.privacy.guard import exposures
from village_lists.errors import NotAllowed, Refusal
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.places.models import Body, Place

FIRST_DAY = date(1950, 1, 1)
DAYS_AHEAD = 366
LONGEST_REASON = 500


class ContentRefused(Refusal):
    """Fields of a holding are missing or wrong; `problems` has all of them, each with the key of its field."""

    def __init__(self, problems: Iterable[ContentProblem]) -> None:
        """Keep the problems and tell the first."""
        self.problems = tuple(problems)
        super().__init__(self.problems[0].words, **self.problems[0].values)


class TextExposed(Refusal):
    """A text that becomes public tells something private; `key` names its field, the words how to mend it."""

    def __init__(self, words: str, *, key: str) -> None:
        """Keep the field, so that a form can show the words beside it."""
        super().__init__(words)
        self.key = key


def lock_owner(session: Session, owner: Holding | Contract) -> None:
    """Wait for whoever proposes or decides at this moment, then read the editions anew."""
    # SQLite has taken the write lock with BEGIN IMMEDIATE already and passes over FOR UPDATE.
    session.flush()
    session.refresh(owner, with_for_update={"of": type(owner)})
    session.expire(owner, ["editions"])


def check_clerk(by: Person, *, village: Place, on: date) -> None:
    """Raise NotAllowed for who is no clerk of the village on the day."""
    if not clerk_on(by, village=village, on=on):
        raise NotAllowed(N_("只有本村的报账员可以登记"))


def check_body(body: Body, village: Place) -> None:
    """Raise Refusal for a body of another village."""
    if body.village_id != village.id:
        raise Refusal(N_("%(body)s不是本村的"), body=body.name)


def check_entry(
    village: Place, *, valid_from: date, reason: str, matter: Matter | None, on: date, is_needed: bool = False
) -> None:
    """Refuse what no edition may say: a day out of reach, no reason where one is needed, another village's matter."""
    if not FIRST_DAY <= valid_from <= on + timedelta(days=DAYS_AHEAD):
        raise Refusal(N_("从哪一天起，请写 1950 年以后、一年以内的日子"))
    if is_needed and not reason.strip():
        raise Refusal(N_("请写明为什么改，原因会一起公开"))
    check_length(reason, "reason")
    guard_texts([("reason", reason)], on=on)
    if matter is not None and matter.village_id != village.id:
        raise Refusal(N_("「%(matter)s」不是本村的事项"), matter=matter.title)


def check_length(text: str, key: str) -> None:
    """Refuse a reason or note that is too long."""
    if len(text) > LONGEST_REASON:
        raise TextExposed(N_("太长了，最多写500个字"), key=key)


def guard_texts(texts: Iterable[tuple[str, str]], *, on: date) -> None:
    """Refuse the first text in which the privacy guard finds something."""
    for key, text in texts:
        for found in exposures(text, on=on):
            raise TextExposed(found.shown_words, key=key)


def kept_content(kind: HoldingKind, name: str, content: Content, *, on: date) -> dict[str, object]:
    """Return what is kept of a typed content: what is filled in, checked and guarded."""
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        raise Refusal(N_("请写名称，最多 %(most)s 个字"), most=LONGEST_NAME)
    if problems := content_problems(kind, content):
        raise ContentRefused(problems)
    texts = [(column.key, content.get(column.key)) for column in fields_of(kind) if column.kind in WORDED]
    guard_texts([("name", name), *((key, text) for key, text in texts if isinstance(text, str))], on=on)
    return {key: value for key, value in content.items() if value is not None}


def check_texts_of(paper: ContractPaper, *, on: date) -> None:
    """Raise Refusal for what keeps a contract from the register, TextExposed for what its texts tell."""
    check_paper(paper)
    texts = {"title": paper.title, "party": paper.party, "paper_code": paper.paper_code, "method": paper.method}
    guard_texts([*texts.items(), *(("instalments", one.words) for one in paper.instalments)], on=on)


def former_edition(editions: Sequence[Edition]) -> Edition:
    """Return the last confirmed edition, upon which another may follow; raise Refusal where one waits or none is."""
    former = last_confirmed(editions)
    if waiting_edition(editions) is not None:
        raise Refusal(N_("上一次登记的还没有核对，核对以后才能再改"))
    if former is None:
        raise Refusal(N_("这一条没有核对通过，请重新登记"))
    return former


def check_follows(valid_from: date, former: date) -> None:
    """Raise Refusal for an edition whose day lies before that of the former one."""
    if valid_from < former:
        raise Refusal(N_("不能早于上一次变动的日子 %(day)s"), day=former.isoformat())
