"""Linear models over hashed features, and their scores on pages that they have not seen."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import SGDClassifier

from cleaning.classifier.linear import Linear

from .samples import Sample

# A feature is known when so many sites have it.
SITES = 4

# Parts in which the pages are scored by a model of the others.
PARTS = 4

_REGULARISATION, _EPOCHS = 2e-6, 6

# Weights closer to 0 are left out of what ships.
_SMALLEST = 0.02


def fit(samples: Sequence[Sample], table: int) -> Linear:
    """Return a linear model of one of the tables of hashed features."""
    known = _known(samples, table)
    rows = [sample.hashed[table] for sample in samples]
    matrix = _matrix(rows, known)
    wanted = np.concatenate([sample.share for sample in samples]) > 0.5
    weights = np.concatenate([line_weights(sample) for sample in samples])
    model = SGDClassifier(
        loss="log_loss", alpha=_REGULARISATION, max_iter=_EPOCHS, tol=None, average=True, random_state=0
    )
    model.fit(matrix, wanted, sample_weight=weights / weights.mean())
    return Linear(known, np.append(model.coef_[0], 0).astype(np.float32), float(model.intercept_[0]))


def score_out_of_fold(samples: Sequence[Sample], to_fit: Sequence[Sample]) -> None:
    """Give each sample the scores of models that were fitted without its site."""
    for part in range(PARTS):
        others = [sample for sample in to_fit if _part(sample.site) != part]
        models = [fit(others, table) for table in range(len(others[0].hashed))]
        score([sample for sample in samples if _part(sample.site) == part], models)


def score(samples: Sequence[Sample], models: Sequence[Linear]) -> None:
    """Give each sample the scores of these models."""
    for sample in samples:
        scores = [model.score(ids) for model, ids in zip(models, sample.hashed, strict=True)]
        sample.scores = np.stack(scores, axis=1)


def smaller(model: Linear) -> Linear:
    """Return a model without the weights that hardly count."""
    kept = np.abs(model.weights[:-1]) >= _SMALLEST
    return Linear(model.known[kept], np.append(model.weights[:-1][kept], 0).astype(np.float32), model.bias)


def line_weights(sample: Sample) -> NDArray[np.float64]:
    """Return how much each line counts: every page as much as another, and long lines a little less than by tokens."""
    weights = np.maximum(sample.sizes, 0.5).astype(np.float64) ** 0.8
    return weights / weights.sum()


def _part(site: str) -> int:
    return int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % PARTS


def _known(samples: Sequence[Sample], table: int) -> NDArray[np.uint64]:
    by_site = defaultdict(list)
    for sample in samples:
        by_site[sample.site].append(np.unique(sample.hashed[table]))
    sites: Counter[int] = Counter()
    for found in by_site.values():
        sites.update(np.unique(np.concatenate(found)).tolist())
    return np.array(sorted(code for code, count in sites.items() if count >= SITES and code), np.uint64)


def _matrix(tables: Sequence[NDArray[np.uint64]], known: NDArray[np.uint64]) -> sp.csr_matrix:
    rows, columns, above = [], [], 0
    for table in tables:
        at = np.minimum(np.searchsorted(known, table), len(known) - 1)
        row, column = np.nonzero(known[at] == table)
        rows.append(row + above)
        columns.append(at[row, column])
        above += len(table)
    places = (np.concatenate(rows), np.concatenate(columns))
    matrix = sp.csr_matrix((np.ones(len(places[0]), np.float32), places), shape=(above, len(known)))
    matrix.data[:] = 1  # said twice is said
    return matrix
