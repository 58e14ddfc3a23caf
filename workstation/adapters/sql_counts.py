"""The running numbers of a seat, never given twice: not after a restart, nor after a damaged cache."""

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from workstation.adapters.sql_schema import counters, incidents, settings, transfers

LEAP = "count_leap"
"""The setting that a rescue leaves: numbers may have been read out whose records could not be read."""

LEAP_BY = 200


def next_count(connection: sa.Connection, day: str, seat: str) -> int:
    """Return the next running number of *seat* on *day*, beginning with 1 and behind every number that is known here.

    An order that came from the gateway may bear this seat too, where two consoles were given one by mistake.
    """
    mine = sa.and_(counters.c.day == day, counters.c.seat == seat)
    last = connection.scalar(sa.select(counters.c.count).where(mine))
    known = _known(connection, day, seat)
    count = 1 + (known + _leapt(connection, day) if last is None else max(last, known))
    row = {"day": day, "seat": seat, "count": count}
    connection.execute(insert(counters).values(row).on_conflict_do_update(index_elements=["day", "seat"], set_=row))
    return count


def leap(connection: sa.Connection, day: str) -> None:
    """Leave a gap in the numbers of *day*, wide enough for whatever could not be read."""
    connection.execute(sa.update(counters).values(count=counters.c.count + LEAP_BY))
    row = {"name": LEAP, "value": day}
    connection.execute(insert(settings).values(row).on_conflict_do_update(index_elements=["name"], set_=row))


def _known(connection: sa.Connection, day: str, seat: str) -> int:
    """Return the highest number of that day and seat that any record bears."""
    prefix = f"{day}-{seat}-"
    numbers = (
        sa.select(table.c.number).where(table.c.number >= prefix, table.c.number < prefix + ":")
        for table in (incidents, transfers)
    )
    found = connection.scalars(sa.union_all(*numbers)).all()
    return max((int(number.removeprefix(prefix)) for number in found), default=0)


def _leapt(connection: sa.Connection, day: str) -> int:
    leapt = connection.scalar(sa.select(settings.c.value).where(settings.c.name == LEAP)) == day
    return LEAP_BY if leapt else 0
