"""Matters of a township's villages as auditors read them: which are overdue or not as the list says, and one whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, abort, render_template

from app import clock
from app.access import Audience, open_to
from app.auditors.blueprint import auditors
from app.database import session
from app.matter_charts import charts_of, told
from app.matter_papers import paper_answer, paper_of, paper_standing
from publicity.ledgers.tied import matter_money
from publicity.matters.courses import courses_for
from publicity.matters.models import MatterState
from publicity.matters.queries import matter_by_number, matters_of
from publicity.workflow.matter_lists import MatterLine, item_names, line_of
from publicity.workflow.matter_pages import matter_page
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code, villages_of


@dataclass(frozen=True, kw_only=True)
class VillageMatters:
    """A village: how many matters are running, how many of them late, and those that an auditor should look at.

    `told` are running matters that are late and all matters with findings, late ones first, then the newest.
    """

    village: Place
    running: int
    late: int
    findings: int
    told: tuple[MatterLine, ...]


@auditors.get("/audit/<township:township>/matters")
@open_to(Audience.AUDITORS)
def list_matters(township: str) -> str:
    """Show every village's matters that are overdue or not as the list says, villages with most overdue first."""
    place = _township(township)
    found = _by_village(villages_of(session(), township=place))
    late = sum(one.late for one in found)
    return render_template("auditors/list_matters.html", township=place, villages=found, late=late, told=told)


@auditors.get("/audit/<township:township>/matters/<village:place>/<int:number>")
@open_to(Audience.AUDITORS)
def show_matter(township: str, place: str, number: int) -> str:
    """Show one matter of a village as its officials read it; nothing may be changed here."""
    village, today = _village(township, place), clock.today()
    page = matter_page(session(), village=village, number=number, on=today, is_masked=False) or abort(404)
    matter = matter_by_number(session(), village=village, number=number) or abort(404)
    return render_template(
        "auditors/show_matter.html",
        township=_township(township),
        village=village,
        page=page,
        papers={event.sequence: event.evidence for event in matter.events},
        standing_of=paper_standing,
        charts=charts_of(page.course, on=today),
        told=told,
    )


@auditors.get("/audit/<township:township>/matters/<village:place>/<int:number>/papers/<key:key>")
@open_to(Audience.AUDITORS)
def download_paper(township: str, place: str, number: int, key: str) -> Response:
    """Give the original of a paper behind a deed."""
    matter = matter_by_number(session(), village=_village(township, place), number=number) or abort(404)
    return paper_answer((paper_of(matter, key) or abort(404)).original)


def _township(code: str) -> Place:
    return place_by_code(session(), code=code, level=Level.TOWNSHIP) or abort(404)


def _village(township: str, code: str) -> Place:
    """Return a village of this township; another's is not there."""
    village = place_by_code(session(), code=code, level=Level.VILLAGE)
    if village is None or village.parent_id != _township(township).id:
        abort(404)
    return village


def _by_village(villages: Sequence[Place]) -> list[VillageMatters]:
    """Return where the matters of villages stand today; the same few statements for any number of them."""
    today = clock.today()
    matters = matters_of(session(), villages=villages)
    courses = courses_for(session(), matters=matters, on=today)
    money = matter_money(session(), matters=matters, on=today, courses=courses)
    names = item_names(session(), matters=matters)
    lines: dict[int, list[MatterLine]] = {village.id: [] for village in villages}
    for one in matters:
        name = names.get((one.list_version_id, one.item_code), "")
        line = line_of(one, courses[one.id], item_name=name, money=money[one.id], on=today)
        lines[one.village_id].append(line)
    found = [_told(village, lines[village.id]) for village in villages]
    return sorted(found, key=lambda one: (-one.late, -one.findings))


def _told(village: Place, lines: Sequence[MatterLine]) -> VillageMatters:
    running = [line for line in lines if line.state is MatterState.RUNNING]
    looked_at = [line for line in lines if line.is_late or line.findings]
    return VillageMatters(
        village=village,
        running=len(running),
        late=sum(line.is_late for line in running),
        findings=sum(len(line.findings) for line in lines),
        told=tuple(sorted(looked_at, key=lambda line: not line.is_late)),
    )
