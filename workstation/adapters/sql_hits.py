"""What a search found, loaded in three questions however many hits there are."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from workstation.adapters.sql_documents import stored
from workstation.adapters.sql_records import INCIDENT
from workstation.adapters.sql_schema import incidents, transfers
from workstation.domain.incident import Incident
from workstation.domain.outbox import SearchHit
from workstation.domain.transfer import Transfer


def hits(connection: sa.Connection, found: Sequence[tuple[str, str]]) -> list[SearchHit]:
    """Return the records *found*, by kind and id, in the same order; an incident and its order are one hit."""
    named = {id for kind, id in found if kind == INCIDENT}
    orders = _transfers(connection, {id for kind, id in found if kind != INCIDENT}, named)
    calls = _incidents(connection, named | {str(order.incident) for order in orders.values() if order.incident})
    of_incident = {str(order.incident): order for order in orders.values() if order.incident}
    made: dict[str, SearchHit] = {}
    for kind, id in found:
        order = of_incident.get(id) if kind == INCIDENT else orders[id]
        shared = id if order is None else str(order.incident or order.id)
        made.setdefault(shared, SearchHit(incident=calls.get(shared), transfer=order))
    return list(made.values())


def _transfers(connection: sa.Connection, ids: Collection[str], of: Collection[str]) -> dict[str, Transfer]:
    """Return the transfers with these ids and those that came out of these incidents, the newest last."""
    wanted = sa.or_(transfers.c.id.in_(ids), transfers.c.incident.in_(of))
    query = sa.select(transfers.c.document).where(wanted).order_by(transfers.c.created_at)
    loaded = (stored(raw, Transfer) for raw in connection.scalars(query))
    return {str(transfer.id): transfer for transfer in loaded}


def _incidents(connection: sa.Connection, ids: Collection[str]) -> dict[str, Incident]:
    query = sa.select(incidents.c.document).where(incidents.c.id.in_(ids))
    loaded = (stored(raw, Incident) for raw in connection.scalars(query))
    return {str(incident.id): incident for incident in loaded}
