"""The kit that a site installs: it starts without a complaint, and its account can do no more than it must."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from tests.exchange.private_exchange import PrivateExchange

if TYPE_CHECKING:
    from pathlib import Path

    from tests.exchange.bare_ami import BareAmi
    from tests.exchange.private_exchange import Parts

pytestmark = pytest.mark.exchange


def test_the_kit_starts_without_a_complaint(parts: Parts, tmp_path: Path, repository: Path) -> None:
    """
    With the kit's own example of a site the exchange starts, knows its phones, and logs no warning.
    """
    exchange = PrivateExchange(parts, tmp_path)
    for name in ("pjsip_site.conf", "extensions_site.conf"):
        example = (repository / "resources/telephony/asterisk" / name).read_text(encoding="utf-8")
        (tmp_path / "etc" / name).write_text(example, encoding="utf-8")
    with exchange:
        known = exchange.console("pjsip show endpoints")

    assert set(re.findall(r"^ Endpoint:  ([a-z][\w-]+)", known, re.MULTILINE)) == {
        "seat-01",
        "seat-02",
        "line-12345",
        "city",
    }
    complaints = [line for line in exchange.log.splitlines() if " WARNING[" in line or " ERROR[" in line]
    unreachable = "sending OPTIONS request"  # the example's trunk and line are nowhere
    assert [line for line in complaints if unreachable not in line] == []


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("Command", {"Command": "core show channels"}),
        ("GetConfig", {"Filename": "manager.conf"}),
        ("UpdateConfig", {"SrcFilename": "manager.conf", "DstFilename": "manager.conf"}),
        ("DBPut", {"Family": "a", "Key": "b", "Val": "c"}),
        ("Reload", {}),
        ("ModuleLoad", {"Module": "app_exec.so", "LoadType": "load"}),
        ("DialplanExtensionAdd", {"Context": "case-join", "Extension": "1", "Priority": "1", "Application": "NoOp"}),
        ("AGI", {"Channel": "x", "Command": "EXEC NoOp"}),
    ],
)
def test_the_account_may_not(ami: BareAmi, action: str, fields: dict[str, str]) -> None:
    """
    The control program's account neither runs commands nor reads or writes configuration, database or dialplan.
    """
    answer = ami.ask(action, **fields)

    assert answer["Response"] == "Error"
    assert answer["Message"].startswith(("Permission denied", "Invalid/unknown command"))


def test_the_account_starts_no_program(ami: BareAmi, tmp_path: Path) -> None:
    """
    Neither a function of the dialplan nor an application that the account names runs a program.
    """
    proof = tmp_path / "proof"
    since = time.time()
    ami.ask("Getvar", Variable=f"SHELL(touch {proof})")
    ami.ask("Setvar", Variable=f"FILE({proof})", Value="x")
    started = ami.ask(
        "Originate", Channel="Local/110@from-trunk", Application="System", Data=f"touch {proof}", Async="true"
    )

    assert started["Response"] == "Error"
    assert not ami.events("OriginateResponse", since)
    assert not proof.exists()


def test_another_password(exchange: PrivateExchange) -> None:
    """
    A link with a wrong password is refused.
    """
    with pytest.raises(PermissionError, match="Authentication failed"):
        exchange.ami("guessed")
