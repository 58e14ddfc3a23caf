"""What the console's cache keeps when its process, its disk or its file fails."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.faults.store_writer import DAY, KEY, record
from workstation.adapters.data_root import DataRoot
from workstation.adapters.sql_errors import Damaged, DiskFull, ReadOnlyFolder
from workstation.adapters.sql_file import connect, make_engine
from workstation.adapters.sql_store import SqlStore

WRITER = str(Path(__file__).with_name("store_writer.py"))
RESCUED = r"cache was damaged"
PAGE = 4096
CHECKPOINT = 1000 * PAGE
"""From this size on SQLite copies the log into the file."""

pytestmark = pytest.mark.faults


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "root"


def start_writer(folder: Path, *what: str, limit: int = resource.RLIM_INFINITY) -> subprocess.Popen[bytes]:
    """Start a console in a process of its own, about to open its cache; no file of it may grow beyond *limit*."""
    writer = subprocess.Popen(
        [sys.executable, WRITER, str(folder), *what],
        stdout=subprocess.PIPE,
        bufsize=0,  # a line read here must not swallow the ones behind it
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),  # noqa: PLW1509 -- one thread
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"start\n"
    return writer


def killed_after(writer: subprocess.Popen[bytes], seconds: float) -> list[str]:
    """Kill the console after *seconds* and return what it had told until then."""
    signal_at = time.monotonic() + seconds
    while (left := signal_at - time.monotonic()) > 0:
        try:
            writer.wait(left)
        except subprocess.TimeoutExpired:
            break
    writer.send_signal(signal.SIGKILL)
    told, _ = writer.communicate(timeout=20)
    return told.decode().split()


def killed_with(writer: subprocess.Popen[bytes], records: int) -> list[str]:
    """Kill the console once it has told of so many *records*, and return all it had told."""
    assert writer.stdout is not None
    told = [writer.stdout.readline().decode().strip() for _ in range(records + 1)]  # "open" is the first
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate(timeout=20)
    return [*told, *rest.decode().split()]


def counts_in(store: SqlStore) -> set[int]:
    """Return the numbers of all records, after proving that each is whole and the file is sound."""
    with store.begin() as tx:
        assert tx._db.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        tx._db.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('integrity-check')")
        incidents = {int(found.number.rsplit("-", 1)[1]) for found in tx.incidents(limit=100_000)}
        queued = {int(row.command.id.removeprefix("command-")) for row in tx.outbox(limit=100_000)}
    assert incidents == queued
    return incidents


def filled(folder: Path, records: int = 200) -> set[int]:
    """Write some records and close the cache."""
    store = SqlStore.open(DataRoot(folder), KEY)
    made = {record(store) for _ in range(records)}
    store.close()
    return made


def _remember(folder: Path, name: str, value: str) -> None:
    store = SqlStore.open(DataRoot(folder), KEY)
    with store.begin() as tx:
        tx.remember(name, value)
    store.close()


def overwrite(file: Path, offset: int, content: bytes) -> None:
    """Put *content* over a part of *file*."""
    with file.open("r+b") as damaged:
        damaged.seek(offset)
        damaged.write(content)


def test_no_kill_loses_an_acknowledged_record(folder: Path, counted: Callable[[int, int], int]) -> None:
    """
    However often the console is killed, nothing it acknowledged is lost, nothing is half there, no number is reused.
    """
    chance = random.Random(9)  # noqa: S311
    acknowledged: set[int] = set()
    for _ in range(counted(6, 60)):
        told = killed_after(start_writer(folder), chance.uniform(0, 0.8))
        new = {int(line) for line in told if line != "open"}
        assert not new & acknowledged
        acknowledged |= new
        store = SqlStore.open(DataRoot(folder), KEY)
        assert store.recovery is None
        assert acknowledged <= counts_in(store)
        store.close()

    assert acknowledged


@pytest.mark.expected_logs(RESCUED)
def test_a_kill_during_a_rescue_loses_nothing(folder: Path, counted: Callable[[int, int], int]) -> None:
    """
    A rescue that is killed at any moment is finished by the next start, with the same records.
    """
    chance = random.Random(10)  # noqa: S311
    made = filled(folder)
    finished = 0
    for _ in range(counted(4, 40)):
        overwrite(folder / "cache.db", 0, os.urandom(64))
        told = killed_after(start_writer(folder, "0"), chance.uniform(0, 0.15))
        finished += "open" in told
        store = SqlStore.open(DataRoot(folder), KEY)
        assert counts_in(store) == made
        store.close()

    overwrite(folder / "cache.db", 0, os.urandom(64))
    SqlStore.open(DataRoot(folder), KEY).close()
    assert finished < counted(4, 40)


@pytest.mark.expected_logs(RESCUED)
@pytest.mark.parametrize("length", [16 + 1, PAGE])
def test_a_torn_first_page_loses_nothing(folder: Path, length: int) -> None:
    """
    A first page torn or overwritten costs no record: the damaged file stands aside, the rest is as it was.
    """
    made = filled(folder)
    _remember(folder, "cursor", "41")
    _remember(folder, "theme", "day")
    overwrite(folder / "cache.db", 0, os.urandom(length))
    damaged = (folder / "cache.db").read_bytes()

    store = SqlStore.open(DataRoot(folder), KEY)
    assert counts_in(store) == made
    assert store.recovery is not None
    assert store.recovery.moved_to.read_bytes() == damaged
    assert store.recovery.complete
    with store.begin() as tx:
        assert len(tx.search("路灯")) == 50
        assert tx.next_count(DAY, "07") == max(made) + 1
        assert (tx.recall("theme"), tx.recall("cursor")) == ("day", "")  # so that the rest is pulled again
    store.close()


@pytest.mark.expected_logs(RESCUED)
def test_a_damaged_page_costs_only_its_own_rows(folder: Path) -> None:
    """
    A page that goes bad while the console runs is named at once, and the next start saves every other row.
    """
    made = filled(folder, 400)
    store = SqlStore.open(DataRoot(folder), KEY)
    _hurt(folder / "cache.db", pages=3)
    with pytest.raises(Damaged):
        _read_everything(store)
    store.close()

    again = SqlStore.open(DataRoot(folder), KEY)
    assert again.recovery is not None
    with again.begin() as tx:
        kept = {row.command.id for row in tx.outbox()} | {found.number for found in tx.incidents(limit=1000)}
        assert 2 * len(made) - 60 <= len(kept) < 2 * len(made)
        assert tx.next_count(DAY, "07") > max(made) + 100
    assert not again.recovery.complete
    again.close()


def _hurt(file: Path, pages: int) -> None:
    """Damage *pages* pages that hold documents."""
    chance = random.Random(11)  # noqa: S311
    last = file.stat().st_size // PAGE - 1
    chosen: set[int] = set()
    while len(chosen) < pages:
        offset = chance.randint(1, last) * PAGE
        before = file.read_bytes()[offset : offset + PAGE]
        overwrite(file, offset + 100, b"\xff" * 16)
        if not _documents_readable(file):
            chosen.add(offset)
        overwrite(file, offset, before)
    for offset in chosen:
        overwrite(file, offset + 100, b"\xff" * 16)


def _documents_readable(file: Path) -> bool:
    try:
        with closing(connect(file, KEY, read_only=True)) as connection:
            for table in ("incidents", "outbox"):
                connection.execute(f"SELECT document FROM {table}").fetchall()  # noqa: S608
    except dbapi2.DatabaseError:
        return False
    return True


def _read_everything(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.outbox()
        tx.incidents(limit=1000)
        tx.search("路灯")
        tx._db.exec_driver_sql("PRAGMA integrity_check").all()


@pytest.mark.expected_logs(RESCUED)
@pytest.mark.parametrize("content", [b"", b"\x00" * PAGE * 3, b"not a database at all"])
def test_a_file_beyond_rescue_is_set_aside(folder: Path, content: bytes) -> None:
    """
    A file in which nothing can be read is set aside and a fresh cache takes its place, its numbers far ahead.
    """
    made = filled(folder, 3)
    (folder / "cache.db").write_bytes(content)

    store = SqlStore.open(DataRoot(folder), KEY)
    assert counts_in(store) == set()
    assert store.recovery is not None
    assert not store.recovery.complete
    assert store.recovery.moved_to.read_bytes()[: len(content)] == content
    with store.begin() as tx:
        assert not tx.recall("cursor")
        assert tx.next_count(f"{_today()}", "07") > max(made)
    store.close()


def _today() -> str:
    return time.strftime("%y%m%d", time.gmtime(time.time() + 8 * 3600))


@pytest.mark.parametrize("keep", [0.0, 0.37, 0.8])
def test_a_cut_log_leaves_a_sound_file(folder: Path, keep: float) -> None:
    """
    A write-ahead log that lost its end costs the transactions in that end and nothing else.
    """
    made = filled(folder, 20)
    # So few that none of the log has been copied into the file: what was copied was on the disk before, end and all.
    told = killed_with(start_writer(folder), 30)
    log = folder / "cache.db-wal"
    assert told[0] == "open"
    assert log.stat().st_size < CHECKPOINT
    os.truncate(log, int(log.stat().st_size * keep))

    store = SqlStore.open(DataRoot(folder), KEY)
    kept = counts_in(store)
    assert made <= kept
    assert kept == set(range(1, len(kept) + 1))
    store.close()


@pytest.mark.expected_logs(RESCUED)
def test_a_log_of_another_file_is_never_replayed(folder: Path) -> None:
    """
    When the machine stops between setting a damaged file aside and its log, the log goes aside too.
    """
    made = filled(folder)
    overwrite(folder / "cache.db", 0, os.urandom(PAGE))
    SqlStore.open(DataRoot(folder), KEY).close()
    (folder / "cache.db").rename(folder / "cache.db.rescued")
    (folder / "cache.db-wal").write_bytes(b"a log of the damaged file")

    store = SqlStore.open(DataRoot(folder), KEY)
    assert counts_in(store) == made
    (moved,) = folder.glob("damaged-*.db-wal")
    assert moved.read_bytes() == b"a log of the damaged file"
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of two megabytes of the test's own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("NOT TESTED: a full and a read-only disk, because this user may not mount one")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    """
    On a full disk an act is refused whole and said so; once there is room the same cache goes on.
    """
    ballast = small_disk / "ballast"
    store = SqlStore.open(DataRoot(small_disk / "root"), KEY)
    ballast.write_bytes(bytes(400_000))
    made: set[int] = set()
    with pytest.raises(DiskFull):
        _write_for_ever(store, made)
    assert made
    assert counts_in(store) == made
    ballast.unlink()

    made.add(record(store))
    assert made == set(range(1, len(made) + 1))
    assert counts_in(store) == made
    store.close()


def _write_for_ever(store: SqlStore, made: set[int]) -> None:
    while True:
        made.add(record(store))


def test_a_start_on_a_full_disk_is_told(small_disk: Path) -> None:
    """
    A first start on a full disk is refused with the sentence about the disk, and works once there is room.
    """
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(2 * 1024 * 1024 - PAGE * 6))
    with pytest.raises(DiskFull), DataRoot(small_disk / "root") as root:
        SqlStore.open(root, KEY)
    ballast.unlink()

    SqlStore.open(DataRoot(small_disk / "root"), KEY).close()


@pytest.mark.parametrize("fresh", [True, False])
def test_a_read_only_folder_is_told(small_disk: Path, *, fresh: bool) -> None:
    """
    A folder in which nothing may be written is refused at the start, whether there is a cache in it or not.
    """
    if not fresh:
        filled(small_disk / "root", 3)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    with pytest.raises(ReadOnlyFolder), DataRoot(small_disk / "root") as root:
        SqlStore.open(root, KEY)


def test_a_file_size_limit_is_told(folder: Path) -> None:
    """
    When the system lets the file grow no further, the console says so and what it acknowledged is there.
    """
    filled(folder, 3)
    limit = (folder / "cache.db").stat().st_size + 200_000
    told = start_writer(folder, limit=limit).communicate(timeout=60)[0].decode().split()

    assert told[-1] in {"disk_full", "disk_failed"}
    store = SqlStore.open(DataRoot(folder), KEY)
    assert {int(line) for line in told[1:-1]} <= counts_in(store)
    store.close()


def test_a_killed_console_frees_its_data_root(folder: Path) -> None:
    """
    A data root is free again as soon as the console that held it is gone, however it went.
    """
    writer = start_writer(folder)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"open\n"
    killed_after(writer, 0)

    DataRoot(folder).close()


def test_a_copied_page_is_refused(folder: Path) -> None:
    """
    A page moved to another place in the file is noticed, as each page is sealed with its number.
    """
    filled(folder, 100)
    raw = (folder / "cache.db").read_bytes()
    overwrite(folder / "cache.db", 3 * PAGE, raw[4 * PAGE : 5 * PAGE])
    engine = make_engine(folder / "cache.db", KEY)
    store = SqlStore(DataRoot(folder), engine)

    with pytest.raises(Damaged):
        _read_everything(store)
    store.close()
