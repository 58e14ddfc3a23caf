from typing import overload

import numpy as np

class coo_matrix:
    data: np.ndarray[tuple[int], np.dtype[np.float64]]
    row: np.ndarray[tuple[int], np.dtype[np.int64]]
    col: np.ndarray[tuple[int], np.dtype[np.int64]]
    def __init__(
        self,
        arg1: tuple[
            np.ndarray[tuple[int], np.dtype[np.float32]],
            tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]],
        ],
        shape: tuple[int, int],
    ) -> None: ...

class csr_matrix:
    shape: tuple[int, int]
    data: np.ndarray[tuple[int], np.dtype[np.float64]]
    indices: np.ndarray[tuple[int], np.dtype[np.int64]]
    T: csr_matrix
    def __init__(
        self,
        arg1: tuple[
            np.ndarray[tuple[int], np.dtype[np.float32]],
            tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]],
        ],
    ) -> None: ...
    def __getitem__(
        self, key: slice | np.ndarray[tuple[int], np.dtype[np.bool_]] | np.ndarray[tuple[int], np.dtype[np.int64]]
    ) -> csr_matrix: ...
    @overload
    def __matmul__(self, other: csr_matrix) -> csr_matrix: ...
    @overload
    def __matmul__(
        self, other: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    ) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]: ...
    def astype(self, dtype: type) -> csr_matrix: ...
    def tocoo(self) -> coo_matrix: ...
    def tocsr(self) -> csr_matrix: ...
    def multiply(self, other: csr_matrix | np.ndarray[tuple[int], np.dtype[np.float64]]) -> csr_matrix: ...
    def sum(self, axis: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]: ...
    def mean(self, axis: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]: ...
