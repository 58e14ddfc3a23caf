"""What the people who run the gateway may rely on: its commands, as they are typed."""

import io
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import Site
from workstation.domain.lifecycle import Role
from workstation.gateway.accounts import Accounts
from workstation.gateway.command import main, main_user
from workstation.gateway.place import only_one
from workstation.gateway.service import utc_now
from workstation.gateway.store_sqlite import SqliteStore
from workstation.protocol.messages import SignIn

BOSS = "boss-horse-11"
TAKER = "taker-pony-12"


def _user(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str, lines: tuple[str, ...] = ()) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return main_user([*words, "--data-dir", str(folder), "--password-stdin"])


def test_the_first_user_must_be_an_administrator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The first user is an administrator; afterwards only an administrator with their password adds, resets, disables.
    """
    tries = [
        (("add", "first", "--roles", "call_taker"), (TAKER,)),
        (("add", "chief", "--admin"), (BOSS,)),
        (("add", "pony", "--roles", "call_taker,duty_officer"), (TAKER,)),
        (("add", "pony", "--roles", "call_taker,duty_officer", "--as", "chief"), ("wrong", TAKER)),
        (("add", "pony", "--roles", "call_taker,duty_officer", "--as", "chief"), (BOSS, "short")),
        (("add", "pony", "--roles", "emperor", "--as", "chief"), (BOSS, "taker-mule-13")),
        (("add", "pony", "--roles", "hotline", "--as", "chief"), (BOSS, "taker-mule-13")),
        (("add", "pony", "--roles", "call_taker,duty_officer", "--as", "chief"), (BOSS, "taker-mule-13")),
        (("add", "pony", "--as", "chief"), (BOSS, "taker-mule-13")),
        (("add", "mule", "--roles", "call_taker", "--as", "pony"), ("taker-mule-13", "another-mule-14")),
        (("reset", "pony", "--as", "chief"), (BOSS, "taker-goat-15")),
        (("disable", "pony", "--as", "chief"), (BOSS,)),
        (("disable", "nobody", "--as", "chief"), (BOSS,)),
    ]

    codes = [_user(monkeypatch, tmp_path, *words, lines=lines) for words, lines in tries]
    capsys.readouterr()
    _user(monkeypatch, tmp_path, "list")

    assert codes == [1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1]
    assert capsys.readouterr().out == "chief\tchief\t\tadmin\npony\tpony\tcall_taker,duty_officer\tdisabled\n"


def test_the_last_administrator_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The last administrator cannot be disabled, nor reset to blanks; with a second one the first can go.
    """
    _user(monkeypatch, tmp_path, "add", "chief", "--admin", lines=(BOSS,))
    last = _user(monkeypatch, tmp_path, "disable", "chief", "--as", "chief", lines=(BOSS,))
    told = capsys.readouterr().err
    blank = _user(monkeypatch, tmp_path, "reset", "chief", "--as", "chief", lines=(BOSS, " " * 10))
    second = _user(monkeypatch, tmp_path, "add", "deputy", "--admin", "--as", "chief", lines=(BOSS, TAKER))
    gone = _user(monkeypatch, tmp_path, "disable", "chief", "--as", "deputy", lines=(TAKER,))

    assert (last, blank, second, gone) == (1, 1, 0, 0)
    assert "the last administrator" in told


