"""How much the guard finds and how often it is wrong, on both generators; how long it takes over hostile texts."""

from datetime import date
from random import Random
from time import process_time
from types import ModuleType

import pytest

from publicity.privacy.guard import exposures
from tests.publicity.privacy import blind, generator
from tests.publicity.privacy.blind_patterns import ORDINARY
from tests.publicity.privacy.measure import ON, judged

SIGNS = 100_000


@pytest.mark.parametrize("maker", [generator, blind], ids=["beside", "blind"])
@pytest.mark.parametrize("seed", [20261122, 31])
def test_recall_and_precision(maker: ModuleType, seed: int) -> None:
    """Recall is at least 99 % over all disguises together, precision at least 95 % over ordinary rows."""
    random = Random(seed)
    figures = judged(maker.hidden(random, 600), maker.ordinary(random, 4_000))
    assert figures.recall >= 0.99, figures.missed
    assert figures.precision >= 0.95, figures.mistaken


def test_the_blind_rows_are_many_and_the_seed_decides() -> None:
    """At least 150 kinds of ordinary rows; the same seed gives the same texts, another seed others."""
    assert len(set(ORDINARY)) >= 150
    first, again, other = (blind.hidden(Random(seed), 50) for seed in (1, 1, 2))
    assert first == again != other


def seconds(text: str, on: date = ON) -> float:
    """Return the computing time of the quickest of three judgements."""
    taken = []
    for _ in range(3):
        start = process_time()
        exposures(text, on=on)
        taken.append(process_time() - start)
    return min(taken)


@pytest.mark.parametrize("sign", ["a", "(", "（", "[(", " ", "\u200b"])
def test_long_texts_without_figures_are_judged_at_once(sign: str) -> None:
    """A hundred thousand signs take no longer than a tenth of a second (security.md W09)."""
    assert seconds((sign * SIGNS)[:SIGNS]) < 0.1


@pytest.mark.parametrize(
    "piece", ["1", "138 1234 ", "13812345678,", "癌", "残疾", "王小宝，", "后四位", "1.50 ", "2015年"]
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    """Ten times the text takes about ten times as long, not a hundred times."""
    short, long = (seconds((piece * count)[:count]) for count in (3_000, 30_000))
    assert long < 35 * max(short, 0.001)
