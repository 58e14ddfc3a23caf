"""What the console's cache takes to commit an act and to search, beside bare SQLite in the same run."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from workstation.adapters import sql_search
from workstation.adapters.data_root import DataRoot
from workstation.adapters.sql_store import SqlStore
from workstation.domain.command import Command
from workstation.domain.identity import CommandId, IncidentId, TransferId, uuid7
from workstation.domain.incident import Incident, Outcome, Safety
from workstation.domain.intake import Intake
from workstation.domain.lifecycle import Action, Direction, Role, State
from workstation.domain.order import Order
from workstation.domain.privacy import Address, PersonName, Phone
from workstation.domain.transfer import Step, Transfer

pytestmark = pytest.mark.bench

KEY = bytes(range(32))
FULL = 100_000
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = tuple(
    "小区楼下 烧烤店 油烟 扰民 半夜 施工 噪音 物业 不管 包工头 拖欠 工资 手机 关机 路灯 不亮 井盖 缺失 超市 假货 退款 "  # noqa: SIM905
    "土地 边界 邻居 纠纷 自来水 停水 三天 暖气 不热 违章 停车 消防 通道 垃圾 清运 河道 异味 公交 站牌 学校 门口".split()
)
PLACES = ["东湖路", "西山街", "南园小区", "北河村", "光明大道", "建设路", "和平里", "解放桥"]
NAMES = ["欧阳修竹", "司马青云", "诸葛小雨", "上官明月", "慕容秋水"]

SEARCH_LIMIT_MS = 20.0
COMMIT_LIMIT_MS = 50.0
COMMIT_RATIO = 25.0
"""How many bare one-row commits one act may cost; it writes two records, two commands and the index."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore.open(DataRoot(tmp_path / "root"), KEY)
    yield opened
    opened.close()


def order_of(count: int, chance: random.Random) -> Transfer:
    """Return an invented order of about 120 characters; one comes in every five minutes."""
    at = NEW_YEAR + timedelta(seconds=300 * count)
    content = "，".join("".join(chance.choices(WORDS, k=5)) for _ in range(10))
    order = Order(
        incident_number=f"{at:%y%m%d}-07-{count % 1000:03d}",
        saved_at=at,
        seat="07",
        operator="op-1",
        caller_name=PersonName(chance.choice(NAMES)),
        call_in_phone=Phone(f"1990000{chance.randrange(10_000):04d}"),
        subject=content[:12],
        content=content,
        address=Address(f"{chance.choice(PLACES)}{chance.randint(1, 300)}号"),
        wish="".join(chance.choices(WORDS, k=2)),
    )
    return Transfer(
        id=TransferId(uuid7(at, entropy=chance.getrandbits(74))),
        number=order.incident_number,
        direction=Direction.OUTBOUND,
        state=State.CLOSED,
        order=order,
        version=9,
        authors=("op-1",),
        hotline_number=f"ZZ{count:08d}",
        created_at=at,
    )


def queries(orders: list[Transfer], chance: random.Random, count: int) -> list[str]:
    """Return what people look for: from two characters up, words, names, places, numbers and their ends."""
    made = []
    for _ in range(count):
        order = chance.choice(orders)
        content = order.order.content.replace("，", "")
        start = chance.randrange(len(content) - 6)
        phone = order.order.call_in_phone.text
        street = order.order.address.text
        made.append(
            chance.choice(
                [
                    content[start : start + 2],
                    content[start : start + chance.randint(3, 6)],
                    f"{street} {content[start : start + 2]}",
                    order.order.caller_name.text[:2],
                    order.number,
                    order.hotline_number,
                    phone,
                    phone[-4:],
                    phone[:9],
                    "不在其中",
                ]
            )
        )
    return made


