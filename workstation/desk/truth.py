"""The truth behind a refused command: what the gateway has of the order or the incident that it was about."""

from workstation.desk.ports import Gateway
from workstation.domain.errors import Refused, SignInNeeded, Unavailable
from workstation.domain.incident import Incident
from workstation.domain.outbox import OutboxRow
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import IncidentQuery, Problem


def transfer_behind(row: OutboxRow, gateway: Gateway, token: str) -> Transfer | None:
    """Return what the gateway has of the order; nothing when it never took it, so that our draft is the truth.

    Raises:
        Unavailable: The gateway cannot be asked now.
    """
    if row.command.transfer is None:
        return None
    try:
        # A credential that has ended still delivers its rows but may not ask, so whoever is signed in asks.
        return gateway.transfer(row.command.transfer, token or row.credential)
    except Refused:
        return None
    except SignInNeeded as asker:
        # It is whoever is signed in who may not ask; the row's own credential has nothing to do with it.
        raise Unavailable("sign_in_needed") from asker


def incident_behind(row: OutboxRow, problem: Problem, gateway: Gateway, token: str) -> Incident | None:
    """Return what the gateway has of an incident that we revised too late.

    Raises:
        Unavailable: The gateway cannot be asked now.
    """
    incident = row.command.incident
    if incident is None or problem.problem != "stale":
        return None
    try:
        found = gateway.incidents(IncidentQuery(id=incident.id), token or row.credential)
    except Refused:
        return None
    except SignInNeeded as asker:
        raise Unavailable("sign_in_needed") from asker
    return found[0] if found else None
