"""The rule book: what is ruled where, why it is so, and changes that two stewards make together."""

from collections.abc import Callable
from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.county.blueprint import county
from app.county.places import me, my_counties, my_county, place_in
from app.county.rule_forms import asked_day, proposal_from, written_form
from app.database import session, transaction
from app.words import say
from publicity.workflow.touches.queries import amount_names
from publicity.workflow.touches.report import Touches, touches_of
from village_lists.errors import NotAllowed, Refusal
from village_lists.places.models import Place
from village_lists.rulebook import actions
from village_lists.rulebook.models import ChangeState, RuleChange
from village_lists.rulebook.pages import RulePage, change_line, open_changes, proposal_page, rule_book, rule_page
from village_lists.rulebook.proposals import Proposal, proposal_of
from village_lists.rulebook.queries import change_numbered, changes_of, places_of


@county.get("/county/rules")
@open_to(Audience.STEWARDS)
def find_rules() -> Response:
    """Send a steward to the rule book of the county."""
    codes = my_counties() or abort(403)
    return redirect(url_for(".list_rules", county=codes[0]), 303)


@county.get("/county/<county:county>/rules")
@open_to(Audience.STEWARDS)
def list_rules(county: str) -> str:
    """Show every rule of a place on a day, by group; ?q= keeps those that have the words."""
    mine = my_county(county)
    place, on, search = place_in(mine, request.args.get("place") or county), asked_day(), request.args.get("q", "")
    return render_template(
        "county/list_rules.html",
        county=mine,
        place=place,
        places=places_of(session(), county=mine),
        on=on,
        search=search,
        groups=rule_book(session(), place=place, on=on, search=search, names=amount_names(session())),
        waiting=open_changes(session(), county=mine),
    )


@county.get("/county/<county:county>/rules/<rule:rule>")
@open_to(Audience.STEWARDS)
def show_rule(county: str, rule: str) -> str:
    """Show one rule at a place: why its value is what it is, what was changed, and the form for a change."""
    mine = my_county(county)
    place, on = place_in(mine, request.args.get("place") or county), asked_day()
    page = _page(rule, place, mine, on)
    return render_template(
        "county/show_rule.html",
        county=mine,
        place=place,
        places=places_of(session(), county=mine),
        on=on,
        page=page,
        form=written_form(place, page.starting_values),
    )


@county.get("/county/<county:county>/rules/<rule:rule>/change")
@open_to(Audience.STEWARDS)
def preview_rule_change(county: str, rule: str) -> str | tuple[str, int]:
    """Show what a change would touch before it is proposed, or what is wrong with it."""
    mine = my_county(county)
    place = place_in(mine, request.args.get("place") or county)
    book = _page(rule, place, mine, clock.today())
    about = {"county": mine, "place": place, "book": book, "form": written_form(place)}
    about["places"] = places_of(session(), county=mine)
    try:
        proposal = proposal_from(written_form(place), county=mine, key=rule)
        actions.check_proposal(session(), proposal=proposal, on=clock.today())
    except Refusal as refusal:
        problem = say(refusal.words, refusal.values)
        return render_template(
            "county/preview_rule_change.html", **about, problem=problem, page=None, touches=None
        ), 422
    page, touches = proposal_page(session(), proposal=proposal), _touches(proposal)
    return render_template("county/preview_rule_change.html", **about, problem="", page=page, touches=touches)


@county.post("/county/<county:county>/rules/<rule:rule>/changes")
@open_to(Audience.STEWARDS)
def propose_rule_change(county: str, rule: str) -> Response:
    """Put the change before a second steward."""
    with transaction() as write:
        mine = my_county(county)
        proposal = proposal_from(written_form(mine), county=mine, key=rule)
        actions.propose_change(write, proposal=proposal, by=me(), now=clock.now())
    flash(_("已提出，等另一位管理员同意后才生效"))
    return redirect(url_for(".list_rule_changes", county=county), 303)


@county.get("/county/<county:county>/rules/changes")
@open_to(Audience.STEWARDS)
def list_rule_changes(county: str) -> str:
    """Show the changes that wait for a second person, and those decided."""
    mine = my_county(county)
    changes = changes_of(session(), county=mine)
    waiting = [change for change in reversed(changes) if change.state == ChangeState.PROPOSED]
    return render_template(
        "county/list_rule_changes.html",
        county=mine,
        waiting=[(change, proposal_page(session(), proposal=_proposal(change))) for change in waiting],
        decided=[change_line(change) for change in changes if change.state != ChangeState.PROPOSED],
    )


@county.get("/county/<county:county>/rules/changes/<int:number>")
@open_to(Audience.STEWARDS)
def show_rule_change(county: str, number: int) -> str:
    """Show one change with what it touches, for who decides upon it."""
    mine = my_county(county)
    change = _change(mine, number)
    is_open = change.state == ChangeState.PROPOSED
    return render_template(
        "county/show_rule_change.html",
        county=mine,
        change=change,
        line=change_line(change),
        page=proposal_page(session(), proposal=_proposal(change)),
        touches=_touches(_proposal(change)) if is_open else None,
        is_open=is_open,
        is_mine=change.proposed_by_id == me().id,
    )


@county.post("/county/<county:county>/rules/changes/<int:number>/accept")
@open_to(Audience.STEWARDS)
def accept_rule_change(county: str, number: int) -> Response:
    """Put the row into the rule book, as the second person."""
    return _decide(county, number, actions.accept_change, _("已同意，新规定按写明的日子生效"))


@county.post("/county/<county:county>/rules/changes/<int:number>/refuse")
@open_to(Audience.STEWARDS)
def refuse_rule_change(county: str, number: int) -> Response:
    """Decline it, with a reason."""
    note = request.form.get("note", "")
    return _decide(county, number, actions.refuse_change, _("没有同意，原因已记下"), note=note)


@county.post("/county/<county:county>/rules/changes/<int:number>/withdraw")
@open_to(Audience.STEWARDS)
def withdraw_rule_change(county: str, number: int) -> Response:
    """Take one's own proposal back."""
    return _decide(county, number, actions.withdraw_change, _("已撤回"))


def _decide(county: str, number: int, deed: Callable[..., object], done: str, **about: object) -> Response:
    """Decide upon a change as the person signed in; tell on the page what may be mended, refuse what is forbidden."""
    try:
        with transaction() as write:
            deed(write, change=_change(my_county(county), number), by=me(), now=clock.now(), **about)
    except NotAllowed:
        raise
    except Refusal as refusal:
        flash(say(refusal.words, refusal.values), "mistake")
        return redirect(url_for(".show_rule_change", county=county, number=number), 303)
    flash(done)
    return redirect(url_for(".list_rule_changes", county=county), 303)


def _change(mine: Place, number: int) -> RuleChange:
    return change_numbered(session(), county=mine, number=number) or abort(404)


def _page(key: str, place: Place, mine: Place, on: date) -> RulePage:
    names = amount_names(session())
    return rule_page(session(), key=key, place=place, county=mine, on=on, names=names) or abort(404)


def _proposal(change: RuleChange) -> Proposal:
    return proposal_of(change, place=change.place or abort(404))


def _touches(proposal: Proposal) -> Touches:
    return touches_of(session(), proposal=proposal, on=clock.today())
