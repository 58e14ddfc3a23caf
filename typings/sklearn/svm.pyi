import numpy as np
from scipy.sparse import csr_matrix

class LinearSVC:
    coef_: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    intercept_: np.ndarray[tuple[int], np.dtype[np.float64]]
    def __init__(self, *, C: float = ..., random_state: int | None = ...) -> None: ...
    def fit(
        self,
        X: csr_matrix,
        y: np.ndarray[tuple[int], np.dtype[np.int64]],
        sample_weight: np.ndarray[tuple[int], np.dtype[np.float64]] | None = ...,
    ) -> LinearSVC: ...
