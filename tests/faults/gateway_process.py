"""A gateway in a process of its own, started by its real command, that can be killed and started again in its place."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PASSWORD: Final = "correct-horse-9"
TAKER, OFFICER, OTHER_OFFICER = "taker1", "officer1", "officer2"
_PEOPLE: Final[Mapping[str, tuple[str, ...]]] = {
    "admin1": ("--admin",),
    TAKER: ("--roles", "call_taker"),
    OFFICER: ("--roles", "duty_officer"),
}
_REPOSITORY = Path(__file__).parents[2]


class GatewayProcess:
    """The site's gateway; it keeps its address over a restart."""

    def __init__(self, folder: Path, delay_s: float = 3600) -> None:
        """Name where it keeps its store, and how long the played hotline takes for each step."""
        self._folder = folder
        self._delay_s = delay_s
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def add_people(self) -> None:
        """Make an administrator, a call-taker and a duty officer, as a site does."""
        for user, rights in _PEOPLE.items():
            self.add(user, *rights)

    def add(self, user: str, *rights: str) -> None:
        """Make one more account, the first of all an administrator."""
        by = () if user == "admin1" else ("--as", "admin1")
        told = f"{PASSWORD}\n" * (1 if user == "admin1" else 2)
        command = ("user", "add", user, *rights, *by, "--password-stdin", "--data-dir", str(self._folder))
        subprocess.run(_workstation(*command), input=told, text=True, check=True, capture_output=True, env=_plain())

    def start(self) -> None:
        """Start it and wait until it answers."""
        where = ("--port", str(self.port), "--data-dir", str(self._folder))
        command = _workstation("gateway", *where, "--stand-in-delay", str(self._delay_s))
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_plain()
        )
        assert self.process.stdout is not None
        found = re.search(r"http://\S+:(\d+)", self.process.stdout.readline())
        assert found is not None, "the gateway did not start"
        self.port = int(found.group(1))

    def kill(self) -> None:
        """End it without a word."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
        self.process = None


@contextmanager
def running(folder: Path, delay_s: float = 3600) -> Iterator[GatewayProcess]:
    """Run a gateway with its people in *folder* until the block ends."""
    folder.mkdir(parents=True)
    gateway = GatewayProcess(folder, delay_s)
    gateway.add_people()
    gateway.start()
    try:
        yield gateway
    finally:
        gateway.kill()


def _workstation(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "workstation", *arguments]


def _plain() -> dict[str, str]:
    """Return the environment of a machine that knows the program and nothing of these tests."""
    return {**os.environ, "PYTHONPATH": str(_REPOSITORY)}
