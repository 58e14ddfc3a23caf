"""The working-day tables and the limits of the site, read from their files."""

import json
from pathlib import Path

import yaml

from workstation.domain.calendar_work import WorkCalendar
from workstation.domain.calendar_year import YearTable, load_year
from workstation.domain.deadlines import DeadlineRules, load_rules
from workstation.domain.errors import InvalidValue


def load_calendar(*folders: Path) -> WorkCalendar:
    """Read every ``YYYY.json`` of the folders; a later folder replaces a year of an earlier one.

    Raises:
        InvalidValue: A table is damaged or wrong; its field begins with the file's name.
    """
    calendar = WorkCalendar(())
    for folder in folders:
        for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].json")):
            calendar = calendar.with_year(read_year(path))
    return calendar


def read_year(path: Path) -> YearTable:
    """Read one year's table.

    Raises:
        InvalidValue: The table is damaged or wrong; its field begins with the file's name.
    """
    try:
        return load_year(json.loads(path.read_bytes()))
    except ValueError as e:
        raise _named(path, e) from e


def import_year(path: Path, folder: Path) -> YearTable:
    """Check the table in *path* and keep it in *folder*, whole or not at all.

    Raises:
        InvalidValue: The table is damaged or wrong; nothing was kept.
    """
    table = read_year(path)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{table.year}.json.new"
    unfinished.write_bytes(path.read_bytes())
    unfinished.replace(folder / f"{table.year}.json")
    return table


def read_rules(path: Path) -> DeadlineRules:
    """Read the limits.

    Raises:
        InvalidValue: The file is damaged or a limit is wrong.
    """
    try:
        return load_rules(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValueError) as e:
        raise _named(path, e) from e


def _named(path: Path, error: ValueError | yaml.YAMLError) -> InvalidValue:
    if isinstance(error, InvalidValue):
        return InvalidValue(f"{path.name}: {error.field}", error.problem, **error.facts)
    return InvalidValue(path.name, "unreadable", where=str(error))
