"""Vectors as the rows of one matrix, so that a search is one product."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]


def matrix(vectors: Sequence[Any], dimension: int) -> Vector:
    """Rows in order; what has no vector yet is a row of zeros and near to nothing."""
    rows = np.zeros((len(vectors), dimension), dtype=np.float32)
    for place, vector in enumerate(vectors):
        if vector is not None:
            rows[place] = vector
    return rows
