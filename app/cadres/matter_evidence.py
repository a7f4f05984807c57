"""Papers and photos behind the deeds of matters: added, looked at, covered, let out or kept inside."""

from pathlib import PurePath

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.matters import Page, checkable_in, my_matter
from app.cadres.places import me, my_village
from app.database import session, transaction
from app.matter_charts import told
from app.matter_papers import box_list, paper_answer, paper_of, paper_standing
from app.once import once
from app.words import say
from publicity.attachments.likeness import look_of
from publicity.attachments.rules import Box, grid_of, read_boxes
from publicity.matters.evidence import add_evidence, let_out, seen_digest, show_evidence
from publicity.matters.models import Evidence, MatterEvent
from publicity.matters.queries import clerk_on
from publicity.workflow.matter_pages import matter_page
from village_lists.documents.actions import Readable, keep_readable, read_document
from village_lists.documents.models import Document, DocumentKind
from village_lists.documents.photos import draw_covered
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.markers import N_

MOST_FILES = 6
MOST_PAPERS = 30
LONGEST_NAME = 60


@cadres.get("/desk/<village:village>/matters/<int:number>/deeds/<int:sequence>")
@open_to(Audience.CADRES)
def show_deed(village: str, number: int, sequence: int) -> str:
    """Show one deed with its papers; a clerk adds more, a supervision member checks it."""
    return _deed_page(village, number, sequence)


@cadres.post("/desk/<village:village>/matters/<int:number>/deeds/<int:sequence>/papers")
@open_to(Audience.CLERKS)
@once
def add_papers(village: str, number: int, sequence: int) -> Page | Answer:
    """Put photos and PDFs behind a deed; what cannot be kept is named, the others are kept."""
    _my_event(village, number, sequence)
    sent = [file for file in request.files.getlist("papers") if file.filename]
    problems = [] if sent else [_("请先拍照或者选择文件")]
    for file in sent[:MOST_FILES]:
        problems += _add(village, number, sequence, file)
    if len(sent) > MOST_FILES:
        problems.append(_("一次最多 %(count)d 个文件，后面的没有收", count=MOST_FILES))
    if problems:
        return _deed_page(village, number, sequence, problems), 422
    flash(_("已加上。现在只有村里和乡镇的人能看；打开看一看，再决定要不要公开。"))
    return redirect(url_for(".show_deed", village=village, number=number, sequence=sequence), 303)


@cadres.get("/desk/<village:village>/matters/<int:number>/papers/<key:key>")
@open_to(Audience.CADRES)
def show_paper(village: str, number: int, key: str) -> str:
    """Show one paper, what the public gets of it, and what the clerk may decide."""
    return _paper_page(village, number, key)


@cadres.get("/desk/<village:village>/matters/<int:number>/papers/<key:key>/boxes")
@open_to(Audience.CLERKS)
def cover_paper(village: str, number: int, key: str) -> str:
    """Show the page on which boxes are drawn over a photo."""
    one = _photo(_my_paper(village, number, key))
    return _boxes_page(village, number, one, [Box(*box) for box in box_list(one)])


@cadres.post("/desk/<village:village>/matters/<int:number>/papers/<key:key>/boxes")
@open_to(Audience.CLERKS)
@once
def burn_paper(village: str, number: int, key: str) -> Page | Answer:
    """Cover what is in the boxes, and show the result to be confirmed; nothing is public yet."""
    one = _photo(_my_paper(village, number, key))
    boxes: list[Box] = []
    try:
        size = look_of(one.original.content).size
        boxes = read_boxes(request.form.getlist("box"), request.form.getlist("cell"), grid=grid_of(size))
        if not boxes:
            raise Refusal(N_("还没有框：请框住不能公开的地方；没有要遮的就按「没有要遮的」"))
        # Drawing takes half a second: not while everybody else waits to write.
        drawn = draw_covered(one.original.content, boxes)
        with transaction() as write:
            _cover(write, village, number, key, drawn, boxes)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        one = _my_paper(village, number, key)
        return _boxes_page(village, number, one, boxes, say(refusal.words, refusal.values)), 422
    return redirect(url_for(".show_paper", village=village, number=number, key=key), 303)


@cadres.post("/desk/<village:village>/matters/<int:number>/papers/<key:key>/public")
@open_to(Audience.CLERKS)
@once
def let_paper_out(village: str, number: int, key: str) -> Answer:
    """Say after a look that the public may have it: as it was covered, or as it is where nothing was."""
    is_covered, seen = request.form.get("as") == "covered", request.form.get("seen", "")
    try:
        with transaction() as write:
            one = _my_paper(village, number, key)
            let_out(write, evidence=one, is_covered=is_covered, seen=seen, by=me(), now=clock.now())
        flash(_("已确认，村民现在就能看到。"))
    except Stale as refusal:
        flash(say(refusal.words, refusal.values), "mistake")
    return redirect(url_for(".show_paper", village=village, number=number, key=key), 303)


