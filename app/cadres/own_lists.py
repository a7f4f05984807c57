"""The village's own version of a list: begun from a template, changed where the rules allow it, put to a meeting."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.addresses import row_number
from app.cadres.blueprint import cadres
from app.cadres.list_forms import chart_from, item_from, own_item_from, prohibition_from
from app.cadres.places import me, my_village
from app.database import session, transaction
from app.differences import difference_view
from app.words import say
from village_lists.editions import actions, adapting
from village_lists.editions.adaptation import OWN_PROHIBITION, next_code
from village_lists.editions.adapting_pages import (
    ItemPage,
    StepsPage,
    contents_to_compare,
    item_page,
    own_list_page,
    steps_page,
    templates_to_compare,
)
from village_lists.editions.allowances import allowed_for, newer_template, unfinished_version
from village_lists.editions.plain import digest_of
from village_lists.editions.queries import version_by_id
from village_lists.editions.store import category_contents, read_content
from village_lists.errors import NotAllowed, NotFound, Refusal
from village_lists.places.models import Place
from village_lists.powers.models import ListVersion

Deed = Callable[[Place, ListVersion], object]
NEW = digest_of(None)


@cadres.post("/desk/<village:village>/list/own")
@open_to(Audience.CLERKS)
def adapt_list(village: str) -> Response:
    """Begin an own version from a published one of county or township."""
    try:
        with transaction() as write:
            template = version_by_id(write, number=request.form.get("version", 0, row_number)) or abort(404)
            adapting.begin_adaptation(write, village=my_village(village), template=template, by=me(), now=clock.now())
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(say(refusal.words, refusal.values), "mistake")
        return redirect(url_for(".show_list", village=village), 303)
    return _to_own(village)


@cadres.get("/desk/<village:village>/list/own")
@open_to(Audience.CADRES)
def show_own_list(village: str) -> str:
    """Show the own version in the making: items, what was changed, what hinders it."""
    place = my_village(village)
    page = own_list_page(session(), village=place, version=_own(place), person=me(), on=clock.today())
    return render_template("cadres/show_own_list.html", village=place, page=page)


@cadres.get("/desk/<village:village>/list/own/difference")
@open_to(Audience.CADRES)
def show_list_difference(village: str) -> str:
    """Show how the own version differs from its template, or (?of=template) what the template's newer one changed."""
    place = my_village(village)
    version = _own(place)
    if request.args.get("of") == "template":
        before, after = templates_to_compare(session(), version=version) or abort(404)
        names = (_("原来的模板"), _("模板的新版"))
    else:
        before, after = contents_to_compare(session(), version=version)
        names = (_("模板"), place.name)
    view = difference_view(before, after, before_name=names[0], after_name=names[1])
    return render_template("cadres/show_list_difference.html", village=place, view=view)


@cadres.post("/desk/<village:village>/list/own/cover")
@open_to(Audience.CLERKS)
def change_list_cover(village: str) -> Response:
    """Change title and note of the own version."""

    def deed(_place: Place, version: ListVersion) -> None:
        title, note, seen = (request.form.get(name, "") for name in ("title", "note", "seen"))
        adapting.change_own_cover(
            session(), version=version, title=title, note=note[:2000], seen=seen, by=me(), now=clock.now()
        )

    return _take(village, deed, _("已保存"), _to_own(village))


@cadres.get("/desk/<village:village>/list/own/items/<item:item>")
@open_to(Audience.CLERKS)
def edit_list_item(village: str, item: str) -> str:
    """Show an item of the own version: fields that may change as a form, the others as they are."""
    place = my_village(village)
    page = _item(place, item)
    categories = category_contents(session(), version=_own(place))
    return render_template("cadres/edit_list_item.html", village=place, page=page, categories=categories)


