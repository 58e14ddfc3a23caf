"""The city in which every journey is played."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.city import QUICK, City, founded
from workstation.bootstrap import read_library
from workstation.desk import session
from workstation.desk.library import Library


@pytest.fixture(scope="session")
def library() -> Library:
    return read_library()


@pytest.fixture
def city(tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    # The consoles' verifiers are real but cheap: half of all the time would go into them.
    monkeypatch.setattr(session, "_verifier", QUICK.hash)
    with founded(tmp_path, library) as made:
        yield made
