"""Installs the site kit: the exchange's configuration, filled in, and the file with which the bridge finds it."""

import re
import secrets
import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import pi, sin
from pathlib import Path
from typing import Final

from workstation.domain.errors import InvalidValue
from workstation.domain.identity import SEAT_FORM

SITES_OWN: Final = ("pjsip_site.conf", "extensions_site.conf")
FOLDERS: Final = ("etc", "lib", "log", "run", "spool/monitor", "spool/tmp", "sounds/hold", "sounds/wait")
_PLACEHOLDER: Final = re.compile(r"@([A-Z_]+)@")
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FOLDER: Final = re.compile(r"[\w/.+@~-]+")
_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}")
_CONTACT: Final = re.compile(r"sips?:[A-Za-z0-9+_.-]*@?[A-Za-z0-9.-]+(:[0-9]{1,5})?")
_RATE: Final = 8000
_PITCH_HZ: Final = {"hold": 440, "wait": 350}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What the exchange of a site is to be.

    Args:
        root: The folder that it gets.
        modules: Where the package put Asterisk's modules, and *data* its data.
        seats: The endpoint of each seat's phone.
        lines: The SIP address of each partner's own line, by endpoint.
        trunk: Its endpoint and SIP address.
        certificate: With its key: seats' phones register over TLS, and their sound is encrypted.
    """

    root: Path
    modules: Path
    data: Path
    address: str
    seats: Mapping[str, str]
    lines: Mapping[str, str]
    trunk: tuple[str, str]
    sip_port: int = 5060
    tls_port: int = 5061
    sound_from: int = 10000
    manager_port: int = 5038
    certificate: tuple[Path, Path] | None = None

    def check(self) -> None:
        """Let nothing pass that would be another line of configuration.

        Raises:
            InvalidValue: An address or a name in a form that is none, or a folder that Asterisk's files cannot name.
        """
        for folder in (self.root, self.modules, self.data):
            if not _FOLDER.fullmatch(str(folder)):
                raise InvalidValue("folder", "wrong_form", detail=str(folder))
        if not _HOST.fullmatch(self.address):
            raise InvalidValue("address", "wrong_form", detail=self.address)
        for seat, endpoint in self.seats.items():
            if not re.fullmatch(SEAT_FORM, seat) or not _NAME.fullmatch(endpoint):
                raise InvalidValue("seats", "wrong_form", detail=f"{seat}={endpoint}")
        for endpoint, contact in (*self.lines.items(), self.trunk):
            if not _NAME.fullmatch(endpoint) or not _CONTACT.fullmatch(contact):
                raise InvalidValue("lines", "wrong_form", detail=f"{endpoint}={contact}")


def install(kit: Kit, source: Path) -> tuple[Path, ...]:
    """Write the kit from *source* and return which files of the site were there already and stay as they are.

    Run again it brings the next version of the kit: the site's own files, passwords and sounds are never replaced.

    Raises:
        InvalidValue: An address or a name in a form that is none.
        OSError: The folder cannot be written.
    """
    kit.check()
    for name in FOLDERS:
        (kit.root / name).mkdir(parents=True, exist_ok=True)
    secret = _secret(kit.root / "control.secret")
    words = _words(kit, secret)
    own = {"pjsip_site.conf": "\n".join(_phones(kit)), "extensions_site.conf": _seats(kit)}
    for path in source.glob("*.conf"):
        if path.name not in SITES_OWN:
            text = _PLACEHOLDER.sub(lambda found: words[found[1]], path.read_text(encoding="utf-8"))
            _write(kit.root / "etc" / path.name, text)
    kept = [path for path in (kit.root / "etc" / name for name in own) if path.exists()]
    for name, text in own.items():
        if kit.root / "etc" / name not in kept:
            _write(kit.root / "etc" / name, text)
    description = kit.root / "exchange.toml"
    if description.exists():
        kept.append(description)
    else:
        _write(description, _description(kit))
    for name, pitch in _PITCH_HZ.items():
        if not any((kit.root / "sounds" / name).iterdir()):
            _hum(kit.root / "sounds" / name / "placeholder.wav", pitch)
    return tuple(kept)


def _words(kit: Kit, secret: str) -> dict[str, str]:
    most = 2 * (len(kit.seats) + len(kit.lines)) + 100  # two ports for each phone, and as many again for the trunk
    return {
        "ROOT": str(kit.root),
        "MODULES": str(kit.modules),
        "DATA": str(kit.data),
        "SOUNDS": str(kit.root / "sounds"),
        "ADDRESS": kit.address,
        "SIP_PORT": str(kit.sip_port),
        "AMI_ADDRESS": "127.0.0.1",
        "AMI_FROM": "127.0.0.1",
        "AMI_PORT": str(kit.manager_port),
        "AMI_SECRET": secret,
        "RTP_FROM": str(kit.sound_from),
        "RTP_TO": str(kit.sound_from + 2 * most - 1),
    }


def _phones(kit: Kit) -> Iterator[str]:
    """Return the site's own phones, each seat's with a password of its own."""
    yield "; The site's own phones, lines and trunk. The kit never replaces this file."
    secure = ""
    if kit.certificate is not None:
        certificate, key = kit.certificate
        secure = "transport = voice-tls\nmedia_encryption = sdes\n"
        yield (
            f"[voice-tls]\ntype = transport\nprotocol = tls\nbind = {kit.address}:{kit.tls_port}\n"
            f"cert_file = {certificate}\npriv_key_file = {key}\nca_list_file = {certificate}\nmethod = tlsv1_2\n"
        )
    for name in kit.seats.values():
        yield (
            f"[{name}](seat)\n{secure}aors = {name}\nauth = {name}\n"
            f"[{name}]\ntype = auth\nauth_type = userpass\nusername = {name}\npassword = {secrets.token_hex(16)}\n"
            f"[{name}]\ntype = aor\nmax_contacts = 1\nremove_existing = yes\nqualify_frequency = 5\n"
        )
    for name, contact in kit.lines.items():
        yield f"[{name}](line)\naors = {name}\n{_place(name, contact, 30)}"
    name, contact = kit.trunk
    yield f"[{name}](trunk)\naors = {name}\n{_place(name, contact, 10)}"


def _place(name: str, contact: str, look_every_s: int) -> str:
    host = contact.rpartition("@")[2].removeprefix("sip:").removeprefix("sips:").partition(":")[0]
    where = f"[{name}]\ntype = aor\ncontact = {contact}\nqualify_frequency = {look_every_s}\n"
    return f"{where}[{name}]\ntype = identify\nendpoint = {name}\nmatch = {host}\n"


def _seats(kit: Kit) -> str:
    phones = "&".join(f"PJSIP/{name}" for name in kit.seats.values())
    return (
        "; Every seat's phone: what rings when there is no control program.\n"
        f"SEATS={phones}\n"
        "; The header in which the network hands over where a caller is, as text in UTF-8.\n"
        "LOCATION_HEADER=X-Caller-Location\n"
    )


def _description(kit: Kit) -> str:
    seats = "".join(f'"{seat}" = "{endpoint}"\n' for seat, endpoint in kit.seats.items())
    manager = f'[manager]\nport = {kit.manager_port}\nuser = "control"\nsecret_file = "{kit.root}/control.secret"\n'
    return f'trunk = "{kit.trunk[0]}"\n{manager}[seats]\n{seats}'


def _secret(path: Path) -> str:
    if not path.exists():
        _write(path, secrets.token_hex(16))
    return path.read_text(encoding="utf-8").strip()


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner reads: most of these hold a password."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text, encoding="utf-8")


def _hum(path: Path, pitch_hz: int) -> None:
    """Write a soft tone of two seconds and a pause: a silence would be taken for a dead line."""
    loud = (int(1500 * sin(2 * pi * pitch_hz * n / _RATE)) for n in range(2 * _RATE))
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE)
        sound.writeframes(b"".join(one.to_bytes(2, "little", signed=True) for one in loud) + bytes(2 * _RATE))
