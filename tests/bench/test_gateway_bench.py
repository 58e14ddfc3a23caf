"""What the gateway takes to accept a command durably, beside bare SQLite commits in the same run."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path

import pytest

from tests.contract.gateway_parts import TestClock, make_service, make_stand_in, sign_in, submission
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import Site
from workstation.domain.command import Command
from workstation.gateway.sqlite_file import connect
from workstation.protocol.codec import encode
from workstation.protocol.messages import Answer

pytestmark = pytest.mark.bench

CLIENTS = 8
BATCH = 50
ROUNDS = 3


def _bare_commits(folder: Path, document: bytes, count: int) -> float:
    """Return how many commits of one 2 KB row a bare SQLite file takes in a second, from one thread."""
    file = folder / "bare.db"
    file.unlink(missing_ok=True)
    file.touch()
    with closing(connect(file)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, document BLOB)")
        begun = time.perf_counter()
        for number in range(count):
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO rows VALUES (?, ?)", (str(number), document))
            db.execute("COMMIT")
        return count / (time.perf_counter() - begun)


def _pushed(url: str, token: str, batches: list[list[Command]]) -> list[float]:
    """Push batches one after the other and return how long each took, in milliseconds."""
    times = []
    with closing(HttpGateway(Site(url=url))) as gateway:
        for batch in batches:
            begun = time.perf_counter()
            answers = gateway.push(batch, token)
            times.append((time.perf_counter() - begun) * 1000)
            assert all(isinstance(answer, Answer) for answer in answers)
    return times


def _accepts(url: str, token: str, count: int, size: int) -> tuple[float, float]:
    """Return accepts per second and the p99 of a request, with eight clients at once."""
    work = [[[submission() for _ in range(size)] for _ in range(count // size // CLIENTS)] for _ in range(CLIENTS)]
    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        times = [t for one in clients.map(_pushed, repeat(url), repeat(token), work) for t in one]
    rate = sum(len(batch) for batches in work for batch in batches) / (time.perf_counter() - begun)
    return rate, statistics.quantiles(times, n=100)[98]


def _memory_mb(pid: int) -> float:
    with Path(f"/proc/{pid}/smaps_rollup").open() as facts:
        (line,) = [line for line in facts if line.startswith("Pss:")]
    return int(line.split()[1]) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_accepts_per_second(
    tmp_path: Path, counted: Callable[[int, int], int], record_property: Callable[..., None]
) -> None:
    """
    Eight desks at once: the whole path of an accept costs at most ten bare commits, in batches less than one.
    """
    count = counted(800, 4000)
    clock = TestClock(datetime.now(UTC))
    with closing(make_stand_in(clock)) as hotline, closing(make_service(tmp_path / "gateway.db", clock, hotline)) as s:
        token = sign_in(s, "taker1")
    command = [sys.executable, "-m", "workstation", "gateway", "--port", "0", "--data-dir", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ
    ) as server:
        assert server.stdout is not None
        url = server.stdout.readline().split()[-1]
        document = encode(submission())
        single, batched, bare = [], [], []
        for _ in range(ROUNDS):
            bare.append(_bare_commits(tmp_path, document, count))
            single.append(_accepts(url, token, count, 1))
            batched.append(_accepts(url, token, count * 2, BATCH))
        memory = _memory_mb(server.pid)
        server.terminate()
        server.communicate(timeout=30)
    base = statistics.median(bare)
    rate, p99 = (statistics.median(values) for values in zip(*single, strict=True))
    batch_rate, batch_p99 = (statistics.median(values) for values in zip(*batched, strict=True))
    print(  # noqa: T201 -- the figures of a benchmark
        f"\ngateway bench: bare sqlite {base:.0f} commits/s, {CLIENTS} clients, memory {memory:.0f} MB"
        f"\n  one by one      {rate:6.0f}/s  ratio {rate / base:.2f}  p99 {p99:6.1f} ms"
        f"\n  batches of {BATCH}   {batch_rate:6.0f}/s  ratio {batch_rate / base:.2f}  p99 {batch_p99:6.1f} ms"
    )
    record_property("accepts_ratio", rate / base)

    assert rate / base >= 0.1
    assert batch_rate / base >= 0.3
    assert memory <= 150
