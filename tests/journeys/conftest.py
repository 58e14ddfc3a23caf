"""The city in which every journey is played."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.city import City, founded
from workstation.bootstrap.library import read_library
from workstation.desk.library import Library


@pytest.fixture(scope="session")
def library() -> Library:
    return read_library()


@pytest.fixture
def city(tmp_path: Path, library: Library) -> Iterator[City]:
    with founded(tmp_path, library) as made:
        yield made
