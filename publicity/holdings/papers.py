"""What is typed of a contract, as a frozen record, and what keeps it from the register; without a database."""

from dataclasses import dataclass
from datetime import date

from publicity.holdings.schedules import MOST_FEN, Instalment, Terms, checked_instalments, instalments
from village_lists.errors import Refusal
from village_lists.markers import N_

LONGEST_NAME, LONGEST_PARTY, LONGEST_SHORT = 120, 120, 60


@dataclass(frozen=True, kw_only=True)
class ContractPaper:
    """What a contract says. Money in fen; `terms` make the instalments where those are not typed.

    `party` is the other party, `paper_code` the number on the paper, `method` how it was awarded (交易中心, 村内公开).
    `paid_before_fen`: what was paid before the first line of the accounts in Mingbai. `holding_number`: the asset or
    resource of the same body that it is about.
    """

    title: str
    party: str
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    paper_code: str = ""
    method: str = ""
    total_fen: int | None = None
    instalments: tuple[Instalment, ...] = ()
    terms: Terms | None = None
    paid_before_fen: int = 0
    holding_number: int | None = None


def asked_by(paper: ContractPaper) -> tuple[Instalment, ...]:
    """Return the instalments that a paper asks for, by day; raise TermsUnclear for terms that give none."""
    if paper.terms is not None and not paper.instalments:
        return instalments(paper.terms)
    return checked_instalments(paper.instalments)


def check_paper(paper: ContractPaper) -> None:
    """Raise Refusal for the first thing that keeps a contract from the register."""
    if not paper.title.strip() or len(paper.title) > LONGEST_NAME:
        raise Refusal(N_("请写合同的名称，最多 %(most)s 个字"), most=LONGEST_NAME)
    if not paper.party.strip() or len(paper.party) > LONGEST_PARTY:
        raise Refusal(N_("请写合同的对方，最多 %(most)s 个字"), most=LONGEST_PARTY)
    if len(paper.paper_code) > LONGEST_SHORT or len(paper.method) > LONGEST_SHORT:
        raise Refusal(N_("合同编号和交易方式最多 %(most)s 个字"), most=LONGEST_SHORT)
    if paper.starts_on and paper.ends_on and paper.ends_on < paper.starts_on:
        raise Refusal(N_("合同的最后一天不能早于第一天"))
    if paper.ends_on and not paper.starts_on:
        raise Refusal(N_("写了最后一天，也请写合同从哪一天开始"))
    if paper.total_fen is not None and not 0 <= paper.total_fen <= MOST_FEN:
        raise Refusal(N_("合同总价不能小于零，也不能大得不合理"))
    if not 0 <= paper.paid_before_fen <= MOST_FEN:
        raise Refusal(N_("以前已付的不能小于零，也不能大得不合理"))
