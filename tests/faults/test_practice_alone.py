"""Practice needs no network: nothing is opened that anything could be sent by."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ENDED = "the order ended closed"
LONGEST_S = 150


def test_practice_opens_no_socket(tmp_path: Path, repository: Path) -> None:
    """
    A whole practice journey asks the system for no Internet socket, seen in the trace of its system calls.
    """
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("SKIPPED: strace is not installed")
    trace = tmp_path / "trace"
    watch = [strace, "-f", "-qq", "--seccomp-bpf", "-e", "trace=execve,socket,connect,bind", "-o", str(trace)]
    done = _practice(watch, tmp_path, repository)
    practised = trace.read_text()
    opens_one = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    subprocess.run([*watch, sys.executable, "-c", opens_one], check=True)

    assert ENDED in done.stdout, done.stdout[-600:] + done.stderr[-600:]
    assert "execve" in practised
    assert "AF_INET" in trace.read_text()  # the watch is not blind
    assert not re.findall(r".*AF_INET.*", practised)


def test_practice_works_without_any_network_interface(tmp_path: Path, repository: Path) -> None:
    """
    The same journey ends closed in a network namespace that has no usable interface at all.
    """
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], check=False, capture_output=True).returncode:
        pytest.skip("SKIPPED: network namespaces may not be made here")
    done = _practice([unshare, "-rn"], tmp_path, repository)

    assert ENDED in done.stdout, done.stdout[-600:] + done.stderr[-600:]
    assert done.returncode == 0


def _practice(before: list[str], tmp_path: Path, repository: Path) -> subprocess.CompletedProcess[str]:
    """Run the practice of a machine without a display, started by *before*."""
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    run = [sys.executable, "-m", "workstation", "run", "--pictures", str(tmp_path / "pictures")]
    return subprocess.run(
        [*before, *run],
        cwd=repository,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
    )
