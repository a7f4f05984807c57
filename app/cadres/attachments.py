"""Photos and papers of a version: add, look, cover what must not be seen, confirm, name, order, remove."""

from collections.abc import Callable
from functools import partial
from pathlib import PurePath

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import me, my_version, my_village
from app.database import session, transaction
from app.once import once
from app.words import say
from publicity.attachments import actions
from publicity.attachments.models import Attachment
from publicity.attachments.ocr import can_propose, propose_boxes
from publicity.attachments.queries import attachment_by_key, attachments_of, document_of, seen_elsewhere
from publicity.attachments.rules import CAPTION_LENGTH, Box, grid_of, read_boxes
from publicity.records.models import State, Version
from village_lists.documents.actions import Readable, read_document
from village_lists.documents.models import Document, DocumentKind
from village_lists.documents.photos import draw_covered
from village_lists.errors import NotAllowed, NotFound, Refusal
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.places.models import Place

MIME = {DocumentKind.PHOTO: "image/jpeg", DocumentKind.PDF: "application/pdf"}
# A picture shown by itself is laid out by the browser's own style; everything else is shut.
PICTURE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
FILE_POLICY = "sandbox; default-src 'none'"


@cadres.get("/desk/<village:village>/versions/<key:key>/attachments")
@open_to(Audience.CADRES)
def list_attachments(village: str, key: str) -> str:
    """Show the attachments of a version; its clerk adds, orders and removes them here."""
    place = my_village(village)
    return _list_page(place, my_version(place, key), line=request.args.get("line", None, _line))


@cadres.post("/desk/<village:village>/versions/<key:key>/attachments")
@open_to(Audience.CLERKS)
def add_attachments(village: str, key: str) -> Answer | tuple[str, int]:
    """Add photos and PDFs; what cannot be kept is named, the others are kept."""
    version = my_version(my_village(village), key)
    line, caption = request.form.get("line", None, _line), request.form.get("caption", "")
    sent = [file for file in request.files.getlist("photos") if file.filename]
    problems = [] if sent else [_("请先拍照或者选择文件")]
    for file in sent:
        problems += _add(village, version, file, line=line, caption=caption)
    if problems:
        place = my_village(village)
        return _list_page(place, my_version(place, key), line=line, caption=caption, problems=problems), 422
    flash(_("已加上，请逐个打开看一看，遮住不能公开的"))
    return redirect(url_for(".list_attachments", village=village, key=key), 303)


@cadres.get("/desk/<village:village>/versions/<key:key>/attachments/<key:attachment>")
@open_to(Audience.CADRES)
def show_attachment(village: str, key: str, attachment: str) -> str:
    """Show one attachment as residents will see it, and where its original is."""
    place = my_village(village)
    version = my_version(place, key)
    one = _mine(version, attachment)
    return render_template(
        "cadres/show_attachment.html",
        village=place,
        version=version,
        one=one,
        limit=CAPTION_LENGTH,
        editable=_is_editable(version),
        alike=[other for other in seen_elsewhere(session(), version=version) if other.key == attachment],
    )


@cadres.get("/desk/<village:village>/versions/<key:key>/attachments/<key:attachment>/boxes")
@open_to(Audience.CLERKS)
def edit_boxes(village: str, key: str, attachment: str) -> str:
    """Show the page on which boxes are drawn over a photo; with ?propose=1 over the numbers that are found on it."""
    place = my_village(village)
    version = my_version(place, key)
    one = _photo(version, attachment)
    boxes = [Box(*box) for box in one.boxes.get("boxes", ())]
    found: int | None = None
    if "propose" in request.args and can_propose():
        proposals = propose_boxes(one.original.content, on=clock.today())
        found = len(proposals)
        boxes += [proposal.box for proposal in proposals if proposal.box not in boxes]
    return _boxes_page(place, version, one, boxes, found=found)


