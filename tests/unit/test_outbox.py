"""A row of the outbox says where it is on its way, and nothing of what it carries."""

from datetime import UTC, datetime

from tests.unit.domain_parts import an_incident
from workstation.domain.command import Command
from workstation.domain.identity import CommandId
from workstation.domain.outbox import Delivery, OutboxRow


def test_a_row_prints_no_personal_data() -> None:
    """
    What ends up in a log names the row, its command and its delivery only.
    """
    at = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
    incident = an_incident({"caller_name": "欧阳修竹", "contact_phone": "19900001234"})
    row = OutboxRow(
        seq=7,
        command=Command(id=CommandId("c-7"), at=at, incident=incident),
        author="taker-1",
        credential="secret-token",
        delivery=Delivery.QUEUED,
        attempts=2,
        created_at=at,
    )

    printed = repr(row)

    assert printed.startswith("OutboxRow(7, ")
    assert "attempts=2" in printed
    assert not [secret for secret in ("欧阳", "19900001234", "secret-token") if secret in printed]
