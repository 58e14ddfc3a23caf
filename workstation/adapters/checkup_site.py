"""The checks of what a console shares with its site: Python, content, weights, calendar, gateway, clock, bridge."""

import platform
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from workstation.adapters.calendar_files import load_calendar, read_rules
from workstation.adapters.checkup import Check, Finding, fail, ok, warn
from workstation.adapters.content_yaml import read_content, read_scenarios
from workstation.adapters.http_link import HttpLink, Site
from workstation.adapters.places_files import load_places
from workstation.adapters.recognise_linear import LinearRecogniser
from workstation.domain.calendar_work import local_day
from workstation.domain.errors import InvalidValue, WorkstationError
from workstation.protocol.codec import decode
from workstation.protocol.messages import Health
from workstation.protocol.telephony import CONTRACT, BridgeHealth
from workstation.settings import DRIFT_SHOWN_S

OLDEST_PYTHON: Final = (3, 11)


def site_checks(resources: Path, clock: Callable[[], datetime]) -> tuple[Check, ...]:
    """Return the checks of the program and of what came with it in the folder *resources*."""
    return (
        ("python", python),
        ("content", partial(content, resources)),
        ("weights", partial(weights, resources)),
        ("calendar", partial(calendar, resources, clock)),
    )


def python() -> Finding:
    """Find out whether this Python is one that we know."""
    said = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return ok(said) if sys.version_info >= OLDEST_PYTHON else fail(f"{said}; 3.11 or newer is needed")


def content(resources: Path) -> Finding:
    """Read the content pack, the places and the practice callers.

    Raises:
        InvalidValue: A file is missing or wrong.
    """
    pack = read_content(resources)
    places = load_places(resources / "places" / "zaozhuang.json", resources / "places" / "overrides.yaml")
    callers = read_scenarios(resources)
    nodes = len(pack.categories.nodes)
    return ok(f"{nodes} categories, {len(pack.sheets)} sheets, {len(places.regions)} places, {len(callers)} callers")


def weights(resources: Path) -> Finding:
    """Read the weights of the category suggestion.

    Raises:
        InvalidValue: They are missing or damaged.
    """
    file = resources / "models" / "categories.weights"
    LinearRecogniser(file, read_content(resources).categories).warm()
    return ok(f"{file.stat().st_size // 1000} kB")


def calendar(resources: Path, clock: Callable[[], datetime]) -> Finding:
    """Find out whether the working days of this year and, from November on, of the next are known.

    Raises:
        InvalidValue: A table is damaged.
    """
    read_rules(resources / "content" / "deadlines.yaml")
    known = load_calendar(resources / "content" / "calendars")
    said = f"{known.years[0]} to {known.years[-1]}" if known.years else "no year at all"
    if known.next_year_missing(local_day(clock())):
        return warn(f"{said}; import the next year's table (docs/operations.md)")
    return ok(said)


def gateway(site: Site, clock: Callable[[], datetime]) -> Finding:
    """Ask the gateway how it is and how far its clock is from ours; work goes on without it, so nothing here fails."""
    link = HttpLink(site)
    asked_at = clock()
    try:
        health = decode(link.ask("GET", "/health"), Health)
    except InvalidValue:
        return warn(f"{site.url} is no gateway of ours")
    except WorkstationError as error:
        return warn(f"{site.url} does not answer ({error}); work goes on, orders wait")
    finally:
        link.close()
    drift = abs((health.server_time - (asked_at + (clock() - asked_at) / 2)).total_seconds())
    said = f"{site.url} version {health.version}, clocks {drift:.1f} s apart"
    return ok(said) if health.ok and drift < DRIFT_SHOWN_S else warn(f"{said}{'' if health.ok else ', not well'}")


def bridge(site: Site) -> Finding:
    """Ask the telephony bridge how it is; calls are taken at the telephones without it, so nothing here fails."""
    link = HttpLink(site)
    try:
        health = decode(link.ask("GET", "/health"), BridgeHealth)
    except InvalidValue:
        return warn(f"{site.url} is no telephony bridge of ours")
    except WorkstationError as error:
        return warn(f"{site.url} does not answer ({error}); calls are taken at the telephones themselves")
    finally:
        link.close()
    said = f"{site.url} version {health.version}, {health.seats} seats connected"
    if health.version != CONTRACT:
        return warn(f"{said}; this console speaks version {CONTRACT}")
    return (
        ok(said) if health.ok else warn(f"{said}, its exchange is lost; calls are taken at the telephones themselves")
    )
