"""The promises of the console's cache, as the desk's ``Store`` port words them."""

import random
import re
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from workstation.adapters import sql_engine, sql_search
from workstation.adapters.data_root import DataRoot
from workstation.adapters.sql_errors import AlreadyRunning, CardDamaged, ForeignFile, NewerSchema, PlainFile, WrongKey
from workstation.adapters.sql_file import connect, make_engine
from workstation.adapters.sql_migrate import upgrade
from workstation.adapters.sql_schema import SCHEMA_VERSION, metadata
from workstation.adapters.sql_store import SqlStore
from workstation.domain.bigrams import folded
from workstation.domain.call import Call
from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_party import CallId
from workstation.domain.command import Command
from workstation.domain.identity import CommandId, IncidentId, TransferId
from workstation.domain.incident import Incident, Outcome
from workstation.domain.intake import Intake
from workstation.domain.lifecycle import Action, Direction, Flag, Role, State
from workstation.domain.order import Order
from workstation.domain.outbox import Delivery
from workstation.domain.privacy import Address, PersonName, Phone
from workstation.domain.transfer import Step, Transfer

KEY = bytes(range(32))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def an_incident(count: int = 1, **what: object) -> Incident:
    values = {"narrative": f"小区楼下烧烤店油烟扰民第{count}次", "address": "东湖路9号", "caller_name": "欧阳修竹"}
    made = Incident(
        id=IncidentId(f"incident-{count}"),
        number=f"260302-07-{count:03d}",
        seat="07",
        author="op-1",
        created_at=at(count),
        updated_at=at(count),
        call_in_phone=Phone(f"199000{count:05d}"),
        intake=Intake(values=values),
    )
    return replace(made, **what)  # type: ignore[arg-type]


def a_transfer(count: int = 1, **what: object) -> Transfer:
    order = Order(
        incident_number=f"260302-07-{count:03d}",
        saved_at=at(count),
        seat="07",
        operator="op-1",
        caller_name=PersonName("欧阳修竹"),
        call_in_phone=Phone(f"199000{count:05d}"),
        subject="油烟扰民",
        content=f"烧烤店第{count}次把油烟排进居民楼道",
        address=Address("东湖路9号"),
    )
    made = Transfer(
        id=TransferId(f"transfer-{count}"),
        number=f"260302-07-{count:03d}",
        direction=Direction.OUTBOUND,
        state=State.PENDING_APPROVAL,
        order=order,
        incident=IncidentId(f"incident-{count}"),
        version=1,
        authors=("op-1",),
        created_at=at(count),
    )
    return replace(made, **what)  # type: ignore[arg-type]


def a_command(count: int = 1, transfer: str = "transfer-1") -> Command:
    step = Step(action=Action.WITHDRAW, role=Role.CALL_TAKER, by="op-1", at=at(count))
    return Command(id=CommandId(f"command-{count}"), at=at(count), transfer=TransferId(transfer), step=step)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "root"


@pytest.fixture
def store(folder: Path) -> Iterator[SqlStore]:
    opened = SqlStore.open(DataRoot(folder), KEY)
    yield opened
    opened.close()


def reopened(store: SqlStore, folder: Path) -> SqlStore:
    store.close()
    return SqlStore.open(DataRoot(folder), KEY)


def test_an_incident_comes_back_whole(store: SqlStore, folder: Path) -> None:
    """
    What was saved last is there after a restart, field by field.
    """
    with store.begin() as tx:
        tx.save_incident(an_incident())
    edited = an_incident(revision=3, intake=Intake(values={"narrative": "半句话"}))
    with store.begin() as tx:
        tx.save_incident(edited)
    again = reopened(store, folder)

    with again.begin() as tx:
        assert tx.incident(edited.id) == edited
        with pytest.raises(KeyError):
            tx.incident(IncidentId("nowhere"))
    again.close()


def test_incidents_are_listed(store: SqlStore) -> None:
    """
    Incidents come newest first, narrowed to an author and to those not concluded.
    """
    done = an_incident(2).concluded(Outcome.DIRECT_ANSWER, at(9))
    with store.begin() as tx:
        for incident in (an_incident(1), an_incident(3, author="op-2"), done):
            tx.save_incident(incident)

    with store.begin() as tx:
        assert [found.id for found in tx.incidents()] == ["incident-3", "incident-2", "incident-1"]
        assert [found.id for found in tx.incidents(author="op-1", open_only=True)] == ["incident-1"]
        assert [found.id for found in tx.incidents(limit=1)] == ["incident-3"]


