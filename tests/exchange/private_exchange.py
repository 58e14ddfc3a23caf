"""An Asterisk of the tests' own: the site kit's configuration, free ports on loopback, nothing outside its folder."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.exchange.bare_ami import BareAmi
from tests.exchange.tones import VOICES, write_tone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

WITHOUT_EXCHANGE: Final = "SKIPPED: telephone exchange"
LINES: Final = ("line-12345", "line-119", "line-120", "line-dead")
_REPOSITORY: Final = Path(__file__).parents[2]
KIT: Final = _REPOSITORY / "resources/telephony/asterisk"
_PLACEHOLDER: Final = re.compile(r"@([A-Z_]+)@")
_PATIENCE: Final = 20.0
_FIRST_SOUND_PORT, _LAST_SOUND_PORT, _SOUND_PORTS = 10000, 30000, 400  # below the system's own ephemeral ports


class Absent(Exception):
    """No exchange can be had on this machine; the text says why."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the programs are; `.ci/exchange.py` says it."""

    asterisk: str
    sipp: str
    modules: str
    data: str
    libraries: str

    def environment(self) -> dict[str, str]:
        """Return the environment in which the programs find their libraries."""
        return {**os.environ, **({"LD_LIBRARY_PATH": self.libraries} if self.libraries else {})}


