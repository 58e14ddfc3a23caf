"""Set-up of a fresh machine: system libraries, a virtual environment, locked packages.

`make` runs it before every target; it is quick when all is there.

    python3 .ci/setup.py run|test|build|bench    bring what that target needs
    python3 .ci/setup.py wheels FOLDER           put every package of a workstation into FOLDER

It needs Python alone. WHEELS=FOLDER installs from such a folder and asks no index. VENV names the environment.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
VENV = REPOSITORY / os.environ.get("VENV", ".venv")
PYTHON = VENV / "bin" / "python"
LOCK = REPOSITORY / "requirements.lock"
TOOLS = "# Tests, training and tools"  # the heading in the lock below which a workstation needs nothing
MADE_OF = VENV / "made-of"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

# Debian package -> what shows that it is there: a library, a command, or a Python module.
EVERYWHERE = {
    "python3-venv": "module:ensurepip",
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libglib2.0-0": "libglib-2.0.so.0",
}
ON_A_SCREEN = {
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
}
FOR_TESTS = {
    "dbus": "command:dbus-run-session",
    "gnome-keyring": "command:gnome-keyring-daemon",
    "iproute2": "command:ip",
    "openbox": "command:openbox",
    "strace": "command:strace",
    "xdotool": "command:xdotool",
    "xvfb": "command:Xvfb",
}
FOR_BUILDING = {"binutils": "command:objdump", f"libpython{VERSION}": f"libpython{VERSION}.so.1.0"}
TO_COMPARE_WITH = {"linphone-desktop": "command:linphone", "onionshare": "command:onionshare"}

SCREEN = ON_A_SCREEN if "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ else {}
SYSTEM = {
    "run": {**EVERYWHERE, **SCREEN},
    "wheels": EVERYWHERE,
    "test": {**EVERYWHERE, **ON_A_SCREEN, **FOR_TESTS},
    "build": {**EVERYWHERE, **FOR_BUILDING},
    "bench": {**EVERYWHERE, **ON_A_SCREEN, **FOR_TESTS, **TO_COMPARE_WITH},
}


def is_there(sign: str) -> bool:
    """Tell whether the library, `command:` or `module:` that *sign* names is on this machine."""
    kind, _, name = sign.rpartition(":")
    if kind == "module":
        return importlib.util.find_spec(name) is not None
    if kind == "command":
        return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") is not None
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing(target: str) -> list[str]:
    """List the Debian packages that *target* needs and this machine lacks."""
    return [package for package, sign in SYSTEM[target].items() if not is_there(sign)]


def run_quietly(*command: str) -> bool:
    """Run *command* and tell whether it worked; what it printed is shown when it did not."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 -- our words
    if done.returncode:
        sys.stderr.write("\n".join((done.stdout + done.stderr).splitlines()[-15:]) + "\n")
    return done.returncode == 0


def install_system_packages(target: str) -> None:
    """Install what the system lacks for *target* where that is permitted, else say what is missing and end."""
    packages = missing(target)
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"installing {' '.join(packages)}")
        apt = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=60")
        run_quietly(*apt, "update")
        run_quietly(*apt, "install", "-y", "--no-install-recommends", *packages)
        importlib.invalidate_caches()
        packages = missing(target)
    if packages:
        names = " ".join(packages)
        sys.exit(
            f"This machine lacks {names}. As an administrator run: apt-get install --no-install-recommends {names}"
        )


def install_python_packages(target: str) -> None:
    """Bring the virtual environment to what the lock says for *target*; nothing is done when it is there already."""
    everything = LOCK.read_text(encoding="utf-8")
    wanted = everything.partition(TOOLS)[0] if target in {"run", "wheels"} else everything
    VENV.mkdir(parents=True, exist_ok=True)
    with (VENV / "setup.lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if made_of() in {fingerprint(wanted), fingerprint(everything)} and PYTHON.exists():
            return
        MADE_OF.unlink(missing_ok=True)
        say(f"installing the Python packages of requirements.lock into {VENV}")
        clear = [] if PYTHON.exists() and run_quietly(str(PYTHON), "-c", "import pip") else ["--clear"]
        shown = run_quietly(sys.executable, "-m", "venv", *clear, str(VENV)) and pip("install", wanted, *from_folder())
        if not shown:
            sys.exit("The Python packages could not be installed; the lines above say why.")
        site = Path(next(VENV.glob("lib/python*/site-packages")))
        (site / "workstation.pth").write_text(f"{REPOSITORY}\n", encoding="utf-8")
        MADE_OF.write_text(fingerprint(wanted), encoding="utf-8")


def pip(verb: str, wanted: str, *options: str) -> bool:
    """Let pip install or download the lines *wanted* of the lock, each file checked against its hash.

    The lock is complete, so pip looks for nothing beside it: left to resolve, it takes a newer version than the locked
    one for a package that another one wants with an extra, and then refuses it.
    """
    chosen = VENV / "wanted.txt"
    chosen.write_text(wanted, encoding="utf-8")
    exactly = ("--quiet", "--no-deps", "--require-hashes", "-r", str(chosen))
    return run_quietly(str(PYTHON), "-m", "pip", verb, *exactly, *options)


def from_folder() -> list[str]:
    """Return the options that make pip install from the folder WHEELS and ask no index."""
    folder = os.environ.get("WHEELS")
    return ["--no-index", "--find-links", folder] if folder else []


def fingerprint(wanted: str) -> str:
    """Return a sum over the lines *wanted* of the lock and this Python's version."""
    return hashlib.sha256(f"{VERSION} {REPOSITORY}\n{wanted}".encode()).hexdigest()


def made_of() -> str:
    """Return the sum that the environment was last made of, or nothing."""
    return MADE_OF.read_text(encoding="utf-8") if MADE_OF.exists() else ""


def find_exchange() -> None:
    """Fetch what the tests with real calls need before they are timed; without it they are skipped and say so."""
    from exchange import Unobtainable, exchange

    try:
        exchange()
    except Unobtainable as why:
        sys.stderr.write(f"set-up: tests with real calls will be skipped: {why}\n")


def say(line: str) -> None:
    """Tell the person in front of the terminal what takes so long."""
    sys.stderr.write(f"set-up: {line} …\n")
    sys.stderr.flush()


def main() -> None:
    """Do what the target on the command line needs."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- an older machine must read a sentence, not a traceback
        sys.exit(f"Python 3.11 or newer is needed; this is {VERSION}.")
    target, *rest = sys.argv[1:] or ["run"]
    install_system_packages(target)
    install_python_packages(target)
    if target in {"test", "bench"}:
        find_exchange()
    if target == "wheels" and not pip("download", LOCK.read_text(encoding="utf-8").partition(TOOLS)[0], "-d", *rest):
        sys.exit("The packages could not be fetched; the lines above say why.")


if __name__ == "__main__":
    main()
