"""A process that a test kills, and what it told before."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

_REPOSITORY: Final = Path(__file__).parents[2]


class Child:
    """One console process, run as *script* with *words*, and what its screen told until it was killed."""

    def __init__(self, script: Path, *words: str) -> None:
        self.started = time.monotonic()
        self.killed = 0.0
        self.told: list[dict[str, object]] = []
        self.process = subprocess.Popen(
            [sys.executable, str(script), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(_REPOSITORY)},
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith(b"\n"):
                self.told.append(json.loads(line))

    def kill(self) -> None:
        """End it as a power switch would."""
        if not self.killed:
            self.killed = time.monotonic()
            self.process.kill()

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it is gone; a console that ended by itself is a failure."""
        self.process.wait(timeout)
        self._reader.join()
        assert self.process.stderr is not None
        complaints = self.process.stderr.read().decode()
        self.process.stderr.close()
        if self.process.stdout is not None:
            self.process.stdout.close()
        assert self.process.returncode == (-9 if self.killed else 0), complaints

    def of(self, what: str) -> list[dict[str, object]]:
        """Return the lines that tell of *what*."""
        return [line for line in self.told if what in line]
