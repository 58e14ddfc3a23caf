"""The check-up and the log of a console, as the person who installs one meets them."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.bridge_house import Doorkeeper, serving
from tests.contract.gateway_parts import START
from tests.contract.gateway_world import opened, served
from tests.contract.test_tls import authority, certified
from workstation.adapters.checkup import Finding, Level, examine, ok
from workstation.adapters.checkup_console import data_folder, encryption, seat
from workstation.adapters.checkup_site import bridge
from workstation.adapters.data_root import DataRoot
from workstation.adapters.http_link import Site
from workstation.adapters.log_file import open_log
from workstation.adapters.sql_errors import CardDamaged
from workstation.adapters.telephony_schedule import HandScheduler
from workstation.adapters.telephony_simulated_exchange import SimulatedExchange
from workstation.protocol.telephony import CONTRACT


def doctor(home: Path, repository: Path, *words: str) -> subprocess.CompletedProcess[str]:
    account = {"HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(repository)}
    command = [sys.executable, "-m", "workstation", "doctor", *words]
    return subprocess.run(command, env=account, cwd=home, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Open a console's log, and close it again."""
    handler = open_log(tmp_path, "INFO")
    assert handler is not None
    yield tmp_path / "logs" / "workstation.log"
    logging.getLogger("workstation").removeHandler(handler)
    handler.close()


def test_a_fresh_account_is_well(tmp_path: Path, repository: Path) -> None:
    """
    A fresh account without keyring, display or gateway passes the check-up, and nothing of it is left behind.
    """
    done = doctor(tmp_path, repository)

    assert done.returncode == 0, done.stdout + done.stderr
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"ok", "warn"}
    assert "warn keyring:" in done.stdout
    assert not list(tmp_path.iterdir())


def test_a_console_without_a_seat_is_pointed_out() -> None:
    """
    A console that was not given a seat of its own is told so before it reads out numbers.
    """
    assert (seat("").level, seat("07").level) == (Level.WARN, Level.OK)
    assert "seat" in seat("").detail


def test_wrong_settings_are_named(tmp_path: Path, repository: Path) -> None:
    """
    Settings that are wrong fail the check-up, which names the file.
    """
    settings = tmp_path / "site.toml"
    settings.write_text("seat = 7\n")

    done = doctor(tmp_path, repository, "--settings", str(settings))

    assert done.returncode == 1
    assert done.stdout.startswith("FAIL settings:")
    assert "site.toml" in done.stdout


def an_exchange() -> SimulatedExchange:
    """Make an exchange without a telephone."""
    return SimulatedExchange(lambda: START, lambda: "call-1", lambda: HandScheduler(START))


def test_the_check_up_asks_the_bridge_of_the_settings(tmp_path: Path, repository: Path) -> None:
    """
    A console whose telephone is behind a bridge finds out whether it answers over TLS, in which version, for how many.
    """
    site, settings = authority(), tmp_path / "site.toml"
    ca = site.write(tmp_path / "ca.pem")
    with serving(an_exchange(), Doorkeeper(), certified(site, tmp_path)) as server:
        settings.write_text(f'telephony = "bridge"\n[bridge]\nurl = "{server.url}"\nca = "{ca}"\n')
        done = doctor(tmp_path, repository, "--settings", str(settings))

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"ok   bridge: {server.url} version {CONTRACT}, 0 seats connected" in done.stdout.splitlines()


def test_a_bridge_that_is_not_well_is_pointed_out(tmp_path: Path) -> None:
    """
    A lost exchange, a foreign certificate, another server and none at all are each named, and no work stops for them.
    """
    exchange, found = an_exchange(), {}
    with serving(exchange, Doorkeeper()) as server:
        exchange.at("A1").lose_link()
        found["exchange"] = bridge(Site(url=server.url))
    found["nobody"] = bridge(Site(url=server.url))
    with serving(exchange, Doorkeeper(), certified(authority(), tmp_path)) as server:
        found["stranger"] = bridge(Site(url=server.url, ca=str(authority().write(tmp_path / "ca.pem"))))
        found["no file"] = bridge(Site(url=server.url, ca=str(tmp_path / "none.pem")))
    with opened("local", tmp_path) as world, served(world.service) as gateway:
        found["gateway"] = bridge(Site(url=gateway.url))

    assert {finding.level for finding in found.values()} == {Level.WARN}
    assert "its exchange is lost" in found["exchange"].detail
    assert "does not answer (ConnectionError)" in found["nobody"].detail
    assert "certificate_untrusted" in found["stranger"].detail
    assert "certificate_authority_unreadable" in found["no file"].detail
    assert "is no telephony bridge of ours" in found["gateway"].detail


def test_a_bridge_of_another_version_is_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A bridge that speaks another version of the contract is named with both.
    """
    monkeypatch.setattr("workstation.bridge.app.CONTRACT", "99")
    with serving(an_exchange(), Doorkeeper()) as server:
        finding = bridge(Site(url=server.url))

    assert finding.level is Level.WARN
    assert f"version 99, 0 seats connected; this console speaks version {CONTRACT}" in finding.detail


def test_a_fault_is_a_finding() -> None:
    """
    A check that meets a fault of ours fails in a line that begins with FAIL, and the others are still made.
    """

    def broken() -> Finding:
        raise CardDamaged("root.json")

    said: list[str] = []

    assert examine([("one", broken), ("two", lambda: ok("fine"))], said.append) == 1
    assert said == ["FAIL one: card_damaged: root.json", "ok   two: fine"]


def test_a_running_console_is_told(tmp_path: Path) -> None:
    """
    The check-up of a console that is running says so and does not fail.
    """
    with DataRoot(tmp_path):
        finding = data_folder(tmp_path)

    assert finding.level is Level.WARN
    assert data_folder(tmp_path).level is Level.OK


def test_encryption_is_tried() -> None:
    """
    The check-up opens an encrypted file, and not with a wrong key.
    """
    assert encryption().level is Level.OK


@pytest.mark.expected_logs("order parked")
def test_the_log_tells_no_words(log: Path) -> None:
    """
    A logged error names its kind and place; what it says, which may be a citizen's words, is left out.
    """
    ours = logging.getLogger("workstation.desk")
    try:
        int("call 19900001234")
    except ValueError:
        ours.exception("order parked id=%s", "T1")

    text = log.read_text(encoding="utf-8")
    assert "ERROR workstation.desk order parked id=T1" in text
    assert "ValueError" in text
    assert "1990000" not in text
    assert oct(log.parent.stat().st_mode)[-3:] == "700"


def test_no_log_is_no_obstacle(tmp_path: Path) -> None:
    """
    Where the log's folder cannot be made, the window starts without a log.
    """
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")

    assert open_log(in_the_way / "root", "INFO") is None
