"""Lines as the open web, JSON and CSV show them: private names masked, officials and organisations in full."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from publicity.privacy.masking import mask_payee, mask_text, names_in

Named = tuple[int | None, str, str]
NO_MATTER: Named = (None, "", "")


@dataclass(frozen=True, kw_only=True)
class PublicLine:
    """A line as residents may read it; `payee_digest` tells two masked payees apart without naming them.

    The matter that it was for: its public number (None: none), its code (A04-2026-03) and its title. `reverses_period`
    and `reverses_voucher` name the line that a negative one takes back, both "" where it names none.
    """

    line: int
    day: date
    voucher: str
    summary: str
    payee: str
    income_fen: int
    spending_fen: int
    item_code: str
    item_name: str
    category: str
    payee_digest: int = 0
    matter_number: int | None = None
    matter_code: str = ""
    matter_title: str = ""
    reverses_period: str = ""
    reverses_voucher: str = ""

    @property
    def fen(self) -> int:
        """Return the amount, on whichever side it stands."""
        return self.income_fen or self.spending_fen


def masked(
    rows: Sequence[Any],
    *,
    items: Mapping[str, tuple[str, str]],
    officials: frozenset[str],
    organisations: frozenset[str],
    matters: Mapping[int, Named] | None = None,
) -> Iterator[PublicLine]:
    """Yield each row (with the columns of Entry) as a public line; `items` gives name and class by item code.

    `matters` gives by id what the line was for: number, code and title.

    A private name is masked in the purpose of every line of the rows, not only of its own.
    """
    private = {row.payee: names_in(row.payee, officials=officials, organisations=organisations) for row in rows}
    everybody = {name for names in private.values() for name in names}
    for row in rows:
        name, category = items.get(row.item_code, ("", ""))
        number, code, title = (matters or {}).get(row.matter_id, NO_MATTER)
        period, _, voucher = row.reverses.partition("/")
        named = [*private[row.payee], *(one for one in everybody if one in row.summary)]
        yield PublicLine(
            line=row.line,
            day=row.happened_on,
            voucher=row.voucher,
            summary=mask_text(row.summary, named, officials=officials),
            payee=mask_payee(row.payee, officials=officials, organisations=organisations),
            income_fen=row.income_fen,
            spending_fen=row.spending_fen,
            item_code=row.item_code if name else "",
            item_name=name,
            category=row.kind or category,
            payee_digest=hash(row.payee),
            matter_number=number,
            matter_code=code,
            matter_title=title,
            reverses_period=period,
            reverses_voucher=voucher,
        )
