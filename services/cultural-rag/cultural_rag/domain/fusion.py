"""Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): orders agree by rank, whatever their scores mean."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

RANK_CONSTANT = 10
"""Smaller than the paper's 60: the corpus is small and its first places can be trusted."""

DEPTH = 50

Scores = npt.NDArray[np.float64]


def fuse(rankings: Sequence[npt.NDArray[np.floating]]) -> Scores:
    """One score per item in 0..1: 1 for what stands first in every ranking; items scored 0 or less do not rank."""
    fused = np.zeros(len(rankings[0]) if rankings else 0)
    for scores in rankings:
        best = first(scores, DEPTH)
        best = best[scores[best] > 0]
        fused[best] += 1 / (RANK_CONSTANT + 1 + np.arange(len(best)))
    return fused * (RANK_CONSTANT + 1) / max(len(rankings), 1)


def first(scores: npt.NDArray[np.floating], count: int) -> npt.NDArray[np.intp]:
    """Places of the highest scores, best first; of equals the earlier one."""
    return np.argsort(-scores, kind="stable")[:count]
