"""The lists of a county and its townships: which there are, how they stand, and how one begins."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.county.beginnings import Beginning, begun_content, free_slug
from app.county.blueprint import county
from app.county.editions import At
from app.county.places import keeper_in, me, my_counties, my_county
from app.county.standings import list_standings
from app.database import session, transaction
from app.words import say
from village_lists.editions.actions import make_version, next_version
from village_lists.editions.queries import lists_of
from village_lists.errors import NotAllowed, Refusal
from village_lists.library.actions import library_lists
from village_lists.places.models import Level, Place
from village_lists.rulebook.queries import places_of


@county.get("/county/lists")
@open_to(Audience.STEWARDS)
def find_lists() -> Response:
    """Send a steward to the lists of the county."""
    codes = my_counties() or abort(403)
    return redirect(url_for(".list_lists", county=codes[0]), 303)


@county.get("/county/<county:county>/lists")
@open_to(Audience.STEWARDS)
def list_lists(county: str) -> str:
    """Show every list of the county and its townships with its versions, who goes by it, and who lags."""
    mine = my_county(county)
    return render_template("county/list_lists.html", county=mine, lists=list_standings(session(), places=keepers(mine)))


@county.get("/county/<county:county>/lists/new")
@open_to(Audience.STEWARDS)
def new_list(county: str) -> str:
    """Show how a list may begin: from a sample, blank, or from a file."""
    return _beginning(my_county(county), [])


@county.post("/county/<county:county>/lists")
@open_to(Audience.STEWARDS)
def make_list(county: str) -> Response | tuple[str, int]:
    """Begin a draft, blank or from a sample of the library."""
    beginning = Beginning(template=request.form.get("template", ""), title=request.form.get("title", "").strip())
    try:
        content = begun_content(beginning)
        with transaction() as write:
            place = keeper_in(my_county(county), request.form.get("place", county))
            slug = beginning.template or free_slug(lists_of(write, places=[place]), title=content.title)
            made = make_version(write, place=place, slug=slug, content=content, by=me(), now=clock.now())
            at = At(county=county, place=place.code, slug=slug, number=made.number)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _beginning(my_county(county), [say(refusal.words, refusal.values)]), 409
    flash(_("草稿已建好，可以改了"))
    return redirect(url_for(".show_edition", **at), 303)


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/versions")
@open_to(Audience.STEWARDS)
def make_next_edition(county: str, place: str, slug: str) -> Response:
    """Begin the next version of a list: a draft that says what the published version says."""
    try:
        with transaction() as write:
            lines = lists_of(write, places=[keeper_in(my_county(county), place)])
            line = next((line for line in lines if line.power_list.slug == slug), None) or abort(404)
            made = next_version(write, power_list=line.power_list, by=me(), now=clock.now())
            number = made.number
    except NotAllowed:
        raise
    except Refusal as refusal:
        flash(say(refusal.words, refusal.values), "mistake")
        return redirect(url_for(".list_lists", county=county), 303)
    flash(_("新的一版已建好，内容和已公布的一样，可以改了"))
    return redirect(url_for(".show_edition", county=county, place=place, slug=slug, number=number), 303)


def keepers(county: Place) -> list[Place]:
    """Return the places whose lists the county's stewards keep: the county and its townships."""
    return [place for place in places_of(session(), county=county) if place.level in (Level.COUNTY, Level.TOWNSHIP)]


def _beginning(county: Place, refused: list[str]) -> str:
    return render_template(
        "county/new_list.html",
        county=county,
        places=keepers(county),
        samples=library_lists(),
        chosen=request.values.get("place", county.code),
        refused=refused,
    )
