"""The grouping of near-duplicate messages, so that no fold is tested on a twin of what it learnt."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]

SAME_TRIGRAMS = 0.6
"""Cosine of counted character 3-grams from which two messages are twins."""

SAME_PAIRS = 0.4
"""Cosine of weighted character pairs from which they are, too: a word-segmented twin has lost its stop words."""

FOLDS = 5
_BLOCK = 500


def group(texts: Sequence[str]) -> "Numbers":
    """Give each text the number of its group of near-duplicates: equal numbers for twins, twins of twins included."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer

    counted = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), use_idf=False, dtype=np.float32)
    weighted = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), dtype=np.float32)
    texts = [text or "-" for text in texts]
    links = [*_links(counted.fit_transform(texts), SAME_TRIGRAMS), *_links(weighted.fit_transform(texts), SAME_PAIRS)]
    links += [(a, b) for a, b in _same_start(texts)]
    at = np.array(links, dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(at), dtype=np.float32)
    graph = coo_matrix((ones, (at[:, 0], at[:, 1])), shape=(len(texts), len(texts)))
    numbers: Numbers = connected_components(graph, directed=False)[1].astype(np.int64)
    return numbers


def folds(groups: "Numbers", labels: "Numbers") -> "Numbers":
    """Deal the groups out to the folds, each label evenly; always the same way."""
    import numpy as np
    from sklearn.model_selection import StratifiedGroupKFold

    dealt = np.zeros(len(labels), dtype=np.int64)
    dealer = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for number, (_, held) in enumerate(dealer.split(np.zeros(len(labels)), labels, groups)):
        dealt[held] = number
    return dealt


def _links(rows: "csr_matrix", least: float) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start in range(0, rows.shape[0], _BLOCK):
        near = (rows[start : start + _BLOCK] @ rows.T).tocoo()
        close = (near.data >= least) & (near.row + start < near.col)
        found += zip((near.row[close] + start).tolist(), near.col[close].tolist(), strict=True)
    return found


def _same_start(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Link messages that open with the same 24 characters: one matter, told twice at different length."""
    ordered = sorted(range(len(texts)), key=lambda at: texts[at])
    return [(a, b) for a, b in pairwise(ordered) if texts[a][:24] == texts[b][:24]]
