"""The command that installs a site's exchange: it starts, takes a secure phone, and keeps what is the site's."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from socket import SOCK_STREAM
from typing import TYPE_CHECKING

import pytest

from tests.contract.test_tls import authority, certified
from tests.exchange.bare_ami import BareAmi
from tests.exchange.leg import Leg
from tests.exchange.private_exchange import free_port
from workstation.adapters.asterisk_site import read_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.exchange.private_exchange import Parts

pytestmark = pytest.mark.exchange

PATIENCE = 20.0


class Site:
    """A site whose exchange was installed by the command."""

    def __init__(self, parts: Parts, folder: Path) -> None:
        self._parts = parts
        certified(authority(), folder)
        self.root = folder / "exchange"
        self.sip, self.tls, self.manager = free_port(), free_port(SOCK_STREAM), free_port(SOCK_STREAM)
        self.words = [
            *(str(self.root), "--address", "127.0.0.1", "--seat", "07=seat-07", "--trunk", "city=sip:127.0.0.1"),
            *("--line", "line-12345=sip:12345@127.0.0.3:5090", "--sip-port", str(self.sip)),
            *("--tls-port", str(self.tls), "--manager-port", str(self.manager), "--sound-from", "31000"),
            *("--tls-cert", str(folder / "server.pem"), "--tls-key", str(folder / "server.key")),
            *("--modules", parts.modules, "--data", parts.data),
        ]

    def install(self, *more: str) -> subprocess.CompletedProcess[str]:
        """Run the command."""
        command = [sys.executable, "-m", "workstation", "exchange-kit", *self.words, *more]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def file(self, name: str) -> str:
        """Return what stands in one of the installed files."""
        return (self.root / name).read_text(encoding="utf-8")

    @contextmanager
    def running(self) -> Iterator[BareAmi]:
        """Start the exchange as the command says, and sign in as the bridge would."""
        command = [self._parts.asterisk, "-C", str(self.root / "etc/asterisk.conf"), "-f", "-q"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=self._parts.environment())
        until, pause = time.monotonic() + PATIENCE, threading.Event()
        account = read_site(self.root / "exchange.toml").account()
        try:
            while True:
                try:
                    link = BareAmi(account.port, account.user, account.secret)
                    break
                except OSError:
                    assert process.poll() is None, self.file("log/messages")
                    assert time.monotonic() < until
                    pause.wait(0.05)
            with link:
                link.wait("FullyBooted")
                yield link
        finally:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture
def site(parts: Parts, tmp_path: Path) -> Site:
    """Install an exchange."""
    site = Site(parts, tmp_path)
    done = site.install()
    assert done.returncode == 0, done.stderr
    return site


def test_what_was_installed_starts_and_takes_a_call(site: Site, tmp_path: Path) -> None:
    """
    One command, one start: a seat's phone registers over TLS with its password and gets the citizen; no complaint.
    """
    (password,) = re.findall(r"^password = (\w+)$", site.file("etc/pjsip_site.conf"), re.MULTILINE)
    with site.running(), ExitStack() as ends:
        registration = (f"sip:127.0.0.1:{site.tls};transport=tls", password)
        seat = Leg("seat-07", "seat", free_port(), tmp_path, address="127.0.0.2", registration=registration)
        ends.enter_context(seat)
        seat.wait("registered", code=200)
        citizen = ends.enter_context(Leg("19900000001", "citizen", free_port(), tmp_path))
        called = citizen.call(f"sip:110@127.0.0.1:{site.sip}")
        citizen.hears("seat", since=called)
        seat.hears("citizen", since=called)
        citizen.hang_up()

    complaints = [line for line in site.file("log/messages").splitlines() if " WARNING[" in line or " ERROR[" in line]
    nobody_there = "sending OPTIONS request"  # the line and the trunk of this site are nowhere
    assert [line for line in complaints if nobody_there not in line] == []


def test_a_second_time_brings_the_kit_and_keeps_what_is_the_sites(site: Site) -> None:
    """
    Passwords, phones and the bridge's file stay as the site has them; the kit's own files are those of the kit again.
    """
    own = ("etc/pjsip_site.conf", "etc/extensions_site.conf", "exchange.toml", "control.secret")
    (site.root / "etc/pjsip_site.conf").write_text("; ours\n", encoding="utf-8")
    (site.root / "etc/extensions.conf").write_text("; broken\n", encoding="utf-8")
    before = {name: site.file(name) for name in own}
    done = site.install()

    assert done.returncode == 0, done.stderr
    assert {name: site.file(name) for name in own} == before
    assert "pjsip_site.conf" in done.stdout
    assert "[case-join]" in site.file("etc/extensions.conf")
    assert before["control.secret"] in site.file("etc/manager.conf")
    assert "@" not in re.sub(r";.*", "", site.file("etc/manager.conf"))


def test_only_the_owner_reads_the_passwords(site: Site) -> None:
    """
    No file of the installed configuration can be read by others.
    """
    files = [path for path in site.root.rglob("*") if path.is_file() and path.suffix != ".wav"]

    assert files
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


@pytest.mark.parametrize(
    "word",
    [("--seat", "08=x]\npassword"), ("--line", "a=sip:b@c;maddr"), ("--line", "a b=sip:c"), ("--seat", "08")],
)
def test_what_is_no_name_or_address_is_refused(site: Site, word: tuple[str, str]) -> None:
    """
    A value that would be another line of configuration is named, and nothing is written.
    """
    (site.root / "etc/extensions.conf").unlink()
    done = site.install(*word)

    assert done.returncode != 0
    assert word[1].split("=")[0][:8] in done.stderr
    assert not (site.root / "etc/extensions.conf").exists()


@pytest.mark.parametrize("name", ["with a space", "with;semicolon", "with\nline"])
def test_a_folder_that_asterisk_cannot_name_is_refused(site: Site, name: str) -> None:
    """
    Such a folder is named before anything is written there.
    """
    folder = site.root.parent / name
    site.words[0] = str(folder)
    done = site.install()

    assert done.returncode == 1
    assert "folder" in done.stderr
    assert not folder.exists()
