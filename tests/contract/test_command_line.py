"""What the commands promise whoever types them: what cannot be is said at once, and a closed pipe ends in silence."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.test_tls import authority, certified
from workstation.__main__ import main
from workstation.gateway.command import main as gateway


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("suggest", "--file", "notes.csv", "--top", "-1"), "--top"),
        (("suggest", "--file", "notes.csv", "--prefix", "-3"), "--prefix"),
        (("suggest", "--file", "notes.csv", "--prefix", "0"), "--prefix"),
        (("demo", "--notes", "notes.csv", "--limit", "-1"), "--limit"),
        (("gateway", "--port", "65536"), "--port"),
        (("gateway", "--port", "-1"), "--port"),
        (("gateway", "--stand-in-delay", "-1"), "--stand-in-delay"),
        (("gateway", "--stand-in-delay", "nan"), "--stand-in-delay"),
        (("gateway", "--stand-in-delay", "inf"), "--stand-in-delay"),
        (("gateway", "--tls-key", "gateway.key"), "--tls-key"),
    ],
)
def test_a_number_that_cannot_be_is_refused(
    words: tuple[str, ...], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A count below the least, a port that is none and a pace that is none end at once, with the option's name.
    """
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert option in capsys.readouterr().err.splitlines()[-1]


def test_whoever_has_read_enough_may_go(tmp_path: Path) -> None:
    """
    When the reader of many lines leaves after the first, the command ends without a word.
    """
    notes = tmp_path / "notes.csv"
    notes.write_text("text\n" + "楼上深夜施工很吵\n" * 2000, encoding="utf-8")
    command = [sys.executable, "-m", "workstation", "suggest", "--file", str(notes)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
        code = process.wait(timeout=60)

    assert first.startswith(b"{")
    assert (code, told) == (1, b"")


def test_a_certificate_that_cannot_be_shown_is_refused_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A certificate without its key, with another's, or that is none ends the start before it says that it is ready.
    """
    (tmp_path / "other").mkdir()
    ours, other = certified(authority(), tmp_path), certified(authority(), tmp_path / "other")
    (tmp_path / "words.pem").write_text("no certificate", encoding="utf-8")
    tries = [
        (ours.tls_cert, other.tls_key, "the key is not that of the certificate"),
        (ours.tls_cert, None, "belongs into the same file or to --tls-key"),
        (tmp_path / "words.pem", ours.tls_key, "no certificate with its key in PEM"),
        (tmp_path / "none.pem", ours.tls_key, "there is no file"),
        (tmp_path, ours.tls_key, "there is no file"),
    ]
    for certificate, key, sentence in tries:
        keys = () if key is None else ("--tls-key", str(key))
        code = gateway(["--data-dir", str(tmp_path / "g"), "--port", "0", "--tls-cert", str(certificate), *keys])
        told = capsys.readouterr()

        assert code == 1
        assert "ready" not in told.out
        assert sentence in told.err
