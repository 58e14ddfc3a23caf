"""Everything a station knows that is not a record, read from the resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workstation.settings import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path

    from workstation.desk.library import Library
    from workstation.domain.deadlines import DeadlineBook


def read_library(resources: Path = RESOURCES) -> Library:
    """Read everything a station knows that is not a record.

    Raises:
        InvalidValue: A file is missing or wrong; the facts name it.
    """
    from workstation.adapters.content_yaml import read_content
    from workstation.adapters.places_files import load_places
    from workstation.adapters.recognise_linear import LinearRecogniser
    from workstation.desk.library import Library

    content = read_content(resources)
    return Library(
        content=content,
        places=load_places(resources / "places" / "zaozhuang.json", resources / "places" / "overrides.yaml"),
        deadlines=read_deadlines(resources),
        recogniser=LinearRecogniser(resources / "models" / "categories.weights", content.categories),
        wording=content.wording,
    )


def read_deadlines(resources: Path = RESOURCES) -> DeadlineBook:
    """Read the site's limits and its calendar.

    Raises:
        InvalidValue: A file is missing or wrong; the facts name it.
    """
    from workstation.adapters.calendar_files import load_calendar, read_rules
    from workstation.domain.deadlines import DeadlineBook

    rules = read_rules(resources / "content" / "deadlines.yaml")
    return DeadlineBook(rules, load_calendar(resources / "content" / "calendars"))
