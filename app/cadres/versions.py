"""A version under the clerk's hand and under review: tie lines, submit, remark, return, approve, confirm."""

import re
from collections.abc import Callable
from functools import partial

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.forms import AnswerForm, DecideForm
from app.cadres.places import me, my_version, my_village
from app.cadres.posting_pages import posting_page
from app.database import session, transaction
from app.once import once
from app.paper import PAPERS, sheet_pdf
from app.words import say
from publicity.ledgers.accounting import account_suggestions, chart_of_version, set_accounts
from publicity.ledgers.actions import tie_lines
from publicity.ledgers.previews import preview_page
from publicity.ledgers.queries import ledger_of
from publicity.ledgers.reversals import name_reversals, reversibles
from publicity.records.models import State
from publicity.workflow import actions
from publicity.workflow.version_pages import VersionPage, version_page
from village_lists.errors import NotAllowed, Refusal
from village_lists.periods import Period
from village_lists.powers.queries import adoption_of, items_of

LINE_NUMBER = re.compile(r"[0-9]{1,6}")


@cadres.get("/desk/<village:village>/versions/<key:key>")
@open_to(Audience.CADRES)
def show_version(village: str, key: str) -> str:
    """Show a version as this person may treat it: lines with items, remarks, what stops it, the next step."""
    place = my_village(village)
    page = version_page(session(), version=my_version(place, key), person=me(), on=clock.today())
    if page.ledger is None:
        return posting_page(place, page)
    return render_template(
        "cadres/show_version.html",
        village=place,
        page=page,
        person=me(),
        form=DecideForm(),
        answer=AnswerForm(formdata=None),
        fund_rows=range(1, max(4, len(page.ledger.funds) + 2)),
        **_accounts(page),
    )


def _accounts(page: VersionPage) -> dict[str, object]:
    """Return what a clerk chooses of: the chart of accounts, what is suggested of it, what a line may take back.

    No chart where nobody chooses, or no rule names one.
    """
    nothing: dict[str, object] = {"chart": None, "suggested_accounts": {}, "reversibles": {}}
    if page.ledger is None or page.version.state != State.DRAFT or not page.is_clerk:
        return nothing
    body, entries = page.record.body, page.ledger.entries
    nothing["reversibles"] = reversibles(session(), body=body, period=Period.parse(page.record.period), entries=entries)
    try:
        chart = chart_of_version(session(), version=page.version)
    except Refusal:
        return nothing
    names = {item.code: item.name for item in page.items}
    found = account_suggestions(session(), body=body, entries=entries, chart=chart, items=names)
    return {**nothing, "chart": chart, "suggested_accounts": found}


@cadres.post("/desk/<village:village>/versions/<key:key>/ties")
@open_to(Audience.CLERKS)
@once
def tie_items(village: str, key: str) -> Answer:
    """Name what each line was for: item, matter, contract, debt."""
    _tie(village, key)
    flash(_("已保存"))
    return _back(village, key)


@cadres.post("/desk/<village:village>/versions/<key:key>/submit")
@open_to(Audience.CLERKS)
@once
def submit(village: str, key: str) -> Answer:
    """Keep the items chosen, then send the draft to review."""
    _tie(village, key)
    return take_step(village, key, actions.submit, _("已提交，等待审核"))


@cadres.post("/desk/<village:village>/versions/<key:key>/approve")
@open_to(Audience.REVIEWERS)
@once
def approve(village: str, key: str) -> Answer:
    """The head of the supervision committee agrees."""
    return take_step(village, key, actions.approve, _("已审核同意"))


@cadres.post("/desk/<village:village>/versions/<key:key>/confirm")
@open_to(Audience.REVIEWERS)
@once
def confirm(village: str, key: str) -> Answer:
    """The secretary signs it off."""
    return take_step(village, key, actions.confirm, _("已签发"))


@cadres.post("/desk/<village:village>/versions/<key:key>/return")
@open_to(Audience.REVIEWERS)
@once
def send_back(village: str, key: str) -> Answer:
    """Return it to the clerk with remarks on lines."""
    deed = partial(actions.send_back, note=request.form.get("note", ""), remarks=_numbered("remark-"))
    return take_step(village, key, deed, _("已退回给报账员"))