def test_transfers_are_listed(store: SqlStore) -> None:
    """
    Transfers come newest first, narrowed by state, by one of several authors and by a flag.
    """
    with store.begin() as tx:
        tx.save_transfer(a_transfer(1, authors=("op-11", "op-2")))
        tx.save_transfer(a_transfer(2, state=State.RETURNED))
        tx.save_transfer(a_transfer(3, state=State.APPROVED, flags=frozenset({Flag.APPROVAL_DUE})))

    with store.begin() as tx:
        assert [found.id for found in tx.transfers()] == ["transfer-3", "transfer-2", "transfer-1"]
        assert [found.id for found in tx.transfers(states=(State.RETURNED, State.DECLINED))] == ["transfer-2"]
        assert [found.id for found in tx.transfers(author="op-1")] == ["transfer-3", "transfer-2"]
        assert [found.id for found in tx.transfers(author="op-2")] == ["transfer-1"]
        assert [found.id for found in tx.transfers(flag=Flag.APPROVAL_DUE)] == ["transfer-3"]
        assert [found.id for found in tx.transfers(limit=1)] == ["transfer-3"]
        assert tx.transfer(TransferId("transfer-2")) == a_transfer(2, state=State.RETURNED)
        with pytest.raises(KeyError):
            tx.transfer(TransferId("nowhere"))


def test_a_snapshot_never_goes_back(store: SqlStore) -> None:
    """
    A pulled snapshot is kept when it is newer, and not when ours is the same or newer.
    """
    with store.begin() as tx:
        assert tx.save_snapshot(a_transfer(version=4))
        assert not tx.save_snapshot(a_transfer(version=4, state=State.APPROVED))
        assert not tx.save_snapshot(a_transfer(version=3, state=State.APPROVED))
        assert tx.save_snapshot(a_transfer(version=5, state=State.APPROVED))

    with store.begin() as tx:
        assert (tx.transfer(TransferId("transfer-1")).version, len(tx.transfers())) == (5, 1)


def test_a_snapshot_waits_behind_a_queued_command(store: SqlStore) -> None:
    """
    While a command of a transfer is on its way its snapshot is not replaced; a parked one holds nothing back.
    """
    with store.begin() as tx:
        tx.save_transfer(a_transfer(version=1))
        tx.enqueue(a_command(), author="op-1", credential="token-1")
        tx.enqueue(a_command(2, "transfer-2"), author="op-1", credential="token-1")

    with store.begin() as tx:
        assert not tx.save_snapshot(a_transfer(version=2))
        tx.failed(CommandId("command-1"), Delivery.PARKED, "keeps_failing")
        assert tx.save_snapshot(a_transfer(version=2))
        assert tx.save_snapshot(a_transfer(version=1, id=TransferId("transfer-9")))


def test_the_outbox_keeps_order_author_and_credential(store: SqlStore, folder: Path) -> None:
    """
    Commands come back in the order they were queued, each under its author's own credential, after a restart too.
    """
    with store.begin() as tx:
        for count in (3, 1, 2):
            tx.enqueue(a_command(count), author=f"op-{count}", credential=f"token-{count}")
    again = reopened(store, folder)

    with again.begin() as tx:
        rows = tx.outbox()
        assert [row.command for row in rows] == [a_command(count) for count in (3, 1, 2)]
        assert [(row.author, row.credential) for row in rows] == [(f"op-{n}", f"token-{n}") for n in (3, 1, 2)]
        assert {(row.delivery, row.attempts, row.problem) for row in rows} == {(Delivery.QUEUED, 0, "")}
        assert rows[0].created_at == at(3)
        assert "token-3" not in repr(rows[0])
        assert len(tx.outbox(limit=2)) == 2
    again.close()


def test_a_command_is_queued_once(store: SqlStore) -> None:
    """
    The same command cannot be queued twice, and its transaction leaves nothing behind.
    """
    with store.begin() as tx:
        tx.enqueue(a_command(), author="op-1", credential="token-1")

    def again() -> None:
        with store.begin() as tx:
            tx.remember("theme", "night")
            tx.enqueue(a_command(), author="op-1", credential="token-1")

    with pytest.raises(sa.exc.IntegrityError):
        again()
    with store.begin() as tx:
        assert (len(tx.outbox()), tx.recall("theme")) == (1, "")


