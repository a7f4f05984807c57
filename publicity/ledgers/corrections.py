"""What a correction changed, line by line, in sentences; over masked lines, so that no private name comes out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publicity.ledgers.public_lines import PublicLine
from village_lists.amounts import yuan
from village_lists.markers import N_


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One change as a marked sentence and what fills its gaps."""

    words: str
    values: dict[str, str]


def differences(before: Sequence[PublicLine], after: Sequence[PublicLine]) -> list[Difference]:
    """Return what changed from one version's lines to the next, paired by voucher; in the order of the new lines."""
    old = dict(_keyed(before))
    found: list[Difference] = []
    for key, line in _keyed(after):
        former = old.pop(key, None)
        found += [_added(line)] if former is None else list(_changes(former, line))
    return found + [_removed(line) for line in old.values()]


def _keyed(lines: Iterable[PublicLine]) -> Iterator[tuple[tuple[str, bool, int], PublicLine]]:
    """Pair a line by its voucher and side; of several with one voucher the first answers to the first."""
    seen: dict[tuple[str, bool], int] = {}
    for line in lines:
        key = (line.voucher, line.income_fen != 0)
        seen[key] = seen.get(key, 0) + 1
        yield (*key, seen[key]), line


def _named(line: PublicLine) -> dict[str, str]:
    return {"voucher": line.voucher, "summary": line.summary, "amount": yuan(line.fen)}


def _added(line: PublicLine) -> Difference:
    return Difference(words=N_("增加一笔：%(summary)s，%(amount)s 元（凭证 %(voucher)s）"), values=_named(line))


def _removed(line: PublicLine) -> Difference:
    return Difference(words=N_("去掉一笔：%(summary)s，%(amount)s 元（凭证 %(voucher)s）"), values=_named(line))


def _changes(former: PublicLine, line: PublicLine) -> Iterator[Difference]:
    def told(words: str, before: str, after: str) -> Difference:
        return Difference(words=words, values={**_named(line), "before": before, "after": after})

    if former.fen != line.fen:
        words = N_("「%(summary)s」（凭证 %(voucher)s）的金额由 %(before)s 元改为 %(after)s 元")
        yield told(words, yuan(former.fen), yuan(line.fen))
    if former.summary != line.summary:
        words = N_("凭证 %(voucher)s 的用途由「%(before)s」改为「%(after)s」")
        yield told(words, former.summary, line.summary)
    if former.payee != line.payee:
        words = N_("「%(summary)s」（凭证 %(voucher)s）的对方由「%(before)s」改为「%(after)s」")
        yield told(words, former.payee, line.payee)
    elif former.payee_digest != line.payee_digest:
        yield told(N_("「%(summary)s」（凭证 %(voucher)s）的对方换了人，姓名不公开"), "", "")
    if former.day != line.day:
        words = N_("「%(summary)s」（凭证 %(voucher)s）的日期由 %(before)s 改为 %(after)s")
        yield told(words, former.day.isoformat(), line.day.isoformat())
    if former.item_code != line.item_code:
        words = N_("「%(summary)s」（凭证 %(voucher)s）对应的事项由「%(before)s」改为「%(after)s」")
        yield told(words, former.item_name or "—", line.item_name or "—")
    if former.matter_number != line.matter_number:
        words = N_("「%(summary)s」（凭证 %(voucher)s）用在的事由「%(before)s」改为「%(after)s」")
        yield told(words, former.matter_title or "—", line.matter_title or "—")