def test_without_an_administrator_nothing_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    With every administrator shut out nobody is reset or added; the recovery is named, needs a stopped gateway, is kept.
    """
    _user(monkeypatch, tmp_path, "add", "chief", "--admin", lines=(BOSS,))
    _user(monkeypatch, tmp_path, "add", "pony", "--roles", "call_taker", "--as", "chief", lines=(BOSS, "taker-mule-13"))
    with closing(dbapi2.connect(tmp_path / "gateway.db", isolation_level=None)) as store:
        store.execute("UPDATE users SET disabled = 1 WHERE user = 'chief'")  # as an earlier version let it happen
    capsys.readouterr()
    tries = [
        (("reset", "pony"), ("another-mule-14",)),
        (("reset", "pony", "--as", "chief"), (BOSS, "another-mule-14")),
        (("add", "goat", "--admin"), ("another-mule-14",)),
        (("add", "goat", "--admin", "--as", "chief"), (BOSS, "another-mule-14")),
        (("recover", "pony"), ("another-mule-14",)),
        (("recover", "nobody"), ("another-mule-14",)),
    ]
    codes = [_user(monkeypatch, tmp_path, *words, lines=lines) for words, lines in tries]
    told = capsys.readouterr().err.splitlines()
    with only_one(tmp_path):
        running = _user(monkeypatch, tmp_path, "recover", "chief", lines=("another-boss-2",))
    recovered = _user(monkeypatch, tmp_path, "recover", "chief", lines=("another-boss-2",))
    reset = _user(monkeypatch, tmp_path, "reset", "pony", "--as", "chief", lines=("another-boss-2", "taker-goat-15"))
    capsys.readouterr()
    _user(monkeypatch, tmp_path, "log")
    kept = [line.split("\t")[1:] for line in capsys.readouterr().out.splitlines()]

    assert (codes, running, recovered, reset) == ([1] * 6, 1, 0, 0)
    assert all("user recover ADMIN" in line for line in told[:4])
    assert kept == [
        ["first administrator", "add", "chief"],
        ["chief", "add", "pony"],
        ["whoever has the gateway's files", "recover", "chief"],
        ["chief", "reset", "pony"],
    ]


def test_the_administrators_password_is_never_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where --as names somebody, the first line is that person's, also before there is any administrator.
    """
    early = _user(monkeypatch, tmp_path, "add", "chief", "--admin", "--as", "boss", lines=(BOSS, TAKER))
    first = _user(monkeypatch, tmp_path, "add", "chief", "--admin", lines=(BOSS,))
    other = ("add", "pony", "--roles", "call_taker", "--as", "chief")
    one_line = _user(monkeypatch, tmp_path, *other, lines=(BOSS,))
    both = _user(monkeypatch, tmp_path, *other, lines=(BOSS, "taker-mule-13"))
    own = _user(monkeypatch, tmp_path, "reset", "pony", "--as", "chief", lines=(BOSS, "taker-goat-15"))
    with closing(SqliteStore(tmp_path / "gateway.db")) as store:
        accounts = Accounts(store)
        request = SignIn(user="pony", password="taker-goat-15", seat="A1", role=Role.CALL_TAKER)
        credential = accounts.sign_in(request, utc_now())

    assert (early, first, one_line, both, own) == (1, 0, 1, 0, 0)
    assert credential.user == "pony"


def test_users_are_asked_for_where_there_are_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    To list, reset or recover makes no folder, and a folder that cannot be made is said in a sentence.
    """
    for words in (("list",), ("log",), ("reset", "pony", "--as", "chief"), ("recover", "chief")):
        assert _user(monkeypatch, tmp_path / "new", *words, lines=(BOSS, TAKER)) == 1
        assert "there is no store" in capsys.readouterr().err
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    code = _user(monkeypatch, tmp_path / "file" / "new", "add", "chief", "--admin", lines=(BOSS,))

    assert not (tmp_path / "new").exists()
    assert code == 1
    assert re.fullmatch(r"user: .*file.*; nothing was changed\n", capsys.readouterr().err)


def test_a_whole_life_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Users are added, the gateway serves one line with its address, is backed up running, stops on a signal, is restored.
    """
    _user(monkeypatch, tmp_path, "add", "chief", "--admin", lines=(BOSS,))
    _user(
        monkeypatch, tmp_path, "add", "mare", "--roles", "call_taker", "--as", "chief", lines=(BOSS, "a-good-horse-1")
    )
    command = [sys.executable, "-m", "workstation", "gateway", "--port", "0", "--data-dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = re.fullmatch(r"gateway ready at (http://127\.0\.0\.1:\d+)\n", line)
        assert url is not None, line
        request = SignIn(user="mare", password="a-good-horse-1", seat="A1", role=Role.CALL_TAKER)
        with closing(HttpGateway(Site(url=url[1]))) as gateway:
            credential = gateway.sign_in(request)
        running = main(["restore", "--data-dir", str(tmp_path), "--from", str(tmp_path / "none.db")])
        backup = main(["backup", "--data-dir", str(tmp_path), "--to", str(tmp_path / "backup.db")])
        process.terminate()
        _, logged = process.communicate(timeout=30)
    restored = main(["restore", "--data-dir", str(tmp_path), "--from", str(tmp_path / "backup.db")])

    assert (running, backup, restored, process.returncode) == (1, 0, 0, 0)
    assert "sign-in user=mare role=call_taker seat=A1\n" in logged
    assert credential.token not in logged
    assert "a-good-horse" not in logged


@pytest.mark.parametrize("roles", [(), ("--roles", ""), ("--roles", "emperor"), ("--roles", "hotline")])
def test_a_user_without_a_role_is_no_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], roles: tuple[str, ...]
) -> None:
    """
    Who is no administrator needs a role of people; the sentence names them, and nobody was added.
    """
    _user(monkeypatch, tmp_path, "add", "chief", "--admin", lines=(BOSS,))

    code = _user(monkeypatch, tmp_path, "add", "pony", *roles, "--as", "chief", lines=(BOSS, "taker-mule-13"))
    told = capsys.readouterr().err
    _user(monkeypatch, tmp_path, "list")

    assert code == 1
    assert "--roles call_taker,duty_officer; nothing was changed\n" in told
    assert "pony" not in capsys.readouterr().out