@cadres.post("/desk/<village:village>/versions/<key:key>/attachments/<key:attachment>/boxes")
@open_to(Audience.CLERKS)
def burn_boxes(village: str, key: str, attachment: str) -> Answer | tuple[str, int]:
    """Cover what is in the boxes, and show the result to be confirmed."""
    place = my_village(village)
    version = my_version(place, key)
    one = _photo(version, attachment)
    boxes: list[Box] = []
    try:
        grid = grid_of(one.boxes.get("size", ()))
        boxes = read_boxes(request.form.getlist("box"), request.form.getlist("cell"), grid=grid)
        # Drawing takes half a second: not while everybody else waits to write.
        drawn = draw_covered(one.original.content, boxes) if boxes and _is_editable(version) else None
        with transaction() as write:
            actions.cover(write, attachment=one, boxes=boxes, by=me(), now=clock.now(), drawn=drawn)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _boxes_page(place, version, one, boxes, problem=say(refusal.words, refusal.values)), 422
    return redirect(url_for(".show_attachment", village=village, key=key, attachment=attachment), 303)


@cadres.post("/desk/<village:village>/versions/<key:key>/attachments/<key:attachment>/confirm")
@open_to(Audience.CLERKS)
@once
def confirm_attachment(village: str, key: str, attachment: str) -> Answer:
    """Say that the covered picture may be seen like this."""
    deed = partial(actions.confirm_shown, seen=request.form.get("seen", ""))
    return _take(village, key, attachment, deed, _("已确认，公开后村民看到的就是遮好的"))


@cadres.post("/desk/<village:village>/versions/<key:key>/attachments/<key:attachment>/clean")
@open_to(Audience.CLERKS)
@once
def declare_attachment_clean(village: str, key: str, attachment: str) -> Answer:
    """Say that nothing is to be covered."""
    return _take(village, key, attachment, actions.declare_clean, _("已记下：没有要遮的，公开后原样可看"))


@cadres.post("/desk/<village:village>/versions/<key:key>/attachments/<key:attachment>/inside")
@open_to(Audience.CLERKS)
@once
def keep_attachment_inside(village: str, key: str, attachment: str) -> Answer:
    """Keep it for officials alone."""
    return _take(village, key, attachment, actions.keep_inside, _("已记下：只给审核的人看，不公开"))


@cadres.post("/desk/<village:village>/versions/<key:key>/attachments/<key:attachment>/caption")
@open_to(Audience.CLERKS)
@once
def caption_attachment(village: str, key: str, attachment: str) -> Answer:
    """Write what is to be seen on it, and which line it belongs to."""
    deed = partial(
        actions.change_caption,
        caption=request.form.get("caption", ""),
        line=request.form.get("line", None, _line),
    )
    return _take(village, key, attachment, deed, _("已保存"), stays=True)


@cadres.post("/desk/<village:village>/versions/<key:key>/attachments/<key:attachment>/move")
@open_to(Audience.CLERKS)
@once
def move_attachment(village: str, key: str, attachment: str) -> Answer:
    """Move it up or down by one place."""
    deed = partial(actions.move, up=request.form.get("to") == "up")
    return _take(village, key, attachment, deed, _("已移动"))


@cadres.post("/desk/<village:village>/versions/<key:key>/attachments/<key:attachment>/remove")
@open_to(Audience.CLERKS)
@once
def remove_attachment(village: str, key: str, attachment: str) -> Answer:
    """Take it out; its picture is deleted."""
    return _take(village, key, attachment, actions.remove, _("已删除"))


@cadres.get("/desk/attachments/<key:key>/original")
@open_to(Audience.OFFICIALS)
def download_original(key: str) -> Response:
    """Give the original to officials of its village and auditors of its township; for others there is none."""
    return _file(document_of(session(), key=key, is_original=True, person=me(), on=clock.today()) or abort(404))


