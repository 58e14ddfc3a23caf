"""Many phones at once: one sipp process each for the citizens who call and for the seats' phones."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.exchange.private_exchange import free_port

if TYPE_CHECKING:
    from typing import Self

    from tests.exchange.private_exchange import Parts, PrivateExchange

_SCENARIOS: Final = Path(__file__).with_name("scenarios")
_PATIENCE: Final = 30.0


class Crowd:
    """Phones without a voice of their own: each sends back what it hears, so a caller hears itself when not crossed."""

    def __init__(self, parts: Parts, folder: Path, scenario: str, port: int, *more: str) -> None:
        """Start sipp at *port* with the scenario of this name."""
        where = ["-i", "127.0.0.1", "-p", str(port), "-mi", "127.0.0.1", "-mp", str(free_port()), "-rtp_echo"]
        errors = ["-nostdin", "-trace_err", "-error_file", str(folder / f"{scenario}.errors")]
        self._errors = folder / f"{scenario}.errors"
        self.process = subprocess.Popen(
            [parts.sipp, "-sf", str(_SCENARIOS / f"{scenario}.xml"), *where, *errors, *more],
            cwd=folder,
            env={**parts.environment(), "TERM": "dumb"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    @property
    def errors(self) -> str:
        """Return what sipp did not expect."""
        return self._errors.read_text(encoding="utf-8", errors="replace") if self._errors.exists() else ""

    def wait(self, seconds: float) -> bool:
        """Wait until all calls are over, and tell whether each one went as the scenario says."""
        return self.process.wait(seconds + _PATIENCE) == 0


def phones(parts: Parts, folder: Path, port: int) -> Crowd:
    """Be every phone that is called at *port*: answer at once."""
    return Crowd(parts, folder, "phones", port, "-aa")


def citizens(parts: Parts, folder: Path, exchange: PrivateExchange, calls: int, a_minute: int, talk_s: float) -> Crowd:
    """Call *calls* times, *a_minute* in each minute, and talk for *talk_s* seconds each time."""
    pace = ["-r", str(a_minute), "-rp", "60000", "-m", str(calls), "-d", str(int(talk_s * 1000))]
    return Crowd(parts, folder, "citizens", free_port(), *pace, f"127.0.0.1:{exchange.sip_port}")
