"""Finds an Asterisk and a sipp for the tests, or fetches them into a folder of their own.

    python3 .ci/exchange.py     prints where they are as JSON, or says in one line why there is none and ends with 3

What the machine has is used. On a Debian that no longer carries Asterisk the last suite that did is asked, through
apt-get with lists and caches of its own: the machine's package sources stay as they are, and nothing is installed.
WORKSTATION_EXCHANGE=private passes over what is installed, none does without, and the name of a file that holds such
JSON takes another version.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
CACHE = REPOSITORY / os.environ.get("VENV", ".venv") / "exchange"
LAST_SUITE = "bullseye"  # the last one with Asterisk
PACKAGES = ("asterisk", "asterisk-modules", "asterisk-config", "sip-tester")
COMMANDS = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
NOT_FOUND = 3
PATIENCE = 300  # seconds for the slowest step


class Unobtainable(Exception):
    """There is no exchange for this machine; the text says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place that apt asks: where, which suites, and the key that vouches for it."""

    uri: str
    suites: tuple[str, ...]
    key: str

    def line(self, suite: str) -> str:
        """Write this source for *suite* in apt's one-line form."""
        signed = f"[signed-by={self.key}] " if self.key else ""
        return f"deb {signed}{self.uri} {suite} main\n"


def main() -> None:
    """Print where the exchange is, or why there is none."""
    try:
        print(json.dumps(exchange()))  # noqa: T201 -- the answer
    except Unobtainable as why:
        sys.stderr.write(f"{why}\n")
        sys.exit(NOT_FOUND)


def exchange() -> dict[str, str]:
    """Return the paths of asterisk, its modules, data and libraries, and of sipp.

    Raises:
        Unobtainable: Neither is it installed nor can it be fetched.
    """
    wanted = os.environ.get("WORKSTATION_EXCHANGE", "")
    if wanted == "none":
        raise Unobtainable("WORKSTATION_EXCHANGE=none")
    if wanted.endswith(".json"):
        described: dict[str, str] = json.loads(Path(wanted).read_text(encoding="utf-8"))
        return described
    if wanted != "private" and shutil.which("asterisk", path=COMMANDS) and shutil.which("sipp", path=COMMANDS):
        return parts(Path("/"))
    return parts(fetched())


def parts(root: Path) -> dict[str, str]:
    """Tell where under *root* everything is."""
    multiarch = [root / "usr/lib", *sorted((root / "usr/lib").glob("*-linux-gnu*"))]
    modules = [folder / "asterisk/modules" for folder in multiarch if (folder / "asterisk/modules").is_dir()]
    if not modules:
        raise Unobtainable(f"no Asterisk modules under {root}")
    own = [] if root == Path("/") else [*multiarch, *sorted((root / "lib").glob("*-linux-gnu*"))]
    places = os.pathsep.join(str(root / folder) for folder in ("usr/sbin", "usr/bin", "sbin", "bin"))
    return {
        "asterisk": shutil.which("asterisk", path=places if own else COMMANDS) or "",
        "sipp": shutil.which("sipp", path=places if own else COMMANDS) or "",
        "modules": str(modules[0]),
        "data": str(root / "usr/share/asterisk"),
        "libraries": os.pathsep.join(str(folder) for folder in own),
    }