def test_a_place_in_the_queue_is_never_given_again(store: SqlStore) -> None:
    """
    A command queued after the last one was delivered still stands behind it.
    """
    with store.begin() as tx:
        tx.enqueue(a_command(1), author="op-1", credential="t")
        first = tx.outbox()[0].seq
        tx.delivered(CommandId("command-1"))
        tx.delivered(CommandId("command-1"))
        tx.enqueue(a_command(2), author="op-1", credential="t")

    with store.begin() as tx:
        assert [row.seq for row in tx.outbox()] == [first + 1]


def test_failures_are_counted_parked_and_refused(store: SqlStore) -> None:
    """
    A failed command keeps its place, attempts and reason; parked and refused ones are told apart.
    """
    with store.begin() as tx:
        for count in (1, 2, 3):
            tx.enqueue(a_command(count), author="op-1", credential="t")
        tx.failed(CommandId("command-1"), Delivery.QUEUED, "unavailable", "HTTP 502")
        tx.failed(CommandId("command-1"), Delivery.PARKED, "keeps_failing")
        tx.failed(CommandId("command-2"), Delivery.REFUSED, "stale", "moved on")

    with store.begin() as tx:
        (parked,) = tx.outbox(delivery=Delivery.PARKED)
        (refused,) = tx.outbox(delivery=Delivery.REFUSED)
        assert (parked.command.id, parked.attempts, parked.problem) == ("command-1", 2, "keeps_failing")
        assert (refused.problem, refused.detail) == ("stale", "moved on")
        assert [command.id for command in tx.queued_for(TransferId("transfer-1"))] == ["command-1", "command-3"]
        with pytest.raises(KeyError):
            tx.failed(CommandId("nowhere"), Delivery.PARKED, "keeps_failing")


def test_a_parked_command_returns_to_its_place(store: SqlStore) -> None:
    """
    A parked command put back stands where it stood and is tried afresh; no other kind can be put back.
    """
    with store.begin() as tx:
        for count in (1, 2):
            tx.enqueue(a_command(count), author="op-1", credential="t")
        tx.failed(CommandId("command-1"), Delivery.PARKED, "keeps_failing")
        tx.requeue(CommandId("command-1"))

    with store.begin() as tx:
        assert [(row.command.id, row.attempts) for row in tx.outbox(delivery=Delivery.QUEUED)] == [
            ("command-1", 0),
            ("command-2", 0),
        ]
        with pytest.raises(KeyError):
            tx.requeue(CommandId("command-2"))


def test_only_a_refused_command_is_dismissed(store: SqlStore) -> None:
    """
    Dismissing takes a refused command off the list and never one that still waits.
    """
    with store.begin() as tx:
        for count in (1, 2):
            tx.enqueue(a_command(count), author="op-1", credential="t")
        tx.failed(CommandId("command-2"), Delivery.REFUSED, "stale")
        tx.dismiss(CommandId("command-1"))
        tx.dismiss(CommandId("command-2"))

    with store.begin() as tx:
        assert [row.command.id for row in tx.outbox()] == ["command-1"]


def test_a_transaction_is_whole_or_nothing(store: SqlStore) -> None:
    """
    An exception inside a transaction takes back everything in it, the search index too.
    """

    def interrupted() -> None:
        with store.begin() as tx:
            tx.save_incident(an_incident())
            tx.enqueue(a_command(), author="op-1", credential="t")
            tx.next_count("260302", "07")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        interrupted()
    with store.begin() as tx:
        assert (list(tx.incidents()), list(tx.outbox()), list(tx.search("油烟"))) == ([], [], [])
        assert tx.next_count("260302", "07") == 1


def test_a_reader_sees_whole_transactions(store: SqlStore) -> None:
    """
    A reading thread keeps its own picture while another thread commits, and neither waits for the other.
    """
    with store.begin() as reading:
        assert not reading.incidents()
        writer = threading.Thread(target=lambda: _save(store, an_incident()))
        writer.start()
        writer.join(timeout=5)
        assert not reading.incidents()

    with store.begin() as tx:
        assert len(tx.incidents()) == 1


def _save(store: SqlStore, incident: Incident) -> None:
    with store.begin() as tx:
        tx.save_incident(incident)