def timed(act: Callable[[], object]) -> float:
    """Return how many milliseconds *act* takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def report(name: str, values: list[float]) -> None:
    figures = (percentile(values, 0.5), percentile(values, 0.99), max(values))
    print(f"\n{name}: n={len(values)} p50 {figures[0]:.3f} ms, p99 {figures[1]:.3f} ms, max {figures[2]:.3f} ms")  # noqa: T201


def test_search_is_far_faster_than_a_scan(store: SqlStore, counted: Callable[[int, int], int]) -> None:
    """
    Over 100,000 cached orders a search shows its hits in at most 20 ms (p99); finding them takes a sixth of a scan.
    """
    chance = random.Random(12)  # noqa: S311 -- the same orders every time
    count = counted(5_000, FULL)
    orders = [order_of(number, chance) for number in range(count)]
    with store.begin() as tx:
        for order in orders:
            tx.save_transfer(order)
    asked = queries(orders, chance, counted(200, 600))

    found, searched = [], []
    for words in asked:
        found.append(timed(partial(_find, store, words)))
        searched.append(timed(partial(_search, store, words)))
    scanned = [timed(partial(_scan, store, words)) for words in asked[:: len(asked) // 20]]
    report(f"index over {count} orders", found)
    report(f"index over {count} orders and the hits loaded", searched)
    report(f"scan over {count} orders", scanned)
    assert percentile(found, 0.99) <= percentile(scanned, 0.5) / counted(1, 6)
    if count == FULL:
        assert percentile(searched, 0.99) <= SEARCH_LIMIT_MS


def _find(store: SqlStore, words: str) -> None:
    with store.begin() as tx:
        sql_search.find(tx._db, words)


def _search(store: SqlStore, words: str) -> None:
    with store.begin() as tx:
        tx.search(words)


def _scan(store: SqlStore, words: str) -> None:
    pattern = f"%{words}%"
    with store.begin() as tx:
        tx._db.exec_driver_sql("SELECT id FROM transfers WHERE CAST(document AS TEXT) LIKE ?", (pattern,)).all()


def test_an_act_is_durable_at_once(store: SqlStore, tmp_path: Path, counted: Callable[[int, int], int]) -> None:
    """
    One key's act is on the disk within 50 ms (p99) and costs no more than a few bare commits.
    """
    chance = random.Random(13)  # noqa: S311
    acts, bare = [], []
    with closing(_bare(tmp_path / "bare.db")) as plain:
        for count in range(counted(200, 2_000)):
            transfer = order_of(count, chance)
            acts.append(timed(partial(_act, store, transfer)))
            bare.append(timed(partial(plain.execute, "INSERT INTO t (a) VALUES ('one row')")))

    report("act: two records, two commands, index, durable commit", acts)
    report("bare SQLite commit", bare)
    ratio = percentile(acts, 0.5) / percentile(bare, 0.5)
    print(f"ratio of medians: {ratio:.1f}")  # noqa: T201
    assert ratio <= COMMIT_RATIO
    assert percentile(acts, 0.99) <= COMMIT_LIMIT_MS + percentile(bare, 0.99)


def _bare(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE t (a TEXT)")
    return connection


def _act(store: SqlStore, draft: Transfer) -> None:
    """Conclude an incident with an order and send both, as one key does."""
    at = draft.created_at
    with store.begin() as tx:
        number = f"{at:%y%m%d}-07-{tx.next_count(f'{at:%y%m%d}', '07'):03d}"
        incident = Incident(
            id=IncidentId(f"incident-{draft.id}"),
            number=number,
            seat="07",
            author="op-1",
            created_at=at,
            updated_at=at,
            safety=Safety(danger=False, injured=False, weapon=False, crime=False, at=at),
            intake=Intake(
                values={"narrative": draft.order.content, "address": draft.order.address.text, "consent": "yes"}
            ),
        ).concluded(Outcome.WORK_ORDER, at)
        transfer = replace(draft, incident=incident.id, number=number, state=State.DRAFT, version=0)
        tx.save_incident(incident)
        tx.save_transfer(transfer)
        step = Step(action=Action.SUBMIT, role=Role.CALL_TAKER, by="op-1", at=at)
        sent = Command(id=CommandId(f"s-{draft.id}"), at=at, transfer=draft.id, step=step, order=transfer.order)
        tx.enqueue(sent, author="op-1", credential="t")
        told = Command(id=CommandId(f"i-{draft.id}"), at=at, incident=incident)
        tx.enqueue(told, author="op-1", credential="t")
