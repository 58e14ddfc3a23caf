from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

class CountVectorizer:
    def __init__(
        self,
        *,
        analyzer: str = ...,
        ngram_range: tuple[int, int] = ...,
        vocabulary: Sequence[str] | None = ...,
        binary: bool = ...,
        lowercase: bool = ...,
        dtype: type = ...,
    ) -> None: ...
    def transform(self, raw_documents: Sequence[str]) -> csr_matrix: ...
    def fit_transform(self, raw_documents: Sequence[str]) -> csr_matrix: ...
    def get_feature_names_out(self) -> np.ndarray[tuple[int], np.dtype[np.str_]]: ...

class TfidfVectorizer(CountVectorizer):
    def __init__(
        self,
        *,
        analyzer: str = ...,
        ngram_range: tuple[int, int] = ...,
        use_idf: bool = ...,
        dtype: type = ...,
    ) -> None: ...
