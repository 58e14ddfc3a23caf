"""What a site sets: read once from TOML at the start, then handed on, never fetched."""

import os
import re
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from workstation.domain.errors import InvalidValue
from workstation.domain.identity import SEAT_FORM
from workstation.protocol.codec import decode_toml

WAITS_LATE_S, WAITS_TOO_LONG_S = 60, 120
"""After how many seconds an order that waits for its approval is pointed out, and sounds."""
DRIFT_SHOWN_S = 30
"""From how many seconds on a clock that differs from the gateway's is pointed out."""

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """What one check of a password costs (argon2id); the default is RFC 9106's second choice."""

    passes: int = 3
    kibibytes: int = 65536
    lanes: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaySettings:
    """Where the transfer API is, and by which authority its certificate must be signed."""

    url: str = "http://127.0.0.1:8110"
    ca: str = ""
    connect_s: float = 3.0
    total_s: float = 10.0
    sync_every_s: float = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeSettings:
    """Where the telephony bridge is, and by which authority its certificate must be signed."""

    url: str = "http://127.0.0.1:8120"
    ca: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSettings:
    """How the window looks at the first start; later it is as its reader left it."""

    theme: Literal["night", "day", "contrast"] = "night"
    text_size: int = 0
    language: Literal["zh_CN", "en_GB"] = "zh_CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSettings:
    """How loud each sound is, 0 to 100."""

    ring_volume: int = 80
    approval_volume: int = 60
    danger_volume: int = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of it; ``data_root`` empty means the operator's own folder.

    ``seat`` empty means that whoever signs in says at which seat this console stands: a default would be the seat of
    every console that nobody configured, and two of them would read out the same numbers.
    """

    seat: str = ""
    data_root: str = ""
    telephony: Literal["manual", "simulated", "bridge"] = "manual"
    headset: Literal["none", "auto"] = "none"
    log_level: Literal["DEBUG", "INFO", "WARNING"] = "INFO"
    gateway: GatewaySettings = field(default_factory=GatewaySettings)
    bridge: BridgeSettings = field(default_factory=BridgeSettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    alarms: AlarmSettings = field(default_factory=AlarmSettings)

    def root(self, name: str) -> Path:
        """Return the data root: the one that was set, or *name* in the operator's data folder."""
        if self.data_root:
            return Path(self.data_root).expanduser()
        home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
        return Path(home).expanduser() / name


def read_settings(path: Path | None = None, *, data_root: str = "", seat: str = "") -> Settings:
    """Read the settings of a site, or the defaults; *data_root* and *seat* from the command line win.

    Raises:
        InvalidValue: The file cannot be read, says something that is no setting, or names a gateway or a bridge on
            another machine without TLS; the place is named.
    """
    settings = _read(path) if path is not None else _read(RESOURCES / "settings.default.toml")
    settings = replace(settings, data_root=data_root or settings.data_root, seat=seat or settings.seat)
    gateway = replace(settings.gateway, ca=_in_full(settings.gateway.ca))
    bridge = replace(settings.bridge, ca=_in_full(settings.bridge.ca))
    settings = replace(settings, gateway=gateway, bridge=bridge)
    if settings.seat and not re.fullmatch(SEAT_FORM, settings.seat):
        raise InvalidValue("seat", "wrong_form")
    check_private(settings.gateway.url, path=str(path or ""))
    check_private(settings.bridge.url, "bridge.url", path=str(path or ""))
    return settings


def _in_full(path: str) -> str:
    return str(Path(path).expanduser()) if path else ""


def check_private(url: str, setting: str = "gateway.url", **facts: str) -> None:
    """Refuse an address to which somebody on the way could read along.

    Raises:
        InvalidValue: It is neither TLS nor this machine itself (``needs_https``).
    """
    if not _is_private(url):
        raise InvalidValue(setting, "needs_https", detail=url, **facts)


def is_this_machine(host: str) -> bool:
    """Whether *host* can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_private(url: str) -> bool:
    """Whether nobody on the way can read along: TLS, or no way at all."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(parts.hostname or ""))


def _read(path: Path) -> Settings:
    try:
        raw = path.read_bytes()
        settings = decode_toml(raw, Settings)
        _refuse_unknown(decode_toml(raw, dict), Settings)
    except OSError as error:
        raise InvalidValue("settings", "unreadable", path=str(path)) from error
    except InvalidValue as error:
        raise InvalidValue("settings", "wrong_shape", path=str(path), **error.facts) from error
    return settings


def _refuse_unknown(table: dict[str, object], shape: type) -> None:
    """Refuse a misspelt setting: one that is silently ignored is found out at night."""
    known = {field.name: field for field in fields(shape)}
    for name, value in table.items():
        if name not in known:
            raise InvalidValue(name, "unknown_setting", detail=name)
        if isinstance(value, dict):
            _refuse_unknown(value, type(getattr(shape(), name)))
