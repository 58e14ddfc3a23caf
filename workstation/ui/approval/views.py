"""From waiting orders to the queue's rows and the machine's checks."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from workstation.desk.author import TransferView
from workstation.desk.library import Library
from workstation.domain.directory import may_go_to
from workstation.domain.lifecycle import Action, Flag, Role
from workstation.domain.order import GapReason, Order
from workstation.domain.places import Places
from workstation.domain.places_recognise import PlaceReader
from workstation.domain.safety import dangers, police_matters
from workstation.ui.approval.checks import CheckView
from workstation.ui.approval.queue_model import QueueRow
from workstation.ui.board.views import title_of
from workstation.ui.labels import label


def tr(text: str) -> str:
    """Translate a text of the approval pane."""
    return QCoreApplication.translate("approval", text)


def confirms(view: TransferView) -> bool:
    """Say whether an order acted on first waits to be confirmed; one that was submitted anew is approved again."""
    return Flag.APPROVAL_DUE in view.transfer.flags and Action.APPROVE not in view.offered(Role.DUTY_OFFICER)


def read_by(readers: Sequence[str]) -> str:
    """Return who else is reading an order, in words."""
    return tr("read by %1").replace("%1", tr(", ").join(readers))


def queue_row(view: TransferView, now: datetime) -> QueueRow:
    """Return one row of the queue."""
    order = view.transfer.order
    seat = tr("seat %1").replace("%1", order.seat)
    return QueueRow(
        id=view.transfer.id,
        title=title_of(order),
        note=f"{seat} {order.operator}",
        age=int((now - view.waiting_since).total_seconds()),
        urgent_due=confirms(view),
    )


def checks(view: TransferView, library: Library, me: str, near: Sequence[TransferView]) -> tuple[CheckView, ...]:
    """Return what the machine checked; a person decides."""
    order, transfer = view.transfer.order, view.transfer
    text = order.subject + order.content
    found = (*dangers(library.content.safety, text), *police_matters(library.content.safety, text))
    words = " ".join(word for warned in found for word in warned.words)
    missing = [gap.field for gap in order.gaps if gap.reason is not GapReason.NOT_APPLICABLE]
    named = other_county(order, library.places)
    down = order.tier is not None and not may_go_to(library.content.directory, order.category, order.tier)
    return (
        _check(not found, tr("Safety"), tr("no word of danger in the text"), words),
        _check(
            not missing,
            tr("Complete"),
            tr("no second contact needed"),
            tr("a second contact is likely: %1").replace("%1", tr(", ").join(label(name) for name in missing)),
        ),
        _check(bool(order.consent), tr("Consent"), tr("the caller agrees"), tr("no consent on record")),
        _check(
            not near,
            tr("Repeat"),
            tr("nothing like it"),
            tr(", ").join(each.transfer.number for each in near),
        ),
        _check(not named, tr("Region"), order.region_name, tr("the text names %1").replace("%1", named)),
        _check(
            not down, tr("Where it goes"), order.unit or tr("the hotline decides"), tr("department work for a town")
        ),
        _check(
            me not in transfer.authors,
            tr("Approver"),
            tr("not the author"),
            tr("you wrote this; you may not approve it"),
        ),
    )


def other_county(order: Order, places: Places) -> str:
    """Return the county that the text names beyond doubt, if it is another than that of the chosen region."""
    found = PlaceReader(places).recognise(order.content).certain
    if found is None or not order.region_name:
        return ""
    county = places.path(found)[0].name
    return "" if order.region_name.startswith(county) else county


def _check(good: bool, title: str, well: str, ill: str) -> CheckView:  # noqa: FBT001 -- a verdict
    return CheckView(tr("pass") if good else tr("look"), "ok" if good else "warn", title, well if good else ill)
