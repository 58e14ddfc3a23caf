"""The directory's self-test at a real exchange: only agreed numbers ring, only at the agreed time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import yaml

from workstation.domain.calendar_work import CHINA
from workstation.domain.self_test import Day
from workstation.settings import RESOURCES

if TYPE_CHECKING:
    from tests.exchange.bare_ami import BareAmi
    from tests.exchange.conftest import Legs
    from tests.exchange.private_exchange import PrivateExchange

pytestmark = pytest.mark.exchange

ANSWERS: Final = "0632-5550991"
BUSY: Final = "0632-5550992"
_PATIENCE: Final = 40.0


class Partners:
    """A site whose directory has four lines: two that agreed to be tested, one that did not, and the fire brigade."""

    def __init__(self, exchange: PrivateExchange, folder: Path) -> None:
        self._exchange = exchange
        self._folder = folder
        shutil.copytree(RESOURCES / "content", folder / "content")
        shutil.copy(RESOURCES / "glossary.yaml", folder)
        directory = folder / "content/directory.yaml"
        content = yaml.safe_load(directory.read_text(encoding="utf-8"))
        lines = {line["id"]: line for line in content["lines"]}
        lines["hotline"].update(endpoint="line-12345", test_number=ANSWERS)
        lines["ambulance"].update(endpoint="line-120", test_number=BUSY)
        lines["fire"].update(endpoint="line-119")
        for line in content["lines"]:
            if line["id"] not in {"hotline", "ambulance"}:
                line.pop("test_number", None)
        directory.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        (folder / "secret").write_text(exchange.secret, encoding="utf-8")

    def test(self, *days: Day) -> tuple[int, dict[str, list[str]], str]:
        """Run the self-test with a window on these days; return its code, its report by line, and its complaint."""
        site = self._folder / "exchange.toml"
        window = f"[self_test]\ndays = {[day.value for day in days]}\nbegins = 00:00:00\nends = 23:59:59.999\n"
        manager = f'[manager]\nport = {self._exchange.ami_port}\nsecret_file = "{self._folder / "secret"}"\n'
        site.write_text(f'{manager}[seats]\n"A1" = "seat-01"\n{window if days else ""}', encoding="utf-8")
        options = ("--self-test", "--vendor", "asterisk", "--exchange", str(site), "--content", str(self._folder))
        done = subprocess.run(
            [sys.executable, "-m", "workstation", "telephony-bridge", *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )
        report = [line.split("\t") for line in done.stdout.splitlines()]
        return done.returncode, {id: rest for id, *rest in report}, done.stderr


@pytest.fixture
def partners(exchange: PrivateExchange, tmp_path: Path) -> Partners:
    """Write a directory of a site before the tests' exchange."""
    return Partners(exchange, tmp_path)


def test_only_who_agreed_is_called(partners: Partners, legs: Legs) -> None:
    """
    One line answers, one is busy, one has no test number and does not ring; each has its line in the report.
    """
    hotline, ambulance, fire = legs.line(), legs.line("line-120", "busy"), legs.line("line-119")
    code, report, why = partners.test(*Day)
    assert not why

    assert code == 1
    number, result, seconds, verified = report["hotline"]
    assert (number, result, verified) == ("06325550991", "JOINED", "2026-01-01")
    assert 0 <= float(seconds.removesuffix(" s")) <= 2
    assert report["ambulance"] == ["06325550992", "BUSY", "-", "2026-01-01"]
    assert report["fire"] == ["-", "NO_TEST_NUMBER", "-", "2026-01-01"]
    assert len(hotline.events("incoming")) == len(ambulance.events("incoming")) == 1
    assert hotline.wait("state", state="DISCONNECTED")
    assert not fire.events("incoming")


@pytest.mark.parametrize("endpoint", ["line-12345", "line-119"], ids=["its own way", "dialled for it another way"])
def test_a_line_in_use_is_left_alone(partners: Partners, legs: Legs, ami: BareAmi, endpoint: str) -> None:
    """
    Whoever talks over a line is not disturbed: it is not dialled, and the report says why.
    """
    hotline, talks, _ = legs.line(), legs.line("line-119"), legs.line("line-120", "busy")
    talks = hotline if endpoint == hotline.name else talks
    call = {"Channel": f"PJSIP/{endpoint}", "Application": "Wait", "Data": "20", "Async": "true"}
    ami.ask("Originate", **call, **({} if talks is hotline else {"Variable": "LINE=hotline"}))
    talks.wait("state", state="CONFIRMED")
    code, report, why = partners.test(*Day)
    assert not why

    assert code == 1
    assert report["hotline"][:2] == ["06325550991", "IN_USE"]
    assert len(hotline.events("incoming")) == (talks is hotline)
    talks.hang_up()


@pytest.mark.parametrize("agreed", [True, False], ids=["another day", "no window"])
def test_outside_the_window_nobody_is_called(partners: Partners, legs: Legs, agreed: bool) -> None:  # noqa: FBT001
    """
    At another time than the agreed one, or without any, the self-test refuses in one sentence and dials nothing.
    """
    hotline = legs.line()
    other = tuple(Day)[(datetime.now(CHINA) + timedelta(days=3)).weekday()]
    code, report, why = partners.test(*([other] if agreed else []))

    assert code == 2
    assert report == {}
    assert why.startswith("self-test: ")
    assert "nothing was dialled" in why
    assert (other.value in why) is agreed
    assert not hotline.events("incoming")


def test_an_account_that_is_refused(partners: Partners, legs: Legs, tmp_path: Path) -> None:
    """
    With a wrong secret the self-test fails in one sentence and dials nothing.
    """
    hotline = legs.line()
    (tmp_path / "secret").write_text("wrong", encoding="utf-8")
    code, report, why = partners.test(*Day)

    assert code == 1
    assert report == {}
    assert "refuses the account" in why
    assert len(why.splitlines()) == 1
    assert not hotline.events("incoming")
