"""How one thing compares to another that was measured in the same rounds."""

from collections.abc import Sequence
from statistics import median


def ratio(runs: Sequence[float], base: Sequence[float]) -> float:
    """Return the median of what each round's run is to the base's of that round.

    A machine is faster in one minute than in the next; within a round less so.
    """
    return median(run / other for run, other in zip(runs, base, strict=True))