@cadres.post("/desk/<village:village>/matters/<int:number>/papers/<key:key>/inside")
@open_to(Audience.CLERKS)
@once
def keep_paper_inside(village: str, number: int, key: str) -> Answer:
    """Keep it for officials alone."""
    with transaction() as write:
        one = _my_paper(village, number, key)
        show_evidence(write, evidence=one, shown=None, by=me(), now=clock.now())
    flash(_("已记下：只给审核的人看，不公开"))
    return redirect(url_for(".show_paper", village=village, number=number, key=key), 303)


@cadres.get("/desk/<village:village>/matters/<int:number>/papers/<key:key>/original")
@open_to(Audience.CADRES)
def download_paper(village: str, number: int, key: str) -> Response:
    """Give the original to officials of the village."""
    return paper_answer(_my_paper(village, number, key).original)


@cadres.get("/desk/<village:village>/matters/<int:number>/papers/<key:key>/shown")
@open_to(Audience.CADRES)
def download_shown_paper(village: str, number: int, key: str) -> Response:
    """Give what the public gets, or will get, of a paper."""
    return paper_answer(_my_paper(village, number, key).shown or abort(404))


def _my_paper(village: str, number: int, key: str) -> Evidence:
    return paper_of(my_matter(my_village(village), number), key) or abort(404)


def _photo(one: Evidence) -> Evidence:
    return one if one.original.kind is DocumentKind.PHOTO else abort(404)


def _my_event(village: str, number: int, sequence: int) -> MatterEvent:
    events = my_matter(my_village(village), number).events
    return next((event for event in events if event.sequence == sequence), None) or abort(404)


def _add(village: str, number: int, sequence: int, file: FileStorage) -> list[str]:
    """Keep one file; return why it was not kept."""
    name = PurePath(file.filename or "").name
    content = file.read()
    # A large upload lies in a file of the system.
    file.close()
    try:
        readable = read_document(name=name, content=content)
        with transaction() as write:
            _keep(write, village, number, sequence, readable)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return [_("%(name)s：%(why)s", name=name[:60], why=say(refusal.words, refusal.values))]
    return []


def _keep(write: Session, village: str, number: int, sequence: int, readable: Readable) -> None:
    """Keep a paper behind a deed; one that says nothing of what it is is named as its file."""
    event = _my_event(village, number, sequence)
    if len(event.evidence) >= MOST_PAPERS:
        raise Refusal(N_("一条登记最多 %(count)d 份材料"), count=MOST_PAPERS)
    name = request.form.get("other", "").strip() or request.form.get("name", "").strip()
    document = keep_readable(write, place=event.matter.village, readable=readable, by=me(), now=clock.now())
    if any(one.original.digest == document.digest for one in event.evidence):
        raise Refusal(N_("这份材料已经加过了"))
    add_evidence(write, event=event, name=name[:LONGEST_NAME], document=document, by=me(), now=clock.now())


def _cover(write: Session, village: str, number: int, key: str, drawn: bytes, boxes: list[Box]) -> None:
    one = _my_paper(village, number, key)
    readable = Readable(kind=DocumentKind.PHOTO, name=one.original.name, content=drawn)
    place = one.event.matter.village
    document: Document = keep_readable(write, place=place, readable=readable, by=me(), now=clock.now())
    kept = {"boxes": [list(box) for box in boxes]}
    show_evidence(write, evidence=one, shown=document, boxes=kept, is_checked=False, by=me(), now=clock.now())


def _deed_page(village: str, number: int, sequence: int, problems: list[str] | None = None) -> str:
    place, today = my_village(village), clock.today()
    event = _my_event(village, number, sequence)
    page = matter_page(session(), village=place, number=number, on=today, is_masked=False) or abort(404)
    deeds = (deed for day in page.story for deed in day.deeds)
    visit = next((visit for visit in page.course.visits if visit.path == event.step), None)
    return render_template(
        "cadres/show_deed.html",
        village=place,
        matter=event.matter,
        event=event,
        deed=next(deed for deed in deeds if deed.sequence == sequence),
        standing_of=paper_standing,
        asked=visit.node.evidence if visit else (),
        is_clerk=clerk_on(me(), village=place, on=today),
        may_check=sequence in checkable_in(event.matter, me(), today),
        problems=problems or [],
        typed=request.form.get("other", ""),
        chosen=request.form.get("name", ""),
        most=MOST_FILES,
        told=told,
    )


def _paper_page(village: str, number: int, key: str) -> str:
    place = my_village(village)
    one = _my_paper(village, number, key)
    is_photo = one.original.kind is DocumentKind.PHOTO
    return render_template(
        "cadres/show_paper.html",
        village=place,
        number=number,
        one=one,
        standing=paper_standing(one),
        seen=seen_digest(one),
        count=len(box_list(one)),
        size=look_of(one.original.content).size if is_photo else None,
        is_clerk=clerk_on(me(), village=place, on=clock.today()),
    )


def _boxes_page(village: str, number: int, one: Evidence, boxes: list[Box], problem: str = "") -> str:
    size = look_of(one.original.content).size
    grid = grid_of(size)
    return render_template(
        "cadres/cover_paper.html",
        village=my_village(village),
        number=number,
        one=one,
        size=size,
        grid=grid,
        boxes=boxes,
        cells=grid.cells_under(boxes),
        problem=problem,
    )
