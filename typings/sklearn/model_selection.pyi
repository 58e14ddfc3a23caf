from collections.abc import Iterator

import numpy as np

class StratifiedGroupKFold:
    def __init__(self, n_splits: int, *, shuffle: bool = ..., random_state: int | None = ...) -> None: ...
    def split(
        self,
        X: np.ndarray[tuple[int], np.dtype[np.float64]],
        y: np.ndarray[tuple[int], np.dtype[np.int64]],
        groups: np.ndarray[tuple[int], np.dtype[np.int64]],
    ) -> Iterator[
        tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]]
    ]: ...
