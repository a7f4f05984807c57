"""A posting that is no ledger upon the stage: a quarterly roster of party affairs, made by deeds."""

from itertools import permutations

from publicity.categories.actions import enter_category
from publicity.categories.contents import CategoryContent, Column, ColumnKind, Mask, Sheet
from publicity.categories.models import Affairs
from publicity.postings.actions import begin_posting, save_posting
from publicity.postings.queries import posting_of
from publicity.records.models import State, Version
from publicity.workflow.actions import submit
from publicity.workflow.rules import Step
from tests.publicity.workflow.stage import NOW, SINCE, Stage, seen
from village_lists.people.actions import enter_person, open_account
from village_lists.people.models import PostKind
from village_lists.periods import Span
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code
from village_lists.rulebook.models import RuleRow

ROSTER, ROSTER_ORDER = "party.relief-roster", "review.order.party"
QUARTER = Span.parse("2026-Q3")
PHONE = "联系电话13857412096"
PARTY_ORDER = (Step.SUBMIT, Step.ORGANISER, Step.CONFIRM)
CONTENT = CategoryContent(
    name="困难党员慰问名单",
    affairs=Affairs.PARTY,
    sheet=Sheet.ROSTER,
    cadence=QUARTER.cadence,
    columns=(
        Column(key="name", name="姓名", kind=ColumnKind.PERSON, web_mask=Mask.NAME, is_required=True),
        Column(key="amount", name="金额", kind=ColumnKind.MONEY, has_total=True),
        Column(key="because", name="事由"),
    ),
    review_rule=ROSTER_ORDER,
)
ROLE_OF = {
    Step.SUPERVISION: "head",
    Step.ORGANISER: "organiser",
    Step.CONFIRM: "secretary",
    Step.ENDORSE: "auditor",
}


def every_order() -> list[tuple[Step, ...]]:
    """Return every order of review that the rule book can give: 4 without the township's step, 12 with it."""
    found = []
    for approval in (Step.SUPERVISION, Step.ORGANISER):
        for steps in ((approval, Step.CONFIRM), (approval, Step.CONFIRM, Step.ENDORSE)):
            found += [(Step.SUBMIT, *order) for order in permutations(steps)]
    return found


def with_roster(stage: Stage) -> Stage:
    """Put an organiser, the category and its order of review upon the stage."""
    county = place_by_code(stage.session, code=stage.village.code[:6], level=Level.COUNTY)
    assert county
    stage.enter("organiser", PostKind.ORGANISER, name="梁秀英")
    enter_category(stage.session, code=ROSTER, content=CONTENT, since=SINCE)
    value = {"value": list(PARTY_ORDER)}
    row = RuleRow(key=ROSTER_ORDER, level=Level.COUNTY, place_id=county.id, value=value, valid_from=SINCE)
    stage.session.add(row)
    stage.session.flush()
    return stage


def begun(
    stage: Stage, *, by: str = "clerk", because: str = "家庭困难", amount: int = 50_000, reason: str = ""
) -> Version:
    """Begin the roster of the third quarter (or go on with its draft) and save one row in it."""
    village = stage.village
    body = next(body for body in village.bodies if body.id == stage.committee.id)
    open_now = next((version for version in _versions(stage) if version.state == State.DRAFT), None)
    version = open_now or begin_posting(
        stage.session, body=body, code=ROSTER, span=QUARTER, title="", reason=reason, by=stage[by], now=NOW
    )
    if posting_of(stage.session, version=version) is None:
        return version
    rows = [{"name": "何月仙", "amount": amount, "because": because}]
    about = {"head": {}, "rows": rows, "note": "", "is_nil": False}
    save_posting(stage.session, version=version, by=stage[by], now=NOW, seen=version.revision, **about)  # type: ignore[arg-type]
    return version


def roster_in_review(stage: Stage, **about: object) -> Version:
    """Begin the roster and send it to review."""
    version = begun(stage, **about)  # type: ignore[arg-type]
    submit(stage.session, version=version, by=stage["clerk"], now=NOW, seen=seen(version))
    return version


def _versions(stage: Stage) -> list[Version]:
    from_roster = stage.session.query(Version).join(Version.record)
    return [version for version in from_roster if version.record.category.code == ROSTER]


def stranger(stage: Stage, role: str = "stranger") -> None:
    """Enter somebody with an account and no post."""
    person = enter_person(stage.session, name="吕新民", secret="of the test")
    open_account(stage.session, person=person, user_name=role, password_hash="x")
    stage.people[role] = person
