"""A console that saves a draft, queues its command and counts, as fast as it can, and says what is safe.

Run as ``python store_writer.py FOLDER [RECORDS]``; it says ``start`` before it opens the cache, ``open`` afterwards and
one number after each commit, until it has written enough, is killed or the disk fails.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from workstation.adapters.data_root import DataRoot
from workstation.adapters.sql_errors import CacheProblem
from workstation.adapters.sql_store import SqlStore
from workstation.domain.command import Command
from workstation.domain.identity import CommandId, IncidentId
from workstation.domain.incident import Incident
from workstation.domain.intake import Intake

KEY = bytes(range(32))
DAY = "260302"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def record(store: SqlStore) -> int:
    """Save one incident with its command under the next number, in one transaction."""
    with store.begin() as tx:
        count = tx.next_count(DAY, "07")
        incident = Incident(
            id=IncidentId(f"incident-{count}"),
            number=f"{DAY}-07-{count:03d}",
            seat="07",
            author="op-1",
            created_at=NOON,
            updated_at=NOON,
            intake=Intake(values={"narrative": f"路灯不亮{count}" * (count % 300)}),
        )
        tx.save_incident(incident)
        tx.enqueue(Command(id=CommandId(f"command-{count}"), at=NOON, incident=incident), author="op-1", credential="t")
    return count


def main(folder: str, records: str = "1000000") -> int:
    """Write until something stops it; the problem's code is the last line."""
    try:
        say("start")
        store = SqlStore.open(DataRoot(Path(folder)), KEY)
        say("open")
        for _ in range(int(records)):
            say(str(record(store)))
        store.close()
    except CacheProblem as problem:
        say(problem.code)
        return 1
    return 0


def say(line: str) -> None:
    """Tell the tester; a pipe does not wait, so what was told is told even when we die now."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