@cadres.post("/desk/<village:village>/list/own/items/<item:item>")
@open_to(Audience.CLERKS)
def change_list_item(village: str, item: str) -> Response:
    """Keep what was written of an item."""

    def deed(place: Place, version: ListVersion) -> None:
        page, seen = _item(place, item), request.form.get("seen", "")
        about = {"village": place, "version": version, "seen": seen, "by": me(), "now": clock.now()}
        if page.is_own:
            content, lines = own_item_from(request.form, page.item)
            adapting.write_own_item(session(), content=content, lines=lines, **about)  # type: ignore[arg-type]
        else:
            content = item_from(request.form, page)
            adapting.change_own_item(session(), code=item, content=content, **about)  # type: ignore[arg-type]

    return _take(village, deed, _("已保存"), redirect(url_for(".edit_list_item", village=village, item=item), 303))


@cadres.get("/desk/<village:village>/list/own/new-item")
@open_to(Audience.CLERKS)
def new_list_item(village: str) -> str:
    """Show the form for an item of the village's own."""
    place = my_village(village)
    version = _own(place)
    if not allowed_for(session(), village=place, on=clock.today()).allowance.own_items:
        abort(404)
    categories = category_contents(session(), version=version)
    return render_template("cadres/new_list_item.html", village=place, categories=categories)


@cadres.post("/desk/<village:village>/list/own/new-item")
@open_to(Audience.CLERKS)
def add_list_item(village: str) -> Response:
    """Add an item of the village's own."""

    def deed(place: Place, version: ListVersion) -> None:
        content, lines = own_item_from(request.form, None)
        adapting.write_own_item(
            session(),
            village=place,
            version=version,
            content=content,
            lines=lines,
            seen=NEW,
            by=me(),
            now=clock.now(),
        )

    return _take(village, deed, _("已加上"), _to_own(village), again=".new_list_item")


@cadres.post("/desk/<village:village>/list/own/items/<item:item>/remove")
@open_to(Audience.CLERKS)
def remove_list_item(village: str, item: str) -> Response:
    """Take an item of the village's own away."""

    def deed(place: Place, version: ListVersion) -> None:
        seen = request.form.get("seen", "")
        adapting.remove_own_item(
            session(), village=place, version=version, code=item, seen=seen, by=me(), now=clock.now()
        )

    return _take(village, deed, _("已去掉"), _to_own(village))


@cadres.get("/desk/<village:village>/list/own/items/<item:item>/charts/<int:number>")
@open_to(Audience.CLERKS)
def edit_list_steps(village: str, item: str, number: int) -> str:
    """Show the steps of a chart: fields that may change as a form, the others as they are."""
    place = my_village(village)
    page = _steps(place, item, number)
    return render_template("cadres/edit_list_steps.html", village=place, item=item, number=number, page=page)


@cadres.post("/desk/<village:village>/list/own/items/<item:item>/charts/<int:number>")
@open_to(Audience.CLERKS)
def change_list_steps(village: str, item: str, number: int) -> Response:
    """Keep what was written of the steps."""

    def deed(place: Place, version: ListVersion) -> None:
        page = _steps(place, item, number)
        adapting.change_own_chart(
            session(),
            village=place,
            version=version,
            slug=page.chart.slug,
            content=chart_from(request.form, page),
            seen=request.form.get("seen", ""),
            by=me(),
            now=clock.now(),
        )

    back = redirect(url_for(".edit_list_steps", village=village, item=item, number=number), 303)
    return _take(village, deed, _("已保存"), back)


@cadres.get("/desk/<village:village>/list/own/new-prohibition")
@open_to(Audience.CLERKS)
def new_list_prohibition(village: str) -> str:
    """Show the form for something that the village forbids on its own."""
    place = my_village(village)
    version = _own(place)
    if not allowed_for(session(), village=place, on=clock.today()).allowance.own_prohibitions:
        abort(404)
    items = read_content(session(), version=version).items
    return render_template("cadres/new_list_prohibition.html", village=place, items=items)


