"""The rows of incident revisions, and the questions about them, in SQLite."""

import json
from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from workstation.domain.bigrams import Term, cut, terms
from workstation.domain.incident import Incident
from workstation.gateway.schema import incident_revisions, incidents
from workstation.gateway.statements import insert, text_of, upsert
from workstation.gateway.times import to_micros
from workstation.protocol.codec import decode
from workstation.protocol.messages import IncidentQuery

_I = incidents.c
_ONE: Final = text_of(sa.select(_I.row, _I.revision, _I.authors).where(_I.id == sa.bindparam("id")))
_NEXT: Final = "SELECT coalesce(max(row), 0) + 1 FROM incidents"
_SAVE: Final = upsert(incidents, "row")
_KEEP: Final = insert(incident_revisions)
_FORGET_WORDS: Final = "DELETE FROM incident_words WHERE rowid = :row"
_KEEP_WORDS: Final = "INSERT INTO incident_words(rowid, words, tails) VALUES (:row, :words, :tails)"
_FIND: Final = (
    "SELECT r.document FROM incidents i JOIN incident_revisions r ON r.incident = i.id AND r.revision = i.revision"
    " WHERE {} ORDER BY i.created_at DESC LIMIT :most"
)
_BY_ID: Final = "i.id = :id"
_NEWEST: Final = _FIND.format(_BY_ID)
_BY_PHONE: Final = "(i.call_in_phone = :phone OR i.contact_phone = :phone)"
_BY_REGION: Final = "i.region >= :region AND i.region < :region_end"
_BY_WORDS: Final = "i.row IN (SELECT rowid FROM incident_words WHERE incident_words MATCH :words)"


class SqliteIncidentRows:
    """Every revision of every incident, and an index over the newest of each."""

    def __init__(self, connection: dbapi2.Connection) -> None:
        self._db = connection

    def newest(self, id: str) -> Incident | None:
        """Return the newest revision; nothing when the incident is new."""
        row = self._db.execute(_NEWEST, {"id": id, "most": 1}).fetchone()
        return None if row is None else decode(row[0], Incident)

    def authors(self, id: str) -> frozenset[str]:
        """Return everybody who ever wrote on the incident, as far as the gateway knows."""
        row = self._db.execute(_ONE, {"id": id}).fetchone()
        return frozenset() if row is None else frozenset(json.loads(row[2]))

    def save(self, incident: Incident, document: bytes, command: str, by: str) -> None:
        """Keep a new revision beside the older ones, and let it be found."""
        found = self._db.execute(_ONE, {"id": incident.id}).fetchone()
        row = found[0] if found else self._db.execute(_NEXT).fetchone()[0]
        # A first revision may name who began the draft; later only those who send one are added.
        known = json.loads(found[2]) if found else incident.authors
        authors = sorted({*known, by})
        self._db.execute(_SAVE, {"row": row, "authors": json.dumps(authors), **_columns(incident)})
        self._db.execute(
            _KEEP, {"incident": incident.id, "revision": incident.revision, "command": command, "document": document}
        )
        words, tails = cut(_said(incident))
        if found:
            self._db.execute(_FORGET_WORDS, {"row": row})
        self._db.execute(_KEEP_WORDS, {"row": row, "words": words, "tails": tails})

    def find(self, query: IncidentQuery) -> Sequence[bytes]:
        """Return the documents that every asked part fits, newest first; nothing when nothing is asked."""
        asked = _asked(query)
        if not asked:
            return []
        sql = _FIND.format(" AND ".join(asked))
        return [bytes(document) for (document,) in self._db.execute(sql, {**_bound(query), "most": query.limit})]


def _columns(incident: Incident) -> dict[str, object]:
    return {
        "id": incident.id,
        "revision": incident.revision,
        "call_in_phone": incident.call_in_phone.text,
        "contact_phone": incident.intake.get("contact_phone"),
        "region": incident.intake.get("region"),
        "created_at": to_micros(incident.created_at),
    }


def _said(incident: Incident) -> tuple[str, ...]:
    numbers = (incident.number, incident.linked_number, incident.police_number, incident.call_in_phone.text)
    return (*numbers, *incident.intake.values.values(), incident.reason)


def _asked(query: IncidentQuery) -> list[str]:
    parts = {_BY_ID: query.id, _BY_PHONE: query.phone, _BY_REGION: query.region, _BY_WORDS: terms(query.words)}
    return [condition for condition, wanted in parts.items() if wanted]


def _bound(query: IncidentQuery) -> dict[str, object]:
    return {
        "id": query.id,
        "phone": query.phone,
        "region": query.region,
        "region_end": query.region + "\uffff",
        "words": " AND ".join(_match(term) for term in terms(query.words)),
    }


def _match(term: Term) -> str:
    star = " *" if term.open_end else ""
    phrase = f'words : "{" ".join(term.pieces)}"{star}'
    return f'({phrase} OR tails : "{term.tail}" *)' if term.tail else f"({phrase})"
