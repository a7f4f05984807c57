"""Money in words for people: whole fen in, Chinese figures out. Reading amounts belongs to the import of ledgers."""

from dataclasses import dataclass

from village_lists.markers import N_

FEN_PER_YUAN = 100
FEN_PER_WAN = 10_000 * FEN_PER_YUAN


@dataclass(frozen=True, slots=True)
class Change:
    """How an amount changed: a marked sentence with the gap `percent`, and what fills it."""

    words: str
    values: dict[str, str]

    def __str__(self) -> str:
        """Return the Chinese sentence with its gap filled."""
        return self.words % self.values


def yuan(fen: int) -> str:
    """Return fen as yuan with two places and commas: 7050000 gives 70,500.00, -5 gives -0.05."""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def wan(fen: int) -> str:
    """Return fen as people say it: 7.05万元, half a hundred yuan rounded up; below one wan exactly, as 412.60元."""
    if abs(fen) < FEN_PER_WAN:
        return f"{yuan(fen)}元"
    hundredths = _rounded(abs(fen) * 100, FEN_PER_WAN)
    figure = f"{hundredths // 100:,}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return f"{'-' if fen < 0 else ''}{figure}万元"


def exact(fen: int) -> str:
    """Return a limit as people say it, never rounded: 5万元, 1.5万元, 5,000元, 123.45元."""
    if abs(fen) >= FEN_PER_WAN and fen % (FEN_PER_WAN // 100) == 0:
        return wan(fen)
    return f"{yuan(fen).removesuffix('.00')}元"


def change(before_fen: int, after_fen: int) -> Change:
    """Return how `after_fen` stands against `before_fen`, to a tenth of a percent; no percentage from zero or less."""
    if before_fen == after_fen:
        return Change(N_("与上期相同"), {})
    if before_fen == 0:
        return Change(N_("上期没有"), {})
    if before_fen < 0:
        return Change(N_("上期是负数，不能按百分比比较"), {})
    tenths = _rounded(abs(after_fen - before_fen) * 1000, before_fen)
    if tenths == 0:
        return Change(N_("与上期基本相同"), {})
    words = N_("比上期多%(percent)s") if after_fen > before_fen else N_("比上期少%(percent)s")
    return Change(words, {"percent": f"{tenths // 10:,}.{tenths % 10}%"})


def _rounded(numerator: int, denominator: int) -> int:
    """Return the quotient of two positive integers, halves rounded up, without passing through floats."""
    return (2 * numerator + denominator) // (2 * denominator)