@cadres.post("/desk/<village:village>/list/own/new-prohibition")
@open_to(Audience.CLERKS)
def add_list_prohibition(village: str) -> Response:
    """Add something that the village forbids."""

    def deed(place: Place, version: ListVersion) -> None:
        code = next_code(read_content(session(), version=version), prefix=OWN_PROHIBITION)
        content = prohibition_from(request.form, code)
        adapting.change_own_prohibition(
            session(),
            village=place,
            version=version,
            code="",
            content=content,
            seen=NEW,
            by=me(),
            now=clock.now(),
        )

    return _take(village, deed, _("已加上"), _to_own(village), again=".new_list_prohibition")


@cadres.post("/desk/<village:village>/list/own/prohibitions/<item:code>/remove")
@open_to(Audience.CLERKS)
def remove_list_prohibition(village: str, code: str) -> Response:
    """Take away something that the village forbade on its own."""

    def deed(place: Place, version: ListVersion) -> None:
        former = next((one for one in read_content(session(), version=version).prohibitions if one.code == code), None)
        adapting.change_own_prohibition(
            session(),
            village=place,
            version=version,
            code=code,
            content=None,
            seen=digest_of(former),
            by=me(),
            now=clock.now(),
        )

    return _take(village, deed, _("已去掉"), _to_own(village))


@cadres.post("/desk/<village:village>/list/own/submit")
@open_to(Audience.CLERKS)
def submit_list(village: str) -> Response:
    """Put the own version before the meeting."""

    def deed(place: Place, version: ListVersion) -> None:
        adapting.submit_adaptation(session(), village=place, version=version, by=me(), now=clock.now())

    return _take(village, deed, _("已提请会议讨论；开完会来登记决议"), _to_own(village))


@cadres.post("/desk/<village:village>/list/own/back")
@open_to(Audience.CLERKS)
def take_list_back(village: str) -> Response:
    """Take the own version back from the meeting to change it again."""

    def deed(_place: Place, version: ListVersion) -> None:
        adapting.take_back(session(), version=version, by=me(), now=clock.now())

    return _take(village, deed, _("已收回，可以再改"), _to_own(village))


@cadres.post("/desk/<village:village>/list/own/redo")
@open_to(Audience.CLERKS)
def redo_list(village: str) -> Response:
    """Put the own draft upon the newer template."""

    def deed(place: Place, version: ListVersion) -> None:
        newer = newer_template(session(), version=version) or abort(404)
        carried = adapting.redo_adaptation(
            session(), village=place, version=version, template=newer, by=me(), now=clock.now()
        )
        if carried.clashes:
            codes = _("、").join(dict.fromkeys(clash.code for clash in carried.clashes))
            flash(_("这些地方模板和村里都改过，先按村里的，请核对：%(codes)s", codes=codes))

    return _take(village, deed, _("已按新版重做，村里改过的都还在"), _to_own(village))


@cadres.post("/desk/<village:village>/list/own/discard")
@open_to(Audience.CLERKS)
def discard_list(village: str) -> Response:
    """Throw the own draft away."""

    def deed(_place: Place, version: ListVersion) -> None:
        actions.discard_version(session(), version=version)

    return _take(village, deed, _("已作废"), redirect(url_for(".show_list", village=village), 303))


def _take(village: str, deed: Deed, done: str, back: Response, *, again: str = "") -> Response:
    """Do a deed upon the own version in one transaction; tell on the page `again` what may be mended there."""
    try:
        with transaction():
            place = my_village(village)
            deed(place, adapting.take_up(session(), village=place) or abort(404))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        for problem in getattr(refusal, "problems", ()) or (refusal,):
            flash(say(problem.words, problem.values), "mistake")
        return redirect(url_for(again, village=village), 303) if again else back
    flash(done)
    return back


def _own(place: Place) -> ListVersion:
    return unfinished_version(session(), village=place) or abort(404)


def _item(place: Place, code: str) -> ItemPage:
    return item_page(session(), village=place, version=_own(place), code=code, on=clock.today()) or abort(404)


def _steps(place: Place, code: str, number: int) -> StepsPage:
    found = steps_page(session(), village=place, version=_own(place), code=code, number=number, on=clock.today())
    return found or abort(404)


def _to_own(village: str) -> Response:
    return redirect(url_for(".show_own_list", village=village), 303)
