from os import PathLike
from typing import IO, Literal, overload

class CmapSubtable:
    format: int
    cmap: dict[int, str]

class Cmap:
    tables: list[CmapSubtable]

class TTFont:
    def __init__(self, file: str | PathLike[str] | IO[bytes], *, recalcTimestamp: bool = ...) -> None: ...
    @overload
    def __getitem__(self, tag: Literal["cmap"]) -> Cmap: ...
    @overload
    def __getitem__(self, tag: str) -> object: ...
    def getBestCmap(self) -> dict[int, str]: ...
    def save(self, file: str | PathLike[str] | IO[bytes]) -> None: ...