def obtained() -> Parts:
    """Find or fetch the programs.

    Raises:
        Absent: There are none for this machine, or no legs to call with.
    """
    if importlib.util.find_spec("pjsua2") is None:
        raise Absent("no pjsua2-python for this platform")
    asked = [sys.executable, str(_REPOSITORY / ".ci/exchange.py")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Absent((done.stderr.strip().splitlines() or ["no reason given"])[-1])
    return Parts(**json.loads(done.stdout))


class PrivateExchange:
    """One Asterisk process with seats, lines and a trunk on 127.0.0.1; it keeps its ports over a restart."""

    secret: Final = "for-tests-only"
    user: Final = "control"

    def __init__(
        self, parts: Parts, folder: Path, seats: int = 4, lines: Sequence[str] = LINES, phones: str = ""
    ) -> None:
        """Write the configuration into *folder*, with more *phones* as in pjsip_site.conf; nothing runs yet."""
        self._more_phones = phones
        self._parts = parts
        self._folder = folder
        self.sip_port, self.ami_port = free_port(), free_port(socket.SOCK_STREAM)
        self.seats = tuple(f"seat-{number:02}" for number in range(1, seats + 1))
        self.lines = tuple(lines)
        self._ports = {name: free_port() for name in (*self.seats, *self.lines)}
        self.process: subprocess.Popen[bytes] | None = None
        self._configure()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def emergency(self) -> str:
        """Return the SIP address that a citizen calls."""
        return f"sip:110@127.0.0.1:{self.sip_port}"

    @property
    def ports(self) -> Mapping[str, int]:
        """Return at which port each seat's and line's phone is called."""
        return self._ports

    def move(self, *names: str) -> int:
        """Call the phones of these names at another port, one for all, from now on; return it."""
        port = free_port()
        self._ports.update(dict.fromkeys(names, port))
        self._configure_site()
        if self.process is not None:
            self.console("module reload res_pjsip.so")
        return port

    def recording(self, case: str) -> Path:
        """Return where the conference of *case* is recorded."""
        return self._folder / "spool/monitor" / f"{case}.wav"

    def recorded(self, case: str) -> Path:
        """Wait until the recording of *case* is closed, and return where it is."""
        path, until, pause = self.recording(case), time.monotonic() + _PATIENCE, threading.Event()
        while not path.exists() or path.stat().st_size != int.from_bytes(path.read_bytes()[4:8], "little") + 8:
            assert time.monotonic() < until, f"{path} is not closed"
            pause.wait(0.02)  # the exchange closes the file after it said that it stopped
        return path

    @property
    def log(self) -> str:
        """Return what the exchange complained of so far."""
        return (self._folder / "log/messages").read_text(encoding="utf-8", errors="replace")

    def ami(self, secret: str = "") -> BareAmi:
        """Open a bare link as the control program's account."""
        return BareAmi(self.ami_port, self.user, secret or self.secret)

    def start(self) -> None:
        """Start the exchange and wait until it takes calls and commands."""
        mortal = (
            ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
        )  # it ends when the tests are killed
        command = [*mortal, self._parts.asterisk, "-C", str(self._folder / "etc/asterisk.conf"), "-f", "-q"]
        with (self._folder / "output").open("ab") as output:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=self._parts.environment()
            )
        until, pause = time.monotonic() + _PATIENCE, threading.Event()
        while not self._answers():
            assert self.process.poll() is None, (self._folder / "output").read_text(encoding="utf-8", errors="replace")
            assert time.monotonic() < until, "the exchange did not start in time"
            pause.wait(0.02)

    def stop(self) -> None:
        """End it as a system does at shutdown."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def kill(self) -> None:
        """End it without a word."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def console(self, command: str) -> str:
        """Give a command at the exchange's own console and return what it prints."""
        asked = [self._parts.asterisk, "-C", str(self._folder / "etc/asterisk.conf"), "-r", "-x", command]
        done = subprocess.run(asked, capture_output=True, text=True, check=True, env=self._parts.environment())
        return done.stdout

    def _answers(self) -> bool:
        try:
            with self.ami() as ami:
                ami.wait("FullyBooted")
        except OSError:
            return False
        return True

    def _configure(self) -> None:
        for name in ("etc", "run", "lib", "log", "spool/monitor", "spool/tmp"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        sound = random.randrange(_FIRST_SOUND_PORT, _LAST_SOUND_PORT, _SOUND_PORTS)  # noqa: S311 -- no secret; a port in use is passed over
        words = {
            "ROOT": self._folder,
            "MODULES": self._parts.modules,
            "DATA": self._parts.data,
            "SOUNDS": self._folder / "sounds",
            "ADDRESS": "127.0.0.1",
            "SIP_PORT": self.sip_port,
            "AMI_ADDRESS": "127.0.0.1",
            "AMI_FROM": "127.0.0.1",
            "AMI_PORT": self.ami_port,
            "AMI_SECRET": self.secret,
            "RTP_FROM": sound,
            "RTP_TO": sound + _SOUND_PORTS - 1,
        }
        for path in KIT.glob("*.conf"):
            text = _PLACEHOLDER.sub(lambda found: str(words[found[1]]), path.read_text(encoding="utf-8"))
            (self._folder / "etc" / path.name).write_text(text, encoding="utf-8")
        self._configure_site()
        for name in ("hold", "wait"):
            write_tone(self._folder / f"sounds/{name}/{name}.wav", VOICES[name])

    def _configure_site(self) -> None:
        """Write the site's own facts: our seats and lines at fixed ports, and whoever else calls comes by the trunk."""
        kinds = {**dict.fromkeys(self.seats, "seat"), **dict.fromkeys(self.lines, "line")}
        phones = [
            f"[{name}]({kinds[name]})\naors = {name}\n[{name}]\ntype = aor\ncontact = sip:{name}@127.0.0.1:{port}\n"
            for name, port in self._ports.items()
        ]
        trunk = "[city](trunk)\n[city]\ntype = identify\nendpoint = city\nmatch = 127.0.0.1\n"
        etc = self._folder / "etc"
        (etc / "pjsip_site.conf").write_text("".join([*phones, trunk, self._more_phones]), encoding="utf-8")
        all_seats = "&".join(f"PJSIP/{name}" for name in self.seats)
        site = f"SEATS={all_seats}\nLOCATION_HEADER=X-Caller-Location\n"
        (etc / "extensions_site.conf").write_text(site, encoding="utf-8")


def free_port(kind: socket.SocketKind = socket.SOCK_DGRAM) -> int:
    """Return a port on loopback that nobody has."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