@cadres.get("/desk/attachments/<key:key>/shown")
@open_to(Audience.OFFICIALS)
def download_shown(key: str) -> Response:
    """Give what residents will see to the same people, before and after publication."""
    return _file(document_of(session(), key=key, is_original=False, person=me(), on=clock.today()) or abort(404))


def _file(document: Document) -> Response:
    """Return a photo to be looked at, or a PDF to be downloaded and never opened here."""
    answer = Response(document.content, mimetype=MIME[document.kind])
    is_photo = document.kind is DocumentKind.PHOTO
    answer.headers.set("Content-Disposition", "inline" if is_photo else "attachment", filename=document.name)
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY if is_photo else FILE_POLICY
    return answer


def _line(text: str) -> int | None:
    """Return the number of a line that was sent; nothing means the whole."""
    return int(text[:6]) if text.strip() else None


def _mine(version: Version, key: str) -> Attachment:
    return attachment_by_key(session(), version=version, key=key) or abort(404)


def _photo(version: Version, key: str) -> Attachment:
    one = _mine(version, key)
    return one if one.original.kind is DocumentKind.PHOTO else abort(404)


def _is_editable(version: Version) -> bool:
    """Say whether the person signed in may change the attachments of this version now."""
    return version.state == State.DRAFT and _is_clerk(me(), version.record.village_id)


def _is_clerk(person: Person, village_id: int) -> bool:
    posts = (post for post in person.posts if post.kind is PostKind.CLERK and post.place_id == village_id)
    return any(holds_on(post, clock.today()) for post in posts)


def _add(village: str, version: Version, file: FileStorage, *, line: int | None, caption: str) -> list[str]:
    """Keep one file; return why it was not kept."""
    name = PurePath(file.filename or "").name
    content = file.read()
    # A large upload lies in a file of the system.
    file.close()
    try:
        readable = read_document(name=name, content=content)
        _keep(village, version.key, readable, line=line, caption=caption)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return [_("%(name)s：%(why)s", name=name[:60], why=say(refusal.words, refusal.values))]
    return []


def _keep(village: str, key: str, readable: Readable, *, line: int | None, caption: str) -> None:
    with transaction() as write:
        version = my_version(my_village(village), key)
        actions.attach(write, version=version, readable=readable, line=line, caption=caption, by=me(), now=clock.now())


def _take(
    village: str, key: str, attachment: str, deed: Callable[..., object], done: str, *, stays: bool = False
) -> Answer:
    """Do a deed of the clerk upon one attachment; tell on the page what stands in the way."""
    try:
        with transaction() as write:
            one = _mine(my_version(my_village(village), key), attachment)
            deed(write, attachment=one, by=me(), now=clock.now())
        flash(done)
    except NotAllowed:
        raise
    except Refusal as refusal:
        flash(say(refusal.words, refusal.values), "mistake")
        stays = True
    if stays:
        return redirect(url_for(".show_attachment", village=village, key=key, attachment=attachment), 303)
    return redirect(url_for(".list_attachments", village=village, key=key), 303)


def _list_page(
    place: Place, version: Version, *, line: int | None = None, caption: str = "", problems: list[str] | None = None
) -> str:
    return render_template(
        "cadres/list_attachments.html",
        village=place,
        version=version,
        attachments=attachments_of(session(), version=version),
        alike=seen_elsewhere(session(), version=version),
        editable=_is_editable(version),
        limit=CAPTION_LENGTH,
        line=line,
        caption=caption,
        problems=problems or [],
    )


def _boxes_page(
    place: Place, version: Version, one: Attachment, boxes: list[Box], *, found: int | None = None, problem: str = ""
) -> str:
    size = one.boxes.get("size", (3, 4))
    grid = grid_of(size)
    return render_template(
        "cadres/edit_boxes.html",
        village=place,
        version=version,
        one=one,
        size=size,
        grid=grid,
        boxes=boxes,
        cells=grid.cells_under(boxes),
        found=found,
        can_propose=can_propose(),
        problem=problem,
        editable=_is_editable(version),
    )
