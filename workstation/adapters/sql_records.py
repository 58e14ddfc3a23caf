"""The tables of incidents, transfers and calls: documents in, domain objects out."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from workstation.adapters.sql_documents import document, incident_words, micros, stored, transfer_words
from workstation.adapters.sql_schema import calls, incidents, transfers
from workstation.adapters.sql_search import index
from workstation.domain.call import Call
from workstation.domain.call_party import CallId
from workstation.domain.identity import IncidentId, TransferId
from workstation.domain.incident import Incident, Stage
from workstation.domain.lifecycle import Flag, State
from workstation.domain.transfer import Transfer

INCIDENT = "incident"
TRANSFER = "transfer"


def _upsert(table: sa.Table) -> sa.Insert:
    statement = insert(table)
    new = {column.name: statement.excluded[column.name] for column in table.c if column.name != "id"}
    return statement.on_conflict_do_update(index_elements=["id"], set_=new)


# Built once: an autosave runs them every second, and building takes longer than SQLite does.
_TABLES = (incidents, transfers, calls)
_UPSERT = {table.name: _upsert(table) for table in _TABLES}
_DOCUMENT = {table.name: sa.select(table.c.document).where(table.c.id == sa.bindparam("wanted")) for table in _TABLES}


def save_incident(connection: sa.Connection, incident: Incident) -> None:
    """Keep *incident* as it is now."""
    row = {
        "id": incident.id,
        "number": incident.number,
        "author": incident.author,
        "stage": incident.stage,
        "revision": incident.revision,
        "created_at": micros(incident.created_at),
    }
    _save(connection, incidents, row, incident)
    index(connection, INCIDENT, incident.id, incident.created_at, incident_words(incident))


def save_transfer(connection: sa.Connection, transfer: Transfer) -> None:
    """Keep *transfer* as it is now."""
    row = {
        "id": transfer.id,
        "number": transfer.number,
        "hotline_number": transfer.hotline_number,
        "incident": transfer.incident,
        "direction": transfer.direction,
        "state": transfer.state,
        "version": transfer.version,
        "authors": _listed(transfer.authors),
        "flags": _listed(sorted(transfer.flags)),
        "created_at": micros(transfer.created_at),
    }
    _save(connection, transfers, row, transfer)
    index(connection, TRANSFER, transfer.id, transfer.created_at, transfer_words(transfer))


def save_call(connection: sa.Connection, call: Call) -> None:
    """Keep *call* with its log."""
    _save(connection, calls, {"id": call.id, "queued_at": micros(call.queued_at)}, call)


def version_of(connection: sa.Connection, id: TransferId) -> int | None:
    """Return the version that we have of a transfer, None when we have none."""
    return connection.scalar(sa.select(transfers.c.version).where(transfers.c.id == id))


def incident(connection: sa.Connection, id: IncidentId) -> Incident:
    """Return the incident; ``KeyError`` when there is none."""
    return stored(_document_of(connection, incidents, id), Incident)


def transfer(connection: sa.Connection, id: TransferId) -> Transfer:
    """Return the transfer; ``KeyError`` when there is none."""
    return stored(_document_of(connection, transfers, id), Transfer)


def call(connection: sa.Connection, id: CallId) -> Call:
    """Return the call; ``KeyError`` when there is none."""
    return stored(_document_of(connection, calls, id), Call)


def all_incidents(connection: sa.Connection, author: str, *, open_only: bool, limit: int) -> list[Incident]:
    """Return incidents, newest first."""
    query = sa.select(incidents.c.document)
    if author:
        query = query.where(incidents.c.author == author)
    if open_only:
        query = query.where(incidents.c.stage != Stage.CONCLUDED)
    newest = query.order_by(incidents.c.created_at.desc(), incidents.c.id.desc()).limit(limit)
    return [stored(raw, Incident) for raw in connection.scalars(newest)]


def all_transfers(
    connection: sa.Connection, states: Sequence[State], author: str, flag: Flag | None, limit: int
) -> list[Transfer]:
    """Return transfers, newest first, narrowed by state, by one of the authors, by a flag."""
    query = sa.select(transfers.c.document)
    if states:
        query = query.where(transfers.c.state.in_(states))
    if author:
        query = query.where(sa.func.instr(transfers.c.authors, _listed([author])) > 0)
    if flag is not None:
        query = query.where(sa.func.instr(transfers.c.flags, _listed([flag])) > 0)
    newest = query.order_by(transfers.c.created_at.desc(), transfers.c.id.desc()).limit(limit)
    return [stored(raw, Transfer) for raw in connection.scalars(newest)]


def all_calls(connection: sa.Connection, limit: int) -> list[Call]:
    """Return calls, newest first."""
    query = sa.select(calls.c.document).order_by(calls.c.queued_at.desc(), calls.c.id.desc()).limit(limit)
    return [stored(raw, Call) for raw in connection.scalars(query)]


def _save(connection: sa.Connection, table: sa.Table, row: Mapping[str, object], value: object) -> None:
    before = connection.scalar(_DOCUMENT[table.name], {"wanted": row["id"]})
    connection.execute(_UPSERT[table.name], {**row, "document": document(value, before)})


def _document_of(connection: sa.Connection, table: sa.Table, id: str) -> bytes:
    raw: bytes | None = connection.scalar(_DOCUMENT[table.name], {"wanted": id})
    if raw is None:
        raise KeyError(id)
    return raw


def _listed(names: Sequence[str]) -> str:
    """Return *names* as one column in which each can be found whole."""
    return "".join(f"\n{name}\n" for name in names)
