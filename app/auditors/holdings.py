"""The township's page over the registers: what ends soon, what is owed, what is unclear, village by village."""

from itertools import groupby

from flask import abort, render_template

from app import clock
from app.access import Audience, open_to
from app.auditors.blueprint import auditors
from app.database import session
from app.register_pages import village_warnings
from publicity.holdings.cautions import Caution
from village_lists.markers import N_
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code, villages_of

CAUTIONS = {
    Caution.ARREARS: N_("到期没有付清"),
    Caution.EXPIRED_IN_USE: N_("合同到期还在用"),
    Caution.EXPIRING: N_("快要到期"),
    Caution.WITHOUT_CONTRACT: N_("在用，没有合同"),
    Caution.GONE_IN_USE: N_("已经处置，合同没到期"),
    Caution.IDLE: N_("闲置"),
}


@auditors.get("/audit/<township:township>/holdings")
@open_to(Audience.AUDITORS)
def show_holdings(township: str) -> str:
    """Show what the registers of all villages are to be looked at for, with sums, by village."""
    place = place_by_code(session(), code=township, level=Level.TOWNSHIP) or abort(404)
    villages, on = villages_of(session(), township=place), clock.today()
    found = village_warnings(session(), villages=villages, on=on)
    return render_template(
        "auditors/show_holdings.html",
        township=place,
        on=on,
        cautions=CAUTIONS,
        tally={one: sum(warning.caution is one for warning in found) for one in CAUTIONS},
        owed_fen=sum(warning.fen or 0 for warning in found),
        groups=[(village, list(rows)) for village, rows in groupby(found, key=lambda one: one.village)],
        quiet=[village for village in villages if village.id not in {one.village.id for one in found}],
    )
