"""Lists out to files and in from them: nothing is taken that was not shown, and nothing is half taken."""

from pathlib import PurePath
from typing import Unpack

from flask import Response as Download
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.county.beginnings import free_slug
from app.county.blueprint import county
from app.county.editions import At, attempt, find_edition, told
from app.county.imports import packed, read_list, unpacked
from app.county.outlines import outlined
from app.county.places import keeper_in, me, my_county
from app.county.replacing import replace_or_begin
from app.database import session, transaction
from app.differences import difference_view
from app.paper import booklet_pdf, poster_pdf
from app.words import say
from publicity.bulletins.booklets import parts_of
from publicity.bulletins.papers import A4
from village_lists.editions.actions import make_version
from village_lists.editions.contents import ListContent
from village_lists.editions.queries import keys_known, lists_of
from village_lists.errors import NotAllowed, Refusal
from village_lists.exchange.lists.book_writing import write_workbook
from village_lists.exchange.lists.yaml_writing import write_yaml
from village_lists.places.models import Place
from village_lists.powers.models import ListDeedKind
from village_lists.powers.queries import item_by_code

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/list.xlsx")
@open_to(Audience.STEWARDS)
def download_workbook(**at: Unpack[At]) -> Download:
    """Give the whole version as one workbook."""
    return _file(write_workbook(find_edition(at).content), at, "xlsx", WORKBOOK)


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/list.yaml")
@open_to(Audience.STEWARDS)
def download_yaml(**at: Unpack[At]) -> Download:
    """Give the whole version as YAML."""
    return _file(write_yaml(find_edition(at).content).encode(), at, "yaml", "application/yaml; charset=utf-8")


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/items/<string:code>/poster.pdf")
@open_to(Audience.STEWARDS)
def download_item_poster(code: str, **at: Unpack[At]) -> Download:
    """Give the poster of an item on A4, as it would hang."""
    edition = find_edition(at)
    item = item_by_code(session(), version_id=edition.version.id, code=code) or abort(404)
    place = edition.version.power_list.place
    pdf = poster_pdf(session(), place=place, item=item, on=clock.today(), paper=A4)
    return Download(pdf, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=poster.pdf"})


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/posters.pdf")
@open_to(Audience.STEWARDS)
def download_posters(**at: Unpack[At]) -> Download:
    """Give the list as a booklet on A4; ?part= chooses one of a thick one."""
    edition = find_edition(at)
    parts = parts_of(session(), version=edition.version)
    part = next((one for one in parts if one.number == request.args.get("part", 1, int)), None) or abort(404)
    place = edition.version.power_list.place
    pdf = booklet_pdf(session(), place=place, version=edition.version, part=part, on=clock.today())
    return Download(pdf, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=list.pdf"})


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/imports")
@open_to(Audience.STEWARDS)
def check_import(**at: Unpack[At]) -> str | tuple[str, int]:
    """Show all that is wrong with a file, or what would change if it were taken; nothing is kept."""
    edition = find_edition(at)
    take, back = url_for(".take_import", **at), url_for(".show_edition", _anchor="import", **at)
    return _checked(edition.county, edition.content, take, edition.known_keys, edition.version.number, back)


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/imports/take")
@open_to(Audience.STEWARDS)
def take_import(**at: Unpack[At]) -> Response | tuple[str, int]:
    """Take what was shown: into the draft, or as the next version of a published list."""
    edition, address = find_edition(at), url_for(".take_import", **at)
    try:
        shown = unpacked(request.form.get("content", ""), address=address)
    except Refusal as unknown:
        flash(say(unknown.words, unknown.values), "mistake")
        return redirect(url_for(".show_edition", **at), 303)
    made: list[int] = []
    refusal = attempt(at, replace_or_begin, shown=shown, made=made)
    if refusal:
        now, back = find_edition(at).content, url_for(".show_edition", _anchor="import", **at)
        return _comparison(edition.county, shown.content, now, address, at["number"], refusal, back=back), 409
    flash(_("已采用，内容就是刚才看到的"))
    at["number"] = made[0]
    return redirect(url_for(".show_edition", **at), 303)


@county.post("/county/<county:county>/lists/imports")
@open_to(Audience.STEWARDS)
def check_new_import(county: str) -> str | tuple[str, int]:
    """Show all that is wrong with a file, or what list would begin with it; nothing is kept."""
    mine = my_county(county)
    place = keeper_in(mine, request.form.get("place", county))
    known = keys_known(session(), place=place, on=clock.today())
    take, back = url_for(".take_new_import", county=county, place=place.code), _beginning(county, place.code)
    return _checked(mine, None, take, known, 0, back)


@county.post("/county/<county:county>/lists/imports/<string:place>/take")
@open_to(Audience.STEWARDS)
def take_new_import(county: str, place: str) -> Response:
    """Begin a list with what was shown."""
    try:
        shown = unpacked(
            request.form.get("content", ""), address=url_for(".take_new_import", county=county, place=place)
        )
        with transaction() as write:
            owner = keeper_in(my_county(county), place)
            slug = free_slug(lists_of(write, places=[owner]), title=shown.content.title)
            version = make_version(
                write,
                place=owner,
                slug=slug,
                content=shown.content,
                by=me(),
                now=clock.now(),
                deed=ListDeedKind.IMPORT,
            )
            at = At(county=county, place=place, slug=slug, number=version.number)
    except NotAllowed:
        raise
    except Refusal as refusal:
        for words in told(refusal):
            flash(words, "mistake")
        return redirect(url_for(".new_list", county=county), 303)
    flash(_("已采用，内容就是刚才看到的"))
    return redirect(url_for(".show_edition", **at), 303)


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/differences")
@open_to(Audience.STEWARDS)
def show_differences(**at: Unpack[At]) -> str:
    """Show what differs from the version before, or (?against=template) from the template; ?part= opens one class."""
    edition = find_edition(at)
    against = request.args.get("against", "former")
    other = edition.template if against == "template" else edition.former
    view = difference_view(
        other.content if other else ListContent(title=""),
        edition.content,
        before_name=_named(other.version.title, other.version.number) if other else _("（没有）"),
        after_name=_named(edition.version.title, edition.version.number),
        class_url=lambda key: url_for(".show_differences", against=against, part=key, **at),
        chosen=request.args.get("part", ""),
    )
    return render_template(
        "county/show_differences.html", county=edition.county, edition=edition, view=view, against=against
    )


def _named(title: str, number: int) -> str:
    return str(_("%(title)s 第 %(number)s 版", title=title, number=number))


def _file(content: bytes, at: At, ending: str, kind: str) -> Download:
    name = f"{at['place']}-{at['slug']}-{at['number']}.{ending}"
    return Download(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _checked(
    county: Place, former: ListContent | None, take: str, known_keys: frozenset[str], number: int, back: str
) -> str | tuple[str, int]:
    """Read the file that was sent and show what is wrong with it, or the difference."""
    file = request.files.get("file")
    name = PurePath(file.filename or "").name if file else ""
    if file is None or not name:
        return _problems(county, "", [_("请选择文件")], (), back), 422
    try:
        reading = read_list(file.read(), name=name, known_keys=known_keys)
    except Refusal as refusal:
        return _problems(county, name, told(refusal), (), back), 422
    if reading.content is None:
        return _problems(county, name, [], reading.problems, back), 422
    return _comparison(county, reading.content, former, take, number, None, back=back, reading=reading, name=name)


def _beginning(county: str, place: str) -> str:
    """Return where another file may be chosen for a new list of the same place."""
    return url_for(".new_list", county=county, place=place, _anchor="import")


def _problems(county: Place, name: str, refused: list[str], problems: object, back: str) -> str:
    return render_template(
        "county/check_import.html",
        county=county,
        name=name,
        refused=refused,
        problems=problems,
        notices=(),
        view=None,
        content=None,
        take="",
        text="",
        back=back,
        branches=(),
    )


def _comparison(
    county: Place,
    content: ListContent,
    former: ListContent | None,
    take: str,
    number: int,
    refusal: Refusal | None,
    *,
    back: str,
    reading: object = None,
    name: str = "",
) -> str:
    view = None
    if former is not None:
        before = _named(former.title, number)
        view = difference_view(former, content, before_name=before, after_name=_("文件里的"))
    return render_template(
        "county/check_import.html",
        county=county,
        name=name,
        refused=told(refusal),
        problems=getattr(reading, "problems", ()),
        notices=getattr(reading, "notices", ()),
        view=view,
        content=content,
        take=take,
        text=packed(content, against=former, address=take),
        back=back,
        branches=() if former else outlined(content, content.items),
    )
