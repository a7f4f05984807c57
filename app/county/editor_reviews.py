"""From draft to the villages: submitted with everything checked, published by another steward, put to townships."""

from datetime import date
from typing import Unpack

from flask import Response as Download
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.county.blueprint import county
from app.county.editions import At, attempt, find_edition
from app.county.editor import tell
from app.county.outlines import towns_of
from app.county.places import keeper_in, my_county
from app.county.standings import SHAPES, kind_words, village_rows
from app.database import session
from app.exports import csv_answer
from village_lists.editions import actions
from village_lists.editions.queries import lists_of
from village_lists.powers.models import ListVersion, PowerList


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/submit")
@open_to(Audience.STEWARDS)
def submit_edition(**at: Unpack[At]) -> Response:
    """Put a draft before another steward; what hinders publication is shown instead."""
    refusal = attempt(at, actions.submit_version, note=request.form.get("note", "")[:500])
    if getattr(refusal, "problems", ()):
        flash(_("还有问题没改完，没有提交"), "mistake")
        return redirect(url_for(".list_edition_problems", **at), 303)
    tell(refusal, _("已提交，等另一位管理员核对、公布"))
    return redirect(url_for(".show_edition", **at), 303)


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/return")
@open_to(Audience.STEWARDS)
def return_edition(**at: Unpack[At]) -> Response:
    """Give a submitted version back to be changed, with the reason."""
    tell(attempt(at, actions.send_back, note=request.form.get("note", "")[:500]), _("已退回，可以接着改"))
    return redirect(url_for(".show_edition", **at), 303)


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/publish")
@open_to(Audience.STEWARDS)
def publish_edition(**at: Unpack[At]) -> Response:
    """Publish what another steward wrote, from a day on."""
    valid_from = written_day("valid_from")
    if valid_from is None:
        flash(_("请选择生效日期"), "mistake")
    else:
        tell(attempt(at, actions.publish_version, valid_from=valid_from), _("已公布"))
    return redirect(url_for(".show_edition", **at), 303)


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/rollout")
@open_to(Audience.STEWARDS)
def roll_out_edition(**at: Unpack[At]) -> Response:
    """Put the published version before the villages of the chosen townships, to be adopted by a day."""
    adopt_by = written_day("adopt_by")
    near = {town.code: town for town in towns_of(find_edition(at))}
    towns = [near.get(code) or abort(404) for code in request.form.getlist("township")]
    if adopt_by is None or not towns:
        flash(_("请选择乡镇和期限"), "mistake")
    else:
        tell(attempt(at, actions.roll_out, townships=towns, adopt_by=adopt_by), _("已下发"))
    return redirect(url_for(".show_adoptions", county=at["county"], place=at["place"], slug=at["slug"]), 303)


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/adoptions")
@open_to(Audience.STEWARDS)
def show_adoptions(county: str, place: str, slug: str) -> str:
    """Show township by township which village goes by which version, and which lag; ?township= and ?kind= narrow it."""
    mine = my_county(county)
    power_list, published = _list(mine.code, place, slug)
    rows = village_rows(session(), power_list=power_list, on=clock.today())
    towns = list(dict.fromkeys((row.township.code, row.township.name) for row in rows))
    chosen, kind = request.args.get("township", ""), request.args.get("kind", "")
    shown = [row for row in rows if chosen in ("", row.township.code) and kind in ("", row.kind)]
    return render_template(
        "county/show_adoptions.html",
        county=mine,
        power_list=power_list,
        published=published,
        rows=shown,
        counts={each: sum(row.kind == each for row in rows) for each in kind_words()},
        words=kind_words(),
        shapes=SHAPES,
        towns=towns,
        chosen=chosen,
        kind=kind,
    )


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/adoptions.csv")
@open_to(Audience.STEWARDS)
def download_adoptions(county: str, place: str, slug: str) -> Download:
    """Give the same table as a file."""
    power_list, _published = _list(my_county(county).code, place, slug)
    words = kind_words()
    header = [
        _("乡镇"),
        _("村"),
        _("区划代码"),
        _("状态"),
        _("用的版本"),
        _("通过日期"),
        _("落后几版"),
        _("请在哪天前通过"),
    ]
    rows = [
        [
            row.township.name,
            row.standing.village.name,
            row.standing.village.code,
            words[row.kind],
            row.standing.follows.number if row.standing.follows else "",
            row.standing.adoption.held_on if row.standing.adoption and row.standing.follows else "",
            row.standing.behind_by,
            row.standing.adopt_by or "",
        ]
        for row in village_rows(session(), power_list=power_list, on=clock.today())
    ]
    return csv_answer(f"adoptions-{place}-{slug}", header, rows)


def _list(county: str, place: str, slug: str) -> tuple[PowerList, ListVersion | None]:
    """Return a list of a place in the county with its published version, or answer 404."""
    lines = lists_of(session(), places=[keeper_in(my_county(county), place)])
    line = next((line for line in lines if line.power_list.slug == slug), None) or abort(404)
    return line.power_list, line.published.version if line.published else None


def written_day(name: str) -> date | None:
    """Return the day of a field, or None where none is written."""
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None