def fetched() -> Path:
    """Return the folder into which the packages are unpacked, fetched first where that was not done before."""
    CACHE.mkdir(parents=True, exist_ok=True)
    root, stamp = CACHE / "root", CACHE / "made-of"
    made_of = f"{LAST_SUITE} {' '.join(PACKAGES)}"
    with (CACHE / "lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text(encoding="utf-8") == made_of and root.is_dir():
            return root
        stamp.unlink(missing_ok=True)
        shutil.rmtree(root, ignore_errors=True)
        sys.stderr.write("set-up: fetching an exchange for the tests …\n")
        fetch(root)
        stamp.write_text(made_of, encoding="utf-8")
    return root


def fetch(root: Path) -> None:
    """Download the packages and what they need that this machine lacks, and unpack them into *root*."""
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise Unobtainable("no Asterisk is installed, and without apt-get none can be fetched")
    apt = ["apt-get", "-c", str(configured())]
    run(*apt, "-qq", "update")
    run(*apt, "-qq", "install", "--download-only", "--yes", "--no-install-recommends", *PACKAGES)
    archives = sorted((CACHE / "cache/archives").glob("*.deb"))
    for archive in archives:
        run("dpkg", "-x", str(archive), str(root))
        archive.unlink()
    shutil.rmtree(CACHE / "lists")


def configured() -> Path:
    """Write apt a configuration that reads and writes in our folder only."""
    for folder in ("cache/archives/partial", "lists/partial", "parts", "preferences.d"):
        (CACHE / folder).mkdir(parents=True, exist_ok=True)
    (CACHE / "sources.list").write_text("".join(sources()), encoding="utf-8")
    (CACHE / "preferences").write_text(
        f"Package: *\nPin: release n={LAST_SUITE}*\nPin-Priority: 50\n", encoding="utf-8"
    )
    (CACHE / "status").write_text("".join(installed()), encoding="utf-8")
    settings = {
        "Dir::Etc::sourcelist": CACHE / "sources.list",
        "Dir::Etc::sourceparts": CACHE / "parts",
        "Dir::Etc::preferences": CACHE / "preferences",
        "Dir::Etc::preferencesparts": CACHE / "preferences.d",
        "Dir::State": CACHE,
        "Dir::State::lists": CACHE / "lists",
        "Dir::State::status": CACHE / "status",
        "Dir::State::extended_states": CACHE / "extended_states",
        "Dir::Cache": CACHE / "cache",
        "Dir::Log": CACHE,
        "Debug::NoLocking": "true",  # the machine's own locks are none of our business; ours is above
        "APT::Sandbox::User": "",
        "APT::Get::List-Cleanup": "false",
        "APT::Update::Error-Mode": "any",
        "Acquire::Languages": "none",
        "Acquire::Retries": "1",
        "Acquire::http::Timeout": "15",
        "Acquire::https::Timeout": "15",
    }
    path = CACHE / "apt.conf"
    path.write_text("".join(f'{name} "{value}";\n' for name, value in settings.items()), encoding="utf-8")
    return path


def installed() -> Iterator[str]:
    """Yield what dpkg has on this machine, without the packages that we are to fetch."""
    for package in Path("/var/lib/dpkg/status").read_text(encoding="utf-8").split("\n\n"):
        if package.strip() and package.splitlines()[0].removeprefix("Package: ") not in PACKAGES:
            yield package.strip("\n") + "\n\n"


def sources() -> Iterator[str]:
    """Yield apt lines for this machine's own suites and for the last one with Asterisk, on the same mirrors.

    A machine that was only just made may know no mirror of the security updates: then the suites alone are asked.
    """
    told = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    release = dict(line.split("=", 1) for line in told if "=" in line)
    suite = release.get("VERSION_CODENAME", "").strip('"')
    if release.get("ID", "").strip('"') != "debian" or not suite:
        raise Unobtainable("no Asterisk is installed, and it can be fetched on Debian only")
    known = [*lines(), *stanzas()]
    mirror = next((source for source in known if suite in source.suites), None)
    security = next((source for source in known if f"{suite}-security" in source.suites), None)
    if not mirror:
        raise Unobtainable(f"no Asterisk is installed, and apt knows no mirror of {suite}")
    for name in dict.fromkeys((suite, LAST_SUITE)):
        yield mirror.line(name)
        if security:
            yield security.line(f"{name}-security")


def stanzas() -> Iterator[Source]:
    """Read the sources that stand in apt's newer form, one stanza each."""
    for path in sorted(Path("/etc/apt/sources.list.d").glob("*.sources")):
        for stanza in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in stanza.splitlines() if ":" in line and not line.startswith("#")]
            fields = {name: value.strip() for name, value in (line.split(":", 1) for line in lines)}
            if "URIs" in fields and "Suites" in fields:
                suites = tuple(fields["Suites"].split())
                yield Source(fields["URIs"].split()[0], suites, fields.get("Signed-By", ""))


def lines() -> Iterator[Source]:
    """Read the sources that stand in apt's older form, one line each."""
    for path in [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*.list"))]:
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
            before, _, after = line.partition("[")
            options, _, rest = after.partition("]") if after else ("", "", before.removeprefix("deb "))
            if before.startswith("deb ") and len(words := rest.split()) > 1:
                signed = [option for option in options.split() if option.startswith("signed-by=")]
                yield Source(words[0], (words[1],), signed[0].removeprefix("signed-by=") if signed else "")


def run(*command: str) -> None:
    """Run *command* quietly."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603 -- our words
    except subprocess.TimeoutExpired as late:
        raise Unobtainable(f"no Asterisk is installed, and {command[0]} took longer than {PATIENCE} s") from late
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it did not say why"])[-1]
        raise Unobtainable(f"no Asterisk is installed, and {command[0]} could not fetch it: {why}")


if __name__ == "__main__":
    main()
