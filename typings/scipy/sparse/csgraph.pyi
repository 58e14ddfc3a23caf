import numpy as np
from scipy.sparse import coo_matrix

def connected_components(
    csgraph: coo_matrix, directed: bool
) -> tuple[int, np.ndarray[tuple[int], np.dtype[np.int32]]]: ...