def test_calls_are_kept(store: SqlStore) -> None:
    """
    Calls come back with their parties and their log, newest first.
    """
    offered = [
        TelephonyEvent(EventKind.CALL_OFFERED, at(n), CallId(f"call-{n}"), number=Phone("19900001234")) for n in (1, 2)
    ]
    kept = [Call.offered_by(event) for event in offered]
    with store.begin() as tx:
        for call in (*kept, kept[0].for_incident(IncidentId("incident-1"))):
            tx.save_call(call)

    with store.begin() as tx:
        assert list(tx.calls()) == [kept[1], kept[0].for_incident(IncidentId("incident-1"))]
        assert len(tx.calls(limit=1)) == 1
        assert tx.call(kept[1].id) == kept[1]
        with pytest.raises(KeyError):
            tx.call(CallId("call-3"))


def test_running_numbers_are_never_given_twice(store: SqlStore, folder: Path) -> None:
    """
    Each seat counts from one each day, goes on after a restart, and starts behind any record it already bears.
    """
    with store.begin() as tx:
        assert [tx.next_count("260302", "07") for _ in range(3)] == [1, 2, 3]
        assert tx.next_count("260302", "08") == 1
        assert tx.next_count("260303", "07") == 1
    again = reopened(store, folder)

    with again.begin() as tx:
        assert tx.next_count("260302", "07") == 4
        tx.save_incident(an_incident(5, number="260305-07-012"))
        tx.save_transfer(a_transfer(5, number="260305-07-011"))
        assert tx.next_count("260305", "07") == 13
    again.close()


def test_a_number_that_another_console_gave_is_not_given_here(store: SqlStore) -> None:
    """
    Where two consoles were given one seat by mistake, the one that hears of the other's order counts on behind it.
    """
    with store.begin() as tx:
        first = tx.next_count("260302", "07")
        tx.save_snapshot(a_transfer(5, number="260302-07-005"))
        tx.save_snapshot(a_transfer(6, number="260302-08-009"))

        assert (first, tx.next_count("260302", "07"), tx.next_count("260302", "07")) == (1, 6, 7)


def test_settings_are_remembered(store: SqlStore, folder: Path) -> None:
    """
    A small setting is there after a restart; one never set is empty.
    """
    with store.begin() as tx:
        tx.remember("cursor", "41")
        tx.remember("cursor", "42")
    again = reopened(store, folder)

    with again.begin() as tx:
        assert (tx.recall("cursor"), tx.recall("theme")) == ("42", "")
    again.close()


def test_a_newer_field_survives_an_older_workstation(store: SqlStore) -> None:
    """
    A field that this workstation does not know stays in the document it edits, at the top and inside.
    """
    with store.begin() as tx:
        tx.save_transfer(a_transfer())
        newer = b'{"colour":"red","order":{"smell":"burnt",'
        raw = tx._db.exec_driver_sql("SELECT document FROM transfers").scalar_one()
        with_more = raw.replace(b'"order":{', newer[1:], 1).replace(b"{", b"{", 1)
        tx._db.exec_driver_sql("UPDATE transfers SET document = ?", (with_more,))

    with store.begin() as tx:
        known = tx.transfer(TransferId("transfer-1"))
        tx.save_transfer(replace(known, version=2))
    with store.begin() as tx:
        raw = tx._db.exec_driver_sql("SELECT document FROM transfers").scalar_one()
        assert b'"colour":"red"' in raw
        assert b'"smell":"burnt"' in raw
        assert tx.transfer(TransferId("transfer-1")).version == 2


def test_a_removed_answer_stays_removed(store: SqlStore) -> None:
    """
    Keeping unknown fields never brings back an entry that was taken out of a form.
    """
    with store.begin() as tx:
        tx.save_incident(an_incident())
        tx.save_incident(an_incident(intake=Intake(values={"address": "别处"})))

    with store.begin() as tx:
        assert tx.incident(IncidentId("incident-1")).intake.values == {"address": "别处"}


@pytest.mark.parametrize(
    "words",
    [
        "油烟",
        "烟",
        "260302-07-001",
        "001",
        "19900000001",
        "1990000000",
        "0001",
        "欧阳修竹",
        "东湖路9",
        "楼下 欧阳",
        "第1次",
    ],
)
def test_search_finds_an_incident_by_anything_visible(store: SqlStore, words: str) -> None:
    """
    Number, phone, the phone's last digits, name, place and words all find the incident, and it comes back whole.
    """
    with store.begin() as tx:
        tx.save_incident(an_incident(1))
        tx.save_incident(an_incident(42, intake=Intake(), call_in_phone=Phone("19900009999"), number="260304-11-777"))

    with store.begin() as tx:
        assert [hit.incident for hit in tx.search(words)] == [an_incident(1)]


