"""Interleaved timing: baseline and subject in turn, medians and their ratio."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 9


@dataclass(frozen=True)
class Ratio:
    """Median milliseconds of process time of the baseline and of the subject, and subject ÷ baseline."""

    baseline_ms: float
    subject_ms: float

    @property
    def ratio(self) -> float:
        """Return subject ÷ baseline."""
        return self.subject_ms / self.baseline_ms


def compare(baseline: Callable[[], object], subject: Callable[[], object], runs: int = RUNS) -> Ratio:
    """Run both in turn, once to warm up and `runs` times to count."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(runs + 1):
        for kept, deed in zip(times, (baseline, subject), strict=True):
            start = time.process_time()
            deed()
            if turn:
                kept.append((time.process_time() - start) * 1000)
    return Ratio(statistics.median(times[0]), statistics.median(times[1]))
