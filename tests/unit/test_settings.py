"""The settings of a site are read once, and a mistake in them is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from workstation.domain.errors import InvalidValue
from workstation.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_defaults_are_the_programs_own() -> None:
    """
    The defaults file says what the program would do without it.
    """
    settings = read_settings()

    assert (settings.seat, settings.telephony, settings.gateway.sync_every_s) == ("", "manual", 2.0)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('sea = "07"', "sea"),
        ('[gateway]\nurk = "https://gateway.invalid"', "urk"),
        ('telephony = "pigeon"', "telephony"),
        ("[gateway]\ntotal_s = 'soon'", "total_s"),
        ("seat = ", ""),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, named: str) -> None:
    """
    A misspelt or wrong setting is refused with its name, never passed over.
    """
    file = tmp_path / "site.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidValue) as refused:
        read_settings(file)

    assert refused.value.facts["path"] == str(file)
    assert named in str(refused.value.facts["detail"])


def test_the_command_line_wins(tmp_path: Path) -> None:
    """
    Seat and folder given at the start win over the file.
    """
    file = tmp_path / "site.toml"
    file.write_text('seat = "07"', encoding="utf-8")

    settings = read_settings(file, seat="08", data_root=str(tmp_path))

    assert (settings.seat, settings.root("anything")) == ("08", tmp_path)
    for wrong in ("no seat", "六号", "123456789"):
        with pytest.raises(InvalidValue, match="seat"):
            read_settings(file, seat=wrong)


@pytest.mark.parametrize(
    "url", ["http://10.20.1.8:8110", "http://gateway.invalid", "HTTP://localhost.invalid", "ftp://x"]
)
@pytest.mark.parametrize("table", ["gateway", "bridge"])
def test_nothing_goes_over_the_network_in_the_open(tmp_path: Path, table: str, url: str) -> None:
    """
    A gateway or bridge on another machine is refused without TLS: the line carries passwords, tokens, citizens' words.
    """
    file = tmp_path / "site.toml"
    file.write_text(f'[{table}]\nurl = "{url}"', encoding="utf-8")

    with pytest.raises(InvalidValue) as refused:
        read_settings(file)

    assert (refused.value.field, refused.value.problem) == (f"{table}.url", "needs_https")
    assert refused.value.facts["path"] == str(file)


@pytest.mark.parametrize(
    "url", ["https://10.20.1.8:8110", "http://localhost:8110", "http://127.0.0.1:1", "http://[::1]:8110"]
)
def test_tls_or_this_machine_is_good(tmp_path: Path, url: str) -> None:
    """
    Any host is good over TLS, and this machine itself without it.
    """
    file = tmp_path / "site.toml"
    file.write_text(f'[gateway]\nurl = "{url}"', encoding="utf-8")

    assert read_settings(file).gateway.url == url


def test_the_authority_may_lie_in_the_operators_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A path that begins with ~ means the operator's home, for the site's authority as for the data root.
    """
    monkeypatch.setenv("HOME", str(tmp_path))
    file = tmp_path / "site.toml"
    file.write_text('[gateway]\nca = "~/site-ca.pem"\n')

    assert read_settings(file).gateway.ca == str(tmp_path / "site-ca.pem")