def test_search_shows_an_incident_and_its_order_once(store: SqlStore) -> None:
    """
    An incident and the order that came out of it are one hit, whichever of them holds the words.
    """
    with store.begin() as tx:
        tx.save_incident(an_incident(1))
        tx.save_transfer(a_transfer(1, hotline_number="ZZ0042"))
        tx.save_transfer(a_transfer(2))

    with store.begin() as tx:
        newest, older = tx.search("油烟")
        assert (newest.incident, newest.transfer) == (None, a_transfer(2))
        assert (older.incident, older.transfer) == (an_incident(1), a_transfer(1, hotline_number="ZZ0042"))
        assert [hit.incident for hit in tx.search("zz00")] == [an_incident(1)]
        assert len(tx.search("油烟", limit=1)) == 1


def test_search_follows_an_edit(store: SqlStore) -> None:
    """
    Words taken out of a draft no longer find it, new ones do, and its place among the hits stays.
    """
    with store.begin() as tx:
        for count in (1, 2):
            tx.save_incident(an_incident(count))
        tx.save_incident(an_incident(1, intake=Intake(values={"narrative": "井盖缺失"})))
        tx.save_incident(an_incident(1, intake=Intake(values={"narrative": "井盖缺失，油烟也大"})))

    with store.begin() as tx:
        assert [hit.incident.id for hit in tx.search("井盖") if hit.incident] == ["incident-1"]
        assert [hit.incident.id for hit in tx.search("油烟") if hit.incident] == ["incident-2", "incident-1"]
        assert not tx.search("东湖路 井盖")
        assert not tx.search("，")