def test_an_earlier_backup_is_replaced_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A backup over an existing file, a folder or the store itself is refused in a sentence; --replace replaces a file.
    """
    place, to = ("--data-dir", str(tmp_path)), tmp_path / "backup.db"
    empty = main(["backup", *place, "--to", str(to)])
    told, made = capsys.readouterr().err, list(tmp_path.iterdir())
    _user(monkeypatch, tmp_path, "add", "chief", "--admin", lines=(BOSS,))
    to.write_bytes(b"the backup of yesterday")
    codes = [main(["backup", *place, "--to", str(taken)]) for taken in (to, tmp_path)]
    codes.append(main(["backup", *place, "--to", str(tmp_path / "gateway.db"), "--replace"]))
    kept = to.read_bytes()
    replaced = main(["backup", *place, "--to", str(to), "--replace"])

    assert (empty, codes, replaced) == (1, [1, 1, 1], 0)
    assert "there is no store" in told
    assert made == []
    assert kept == b"the backup of yesterday"
    assert "is there already; name another file, or add --replace; nothing was written" in capsys.readouterr().err
    assert to.read_bytes().startswith(b"SQLite format 3")


def test_a_gateway_that_cannot_start_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    A second gateway, a damaged store, an unknown script and a taken address each end with one sentence.
    """
    with only_one(tmp_path):
        taken = main(["--data-dir", str(tmp_path), "--port", "0"])
    told = capsys.readouterr().err
    (tmp_path / "gateway.db").write_bytes(b"nothing")
    damaged = main(["--data-dir", str(tmp_path), "--port", "0"])
    script = main(["--data-dir", str(tmp_path / "other"), "--port", "0", "--stand-in-script", "nonsense"])

    assert (taken, damaged, script) == (1, 1, 1)
    assert told == "gateway: another gateway is running in this folder; stop it first\n"
    assert "restore a backup" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "10.20.1.8", "gateway.invalid", "::"])
def test_the_network_needs_a_certificate(tmp_path: Path, capsys: pytest.CaptureFixture[str], host: str) -> None:
    """
    Without a certificate the gateway serves its own machine only, and says what is missing.
    """
    with pytest.raises(SystemExit) as ended:
        main(["--data-dir", str(tmp_path), "--port", "0", "--host", host])

    assert ended.value.code == 2
    assert "--tls-cert" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    No password, one that holds the user's name, a backup that is not there: each is said, and nothing is changed.
    """
    add = ("add", "chief", "--admin")
    silent = _user(monkeypatch, tmp_path, *add)
    nothing = capsys.readouterr().err
    weak = _user(monkeypatch, tmp_path, *add, lines=("chief-passwort-1",))
    named = capsys.readouterr().err
    missing = main(["restore", "--from", str(tmp_path / "none.db"), "--data-dir", str(tmp_path)])

    assert (silent, weak, missing) == (1, 1, 1)
    assert "no password was given" in nothing
    assert "must not hold the user's name" in named
    assert "there is no file" in capsys.readouterr().err
