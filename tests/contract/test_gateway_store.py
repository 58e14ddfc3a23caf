"""What the gateway's SQLite store promises: one schema, one writer, sound copies, no foreign file opened."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.contract.gateway_parts import make_incident, revision, sign_in, submission
from tests.contract.gateway_world import World, opened
from workstation.domain.errors import Unavailable
from workstation.gateway.place import only_one
from workstation.gateway.ports import Ledger
from workstation.gateway.service import open_service
from workstation.gateway.sqlite_file import StoreRefused, check, connect, copy, migrate, open_file, put_back
from workstation.gateway.store_sqlite import SqliteStore
from workstation.protocol.messages import IncidentQuery


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Open a gateway behind its local door."""
    with opened("local", tmp_path) as made:
        yield made


def _schema(file: Path) -> list[tuple[str, str]]:
    with closing(connect(file)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return [(name, "".join(sql.replace('"', "").split())) for name, sql in rows]


def test_both_ways_to_the_schema_meet(tmp_path: Path) -> None:
    """
    A fresh store and one that was migrated from nothing have the same tables, and the migration leaves a good store.
    """
    fresh, migrated = tmp_path / "fresh.db", tmp_path / "migrated.db"
    open_file(fresh)
    migrated.touch()
    migrate(migrated)
    with closing(connect(migrated)) as connection:
        connection.execute("INSERT INTO facts VALUES ('epoch', 'x')")

    assert _schema(migrated) == _schema(fresh)
    assert check(migrated) == check(fresh)


def test_an_older_store_is_migrated(tmp_path: Path) -> None:
    """
    A store without a schema version yet is brought up to date when it is opened.
    """
    file = tmp_path / "gateway.db"
    open_file(file)
    with closing(connect(file)) as connection:
        connection.execute("PRAGMA user_version = 0")
    open_file(file)

    assert check(file) == 1


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """
    A store of a newer gateway is not touched.
    """
    file = tmp_path / "gateway.db"
    open_file(file)
    with closing(connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(StoreRefused, match="newer_schema"):
        SqliteStore(file)


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b""])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """
    A file that is no store is refused and left as it is.
    """
    file = tmp_path / "gateway.db"
    file.write_bytes(content)
    with pytest.raises(StoreRefused, match="damaged"):
        SqliteStore(file)

    assert file.read_bytes() == content


def test_only_the_culprit_hears_of_its_error(tmp_path: Path) -> None:
    """
    When work that shares a commit fails, the others' work is done all the same, once.
    """
    store = SqliteStore(tmp_path / "gateway.db")
    gate, entered = threading.Event(), threading.Event()
    done: list[int] = []

    def wait(_: Ledger) -> None:
        entered.set()
        gate.wait(10)

    def fail(ledger: Ledger) -> None:
        ledger.orders.next_inbound("260302")
        raise ZeroDivisionError

    first = store.write(wait)
    entered.wait(10)
    counted = [store.write(lambda ledger: ledger.orders.next_inbound("260302")) for _ in range(3)]
    failed = store.write(fail)
    counted += [store.write(lambda ledger: ledger.orders.next_inbound("260302")) for _ in range(3)]
    gate.set()
    first.result()
    with pytest.raises(ZeroDivisionError):
        failed.result()
    done = [future.result() for future in counted]
    store.close()

    assert done == [1, 2, 3, 4, 5, 6]


def test_a_caller_who_leaves_takes_nothing_back(tmp_path: Path) -> None:
    """
    Work that was handed in is done, even when its caller cancelled the wait before its turn.
    """
    store = SqliteStore(tmp_path / "gateway.db")
    gate, entered = threading.Event(), threading.Event()

    def wait(_: Ledger) -> None:
        entered.set()
        gate.wait(10)

    store.write(wait)
    entered.wait(10)
    left = store.write(lambda ledger: ledger.orders.next_inbound("260302"))
    stayed = store.write(lambda ledger: ledger.orders.next_inbound("260302"))
    assert left.cancel()
    gate.set()

    assert stayed.result() == 2
    assert store.write(lambda ledger: ledger.orders.next_inbound("260302")).result() == 3
    store.close()


@pytest.mark.expected_logs("gateway store failed")
def test_a_full_disk_is_an_outage(world: World) -> None:
    """
    When the disk is full a command is answered as unavailable, is not half done, and goes through afterwards.
    """
    token = world.taker()
    store = world.service._store
    assert isinstance(store, SqliteStore)
    writing = store._writing.connection
    pages = store.write(lambda _: writing.execute("PRAGMA page_count").fetchone()[0]).result()
    store.write(lambda _: writing.execute(f"PRAGMA max_page_count = {pages}").fetchone()).result()
    commands = [submission() for _ in range(30)]
    with pytest.raises(Unavailable):
        world.gateway.push(commands, token)
    nothing = world.gateway.pull("", token).transfers
    store.write(lambda _: writing.execute("PRAGMA max_page_count = 1000000").fetchone()).result()
    world.gateway.push(commands, token)

    assert nothing == ()
    assert len(world.gateway.pull("", token).transfers) == 30


def test_a_backup_holds_everything(world: World, tmp_path: Path) -> None:
    """
    A backup taken while the gateway works restores orders, incidents, users and the search, and keeps the old store.
    """
    token = world.taker()
    world.one(revision(make_incident()), token)
    pending = world.done(submission(), token)
    world.service.backup(tmp_path / "copies" / "backup.db")
    place = tmp_path / "elsewhere" / "gateway.db"
    first = put_back(tmp_path / "copies" / "backup.db", place)
    second = put_back(tmp_path / "copies" / "backup.db", place)
    with closing(open_service(place, world.hotline, clock=world.clock)) as restored:
        again = sign_in(restored, "taker1")
        found = restored.incidents(IncidentQuery(words="施工"), again)
        served = restored.transfer(pending.id, token)

    assert first is None
    assert second is not None
    assert second.exists()
    assert served == pending
    assert len(found) == 1


def test_a_broken_backup_changes_nothing(world: World, tmp_path: Path) -> None:
    """
    A backup that was damaged on its way is refused and the store stays as it was.
    """
    world.service.backup(tmp_path / "backup.db")
    raw = bytearray((tmp_path / "backup.db").read_bytes())
    raw[8192:12288] = b"\x55" * 4096
    (tmp_path / "broken.db").write_bytes(raw)
    target = tmp_path / "target" / "gateway.db"
    copy(tmp_path / "backup.db", target)
    before = target.read_bytes()
    with pytest.raises(StoreRefused, match="damaged"):
        put_back(tmp_path / "broken.db", target)

    assert target.read_bytes() == before


def test_one_folder_one_gateway(tmp_path: Path) -> None:
    """
    A second gateway in the same folder is refused, and let in when the first has gone.
    """
    with only_one(tmp_path), pytest.raises(StoreRefused, match="in_use"), only_one(tmp_path):
        pass

    with only_one(tmp_path):
        pass


@pytest.mark.expected_logs("gateway store failed")
def test_readers_write_nothing(tmp_path: Path) -> None:
    """
    Work that said it only reads is not able to write.
    """
    store = SqliteStore(tmp_path / "gateway.db")

    with pytest.raises((Unavailable, dbapi2.Error)):
        store.read(lambda ledger: ledger.orders.next_inbound("260302"))
    store.close()