def test_search_finds_exactly_what_a_scan_finds(store: SqlStore) -> None:
    """
    Random queries of one to five characters find the newest rows that a scan for the substring finds, no more no less.
    """
    chance = random.Random(110)  # noqa: S311 -- the same queries every time
    letters = "油烟扰民物业工资拖欠小区噪音𬭎路灯。，9a"
    texts = ["".join(chance.choices(letters, k=30)) for _ in range(800)]
    with store._engine.begin() as connection:
        for count, text in enumerate(texts):
            sql_search.index(connection, "incident", str(count), at(count // 3), [text])
        for _ in range(400):
            query = "".join(chance.choices(letters[:-4], k=chance.randint(1, 5)))
            scanned = [str(n) for n in reversed(range(len(texts))) if folded(query) in folded(texts[n])]
            found = [hit for _kind, hit in sql_search.find(connection, query)]
            assert found == scanned[:50], query


def test_more_records_in_one_second_than_a_second_holds(store: SqlStore) -> None:
    """
    Thousands of records of the same second are all found, in the order in which they were kept.
    """
    with store._engine.begin() as connection:
        for count in range(2500):
            sql_search.index(connection, "incident", str(count), NOON, [f"油烟{count}"])
        found = sql_search.find(connection, "油烟", 3000)

    assert [int(hit) for _kind, hit in found] == list(range(2500))[::-1]


def test_nothing_readable_lies_on_the_disk(store: SqlStore, folder: Path) -> None:
    """
    No name, number or word of a record is in any file of the data root, and the files are private.
    """
    with store.begin() as tx:
        tx.save_incident(an_incident())
        tx.enqueue(a_command(), author="op-1", credential="secret-token")
    store.close()

    for file in folder.iterdir():
        raw = file.read_bytes()
        for words in ("油烟", "欧阳修竹", "199000", "secret-token", KEY.hex()):
            assert words.encode() not in raw, file.name
        assert file.stat().st_mode & 0o077 == 0, file.name
    assert KEY.hex() not in repr(store._engine)


def test_the_file_is_durable_and_checked(store: SqlStore) -> None:
    """
    Every connection writes ahead, waits for the disk and enforces foreign keys.
    """
    with store._engine.connect() as connection:
        asked = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert asked == ["wal", 2, 1]


def test_a_wrong_key_opens_nothing(store: SqlStore, folder: Path) -> None:
    """
    A wrong key is refused and the file stays as it was; the right one still opens it.
    """
    store.close()
    before = (folder / "cache.db").read_bytes()
    with DataRoot(folder) as root:
        for key in (bytes(32), b"short"):
            with pytest.raises(WrongKey):
                SqlStore.open(root, key)
    (folder / "root.json").unlink()
    with DataRoot(folder) as root, pytest.raises(WrongKey):
        SqlStore.open(root, bytes(32))

    assert (folder / "cache.db").read_bytes() == before
    SqlStore.open(DataRoot(folder), KEY).close()


@pytest.mark.expected_logs("cache was damaged")
def test_another_consoles_file_is_refused_and_a_damaged_one_is_not(store: SqlStore, folder: Path) -> None:
    """
    A cache written under another key is refused by name and nothing is moved, not even our own log into it.

    Where one page of ours is left, or something that no cipher wrote, it is damage and rescued as ever.
    """
    store.close()
    own = (folder / "cache.db").read_bytes()
    with DataRoot(folder.with_name("other")) as other:
        SqlStore.open(other, bytes(range(32, 64))).close()
        foreign = other.cache.read_bytes()
    (folder / "cache.db").write_bytes(foreign)
    (folder / "cache.db-wal").write_bytes(b"the log of our own file")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with DataRoot(folder) as root, pytest.raises(ForeignFile) as refused:
        SqlStore.open(root, KEY)

    assert str(refused.value) == str(folder / "cache.db")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    (folder / "cache.db-wal").unlink()
    for damaged in (
        foreign[:4096] + own[4096:],
        foreign[:4096] + bytes(4096),
        foreign[:-1],
        foreign[4096:] + own[-4096:],
    ):
        (folder / "cache.db").write_bytes(damaged)
        with DataRoot(folder) as root:
            again = SqlStore.open(root, KEY)
            assert again.recovery is not None
            again.close()


def test_a_plain_file_is_refused(folder: Path) -> None:
    """
    An unencrypted file in the cache's place is refused and left alone.
    """
    folder.mkdir()
    plain = dbapi2.connect(folder / "cache.db")
    plain.execute("CREATE TABLE t (a)")
    plain.commit()
    plain.close()
    before = (folder / "cache.db").read_bytes()

    with DataRoot(folder) as root, pytest.raises(PlainFile):
        SqlStore.open(root, KEY)
    assert (folder / "cache.db").read_bytes() == before


def test_a_newer_schema_is_refused(store: SqlStore, folder: Path) -> None:
    """
    A cache written by a newer workstation is refused before anything in it is touched.
    """
    store.close()
    newer = connect(folder / "cache.db", KEY)
    newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    newer.close()

    with DataRoot(folder) as root, pytest.raises(NewerSchema):
        SqlStore.open(root, KEY)
    assert not list(folder.glob("damaged-*"))


def test_a_second_workstation_is_refused(store: SqlStore, folder: Path) -> None:
    """
    A data root in use is refused to a second instance, and free again once the first has closed.
    """
    with pytest.raises(AlreadyRunning):
        DataRoot(folder)
    store.close()

    DataRoot(folder).close()


def test_a_damaged_card_is_named(folder: Path) -> None:
    """
    A data root whose card cannot be read is refused, and let go.
    """
    folder.mkdir()
    (folder / "root.json").write_text("{")

    for _ in range(2):
        with pytest.raises(CardDamaged, match=re.escape(str(folder / "root.json"))):
            DataRoot(folder)
    assert (folder / "root.json").read_text() == "{"


def test_the_history_leads_to_the_same_schema(tmp_path: Path) -> None:
    """
    A cache brought up by Alembic's history has exactly the tables that a fresh one has.
    """
    shapes = []
    for name, make in (("fresh", metadata.create_all), ("migrated", upgrade)):
        engine = make_engine(tmp_path / name, KEY)
        with engine.begin() as connection:
            make(connection)
            rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY name, type").all()
        engine.dispose()
        shapes.append([(kind, what, " ".join((sql or "").split())) for kind, what, sql in rows])

    fresh, migrated = shapes
    differing = {what for (_, what, sql), (_, _, other) in zip(fresh, migrated, strict=True) if sql != other}
    assert [row[:2] for row in fresh] == [row[:2] for row in migrated]
    assert differing <= {"alembic_version"}


def test_an_older_cache_is_migrated(store: SqlStore, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A cache of an older schema is brought up to date in one transaction, its rows kept.
    """
    _save(store, an_incident())
    store.close()
    monkeypatch.setattr(sql_engine, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    again = SqlStore.open(DataRoot(folder), KEY)

    with again.begin() as tx:
        assert tx.incident(IncidentId("incident-1")) == an_incident()
        assert tx._db.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA_VERSION + 1
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there a folder has the rights of the profile around it")
def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    """
    A data root that others could look into belongs to its owner alone once it is opened.
    """
    folder = tmp_path / "root"
    folder.mkdir()
    folder.chmod(0o755)
    DataRoot(folder).close()

    assert folder.stat().st_mode & 0o777 == 0o700
