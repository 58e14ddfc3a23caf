"""What a site says of its Asterisk exchange: where it is, and which phone stands at which seat."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from workstation.adapters.asterisk_link import Manager
from workstation.domain.errors import InvalidValue
from workstation.domain.identity import SEAT_FORM
from workstation.domain.self_test import AgreedWindow
from workstation.protocol.codec import decode_toml

_ENDPOINT: Final = r"[A-Za-z0-9_-]{1,64}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerSettings:
    """The manager interface; the secret stands in a file of its own, which only the bridge may read."""

    host: str = "127.0.0.1"
    port: int = 5038
    user: str = "control"
    secret_file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AsteriskSite:
    """An exchange and its seats.

    Args:
        trunk: The endpoint through which numbers are dialled.
        seats: The endpoint of each seat's phone.
        self_test: When the directory's lines may be dialled for a test.
    """

    manager: ManagerSettings
    trunk: str = "city"
    seats: dict[str, str] = field(default_factory=dict)
    self_test: AgreedWindow | None = None

    def account(self) -> Manager:
        """Return whom to sign in as.

        Raises:
            InvalidValue: The secret cannot be read or is empty.
        """
        path = Path(self.manager.secret_file).expanduser()
        try:
            secret = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as e:
            raise InvalidValue("secret_file", "unreadable", path=str(path)) from e
        if not secret:
            raise InvalidValue("secret_file", "empty", path=str(path))
        return Manager(self.manager.host, self.manager.port, self.manager.user, secret)

    def phones(self) -> dict[str, str]:
        """Return what the exchange dials for each seat."""
        return {seat: f"PJSIP/{endpoint}" for seat, endpoint in self.seats.items()}


def read_site(path: Path) -> AsteriskSite:
    """Read a site's description of its exchange.

    Raises:
        InvalidValue: It cannot be read, has another shape, or names a seat or a phone in a form that is none.
    """
    try:
        site = decode_toml(path.read_bytes(), AsteriskSite)
    except OSError as e:
        raise InvalidValue("exchange", "unreadable", path=str(path)) from e
    except InvalidValue as e:
        raise InvalidValue("exchange", "wrong_shape", path=str(path), **e.facts) from e
    if not site.seats:
        raise InvalidValue("seats", "empty", path=str(path))
    for seat, endpoint in site.seats.items():
        if not re.fullmatch(SEAT_FORM, seat):
            raise InvalidValue("seats", "wrong_form", path=str(path), detail=seat)
        _check_endpoint("seats", endpoint, path)
    _check_endpoint("trunk", site.trunk, path)
    return site


def _check_endpoint(where: str, name: str, path: Path) -> None:
    if not re.fullmatch(_ENDPOINT, name):
        raise InvalidValue(where, "wrong_form", path=str(path), detail=name)