@cadres.post("/desk/<village:village>/versions/<key:key>/remarks")
@open_to(Audience.REVIEWERS)
@once
def remark(village: str, key: str) -> Answer:
    """A member of the supervision committee remarks on lines, or on the whole."""
    deed = partial(actions.add_remarks, remarks=_numbered("remark-"), note=request.form.get("note", ""))
    return take_step(village, key, deed, _("意见已记下"))


@cadres.post("/desk/<village:village>/versions/<key:key>/remarks/<int:number>/answer")
@open_to(Audience.CLERKS)
@once
def answer_remark(village: str, key: str, number: int) -> Answer:
    """The clerk answers a remark."""
    deed = partial(actions.answer_remark, number=number, words=request.form.get("words", ""))
    return take_step(village, key, deed, _("答复已记下"))


@cadres.get("/desk/<village:village>/versions/<key:key>/preview")
@open_to(Audience.CADRES)
def preview_month(village: str, key: str) -> str | Answer:
    """Show a version as residents would see it."""
    place = my_village(village)
    version = my_version(place, key)
    if ledger_of(session(), version=version) is None:
        return redirect(url_for(".preview_posting", village=village, key=key), 303)
    page = preview_page(session(), version=version)
    return render_template(
        "cadres/preview_month.html",
        village=place,
        version=version,
        period=Period.parse(version.record.period),
        page=page,
        code=None,
        photos=(),
        against=None,
    )


@cadres.get("/desk/<village:village>/versions/<key:key>/sheet.pdf")
@open_to(Audience.CADRES)
def download_sheet(village: str, key: str) -> Response:
    """Give the sheet of a version, on A3 or A4; only a published one carries a code."""
    place = my_village(village)
    paper = PAPERS.get(request.args.get("paper", "A3")) or abort(404)
    pdf = sheet_pdf(session(), version=my_version(place, key), on=clock.today(), paper=paper)
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f"inline; filename={key}.pdf"})


def _numbered(prefix: str) -> dict[int, str]:
    """Return the texts of fields named with a prefix and a line number, such as remark-3."""
    return {
        int(name.removeprefix(prefix)): words
        for name, words in request.form.items()
        if name.startswith(prefix) and LINE_NUMBER.fullmatch(name.removeprefix(prefix))
    }


def _tie(village: str, key: str) -> None:
    """Keep what the form names for its lines, where it names any."""
    ties = _numbered("line-")
    if not ties:
        return
    with transaction() as write:
        place = my_village(village)
        adoption = adoption_of(write, village=place)
        known = {item.code for item in items_of(write, version_id=adoption.version_id)} if adoption else set()
        version = my_version(place, key)
        tie_lines(
            write,
            version=version,
            ties=ties,
            known=frozenset(known),
            revision=_revision(),
            by=me(),
            now=clock.now(),
            matters=_chosen("matter-"),
            contracts=_chosen("contract-"),
            debts=_chosen("debt-"),
        )
        name_reversals(
            write,
            version=version,
            named=_numbered("reverses-"),
            revision=version.revision,
            by=me(),
            now=clock.now(),
        )
        accounts = _numbered("account-")
        if accounts:
            set_accounts(write, version=version, accounts=accounts, revision=version.revision, by=me(), now=clock.now())


def _chosen(prefix: str) -> dict[int, int | None]:
    """Return the public numbers chosen in fields named with a prefix and a line number; None where nothing was."""
    return {line: int(number) if LINE_NUMBER.fullmatch(number) else None for line, number in _numbered(prefix).items()}


def take_step(village: str, key: str, deed: Callable[..., object], done: str) -> Answer:
    """Take a step as the person signed in, over what that person saw; tell what stands in the way on the page.

    Only what may be mended there comes back as a message; what is forbidden is refused (403).
    """
    try:
        with transaction() as write:
            seen = actions.Seen(revision=_revision())
            deed(write, version=my_version(my_village(village), key), by=me(), now=clock.now(), seen=seen)
    except NotAllowed:
        raise
    except Refusal as refusal:
        flash(say(refusal.words, refusal.values), "mistake")
        for problem in getattr(refusal, "problems", ()):
            flash(say(problem.words, problem.values), "mistake")
    else:
        flash(done)
    return _back(village, key)


def _back(village: str, key: str) -> Answer:
    return redirect(url_for(".show_version", village=village, key=key), 303)


def _revision() -> int:
    return request.form.get("revision", 0, int)
