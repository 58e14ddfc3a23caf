"""From transfers to the rows, facts and steps that are shown of them."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from workstation.desk.assist import PATH
from workstation.desk.author import TransferView
from workstation.desk.library import Library
from workstation.domain.call_log import FirstContact
from workstation.domain.call_party import PartyKind
from workstation.domain.deadlines import Colour, Deadline, colour
from workstation.domain.identity import CHINA
from workstation.domain.lifecycle import Action, Flag
from workstation.domain.order import ConsultationEntry, Order
from workstation.domain.owed import CARDS, cards_raised, owed
from workstation.domain.transfer import Step, Transfer
from workstation.ui.approval.order_sheet import Fact, OrderView
from workstation.ui.board.orders_model import OrderRow
from workstation.ui.board.timeline import StepView
from workstation.ui.labels import label

_DOT = " \N{MIDDLE DOT} "
_CARD_FLAGS = {Action.WARN_YELLOW: Flag.YELLOW_CARD, Action.WARN_RED: Flag.RED_CARD}
_CARD_STATES = {Action.WARN_YELLOW: "warn", Action.WARN_RED: "danger"}
_KINDS = frozenset(PartyKind)

_NOBODY = frozenset({"gateway", "hotline", "unit"})  # what a machine signs with tells nobody more than its role does


def tr(text: str) -> str:
    """Translate a text of the board."""
    return QCoreApplication.translate("board", text)


def short_time(at: datetime, now: datetime) -> str:
    """Return a moment as people read it: the time today, the day without its year inside the year."""
    at, now = at.astimezone(CHINA), now.astimezone(CHINA)
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return f"{at:%m-%d %H:%M}" if at.year == now.year else f"{at:%Y-%m-%d %H:%M}"


def step_time(at: datetime, now: datetime) -> str:
    """Return the moment of a step, to the second."""
    at, now = at.astimezone(CHINA), now.astimezone(CHINA)
    return f"{at:%H:%M:%S}" if at.date() == now.date() else f"{at:%Y-%m-%d %H:%M:%S}"


def title_of(order: Order) -> str:
    """Return where and what, in a few words."""
    matter = order.category_name.split(PATH)[-1] if order.category_name else order.subject
    return _DOT.join(part for part in (order.region_name, matter) if part)


def order_row(view: TransferView, library: Library, now: datetime) -> OrderRow:
    """Return one row of the board, with the deadline that presses most."""
    transfer = view.transfer
    since = transfer.steps[-1].recorded_at or transfer.steps[-1].at if transfer.steps else transfer.created_at
    deadline = pressing(transfer, library)
    note, (card, _) = transfer.unit or transfer.order.unit, _worst_card(transfer)
    due = ""
    if deadline is not None:
        due = " ".join(part for part in (_card_words(transfer, deadline), _due_words(deadline, now)) if part)
    state = transfer.state if transfer.steps or not view.queued else view.expected
    return OrderRow(
        id=transfer.id,
        number=transfer.number,
        state=state,
        title=title_of(transfer.order),
        note=_DOT.join(part for part in (note, short_time(since, now)) if part),
        age=int((now - since).total_seconds()),
        queued=bool(view.queued),
        deadline=_press(deadline, now),
        due=due,
        card="" if card and card in due else card,
    )


def pressing(transfer: Transfer, library: Library) -> Deadline | None:
    """Return the next deadline of an order that is under way; none before the hotline has it or after the result."""
    return min(owed(transfer, library.deadlines), key=lambda deadline: deadline.due, default=None)


def _worst_card(transfer: Transfer) -> tuple[str, str]:
    """Return the card in a word, and the state it is shown in; two empty texts where none was raised."""
    worst_first = (Action.WARN_RED, Action.WARN_YELLOW)
    found = ((label(_CARD_FLAGS[one]), _CARD_STATES[one]) for one in worst_first if _CARD_FLAGS[one] in transfer.flags)
    return next(found, ("", ""))


def _card_words(transfer: Transfer, deadline: Deadline) -> str:
    """Return the card that was raised about this very deadline, in a word."""
    raised = cards_raised(transfer).get(deadline.kind, ())
    return label(_CARD_FLAGS[raised[-1]]) if raised else ""


def _press(deadline: Deadline | None, now: datetime) -> str:
    if deadline is None:
        return ""
    shown = colour(deadline, now)
    return "over" if shown is Colour.OVERDUE else "near" if shown in {Colour.SOON, Colour.DUE_TODAY} else ""


def _due_words(deadline: Deadline, now: datetime) -> str:
    words = tr("%1 by %2").replace("%1", label(deadline.kind)).replace("%2", short_time(deadline.due, now))
    return words + (tr(" (provisional)") if deadline.provisional else "")


def order_view(view: TransferView, library: Library, now: datetime) -> OrderView:
    """Return an order as a department will read it, with its history."""
    transfer, order = view.after, view.after.order
    missing = [gap for gap in order.gaps if gap.reason != "not_applicable"]
    card, card_state = _worst_card(transfer)
    complete = tr("No second contact needed")
    if missing:
        complete = tr("%1 gaps, each with its reason").replace("%1", str(len(missing)))
    return OrderView(
        id=transfer.id,
        revision=transfer.revision,
        subject=order.subject,
        content=order.content,
        meta=_meta(transfer, now),
        complete=complete,
        complete_state="warn" if missing else "ok",
        card=card,
        card_state=card_state,
        facts=facts(order, transfer, library),
        consultation=tuple(_consulted(entry, order.seat, now) for entry in order.consultation),
        steps=steps(view, now),
    )


def _consulted(entry: ConsultationEntry, seat: str, now: datetime) -> StepView:
    """Return who was in the call or left it, or keeps the matter; that nobody agreed stands out."""
    return StepView(
        at=step_time(entry.at, now),
        what=_party(entry.party, seat),
        who=label(entry.event, "ending"),
        note=entry.note,
        state="warn" if entry.event == FirstContact.WE_KEEP else "",
    )


def _party(party: str, seat: str) -> str:
    """Name somebody who was in the call; whoever reads the order sits at another seat."""
    if party == PartyKind.SEAT:
        return tr("Seat %1").replace("%1", seat)
    return label(party, "party_kind") if party in _KINDS else party


def _meta(transfer: Transfer, now: datetime) -> str:
    order = transfer.order
    parts = [f"{label('incident')} {transfer.number}"]
    if transfer.hotline_number:
        parts.append(f"12345 {transfer.hotline_number}")
    times = (
        (tr("called %1"), order.queued_at),
        (tr("answered %1"), order.answered_at),
        (tr("hung up %1"), order.on_hook_at),
    )
    parts += [words.replace("%1", short_time(at, now)) for words, at in times if at is not None]
    if order.recording_id:
        parts.append(tr("recording %1").replace("%1", order.recording_id))
    return _DOT.join(parts)


def facts(order: Order, transfer: Transfer, library: Library) -> tuple[Fact, ...]:
    """Return every field of the order that holds something, and each gap with its reason."""
    gaps = {gap.field: gap.reason for gap in order.gaps}
    shown = [
        ("kind", label(order.kind) if order.kind else ""),
        ("category", order.category_name),
        ("region", order.region_name),
        ("address", order.address.text),
        ("landmark", order.landmark),
        ("caller_name", order.caller_name.text),
        ("sex", label(order.sex) if order.sex else ""),
        ("contact_phone", order.contact_phone.text),
        ("call_in_phone", order.call_in_phone.text),
        ("respondent", order.respondent),
        ("people_affected", str(order.people_affected or "")),
        ("happened", order.happened),
        ("wish", order.wish),
        ("wants_reply", _yes_no(order.wants_reply)),
        ("confidential", _yes_no(order.confidential)),
        ("consent", _yes_no(order.consent)),
        (
            "unit",
            _DOT.join(part for part in (transfer.unit or order.unit, label(order.tier) if order.tier else "") if part),
        ),
        ("guidance_item", guidance_words(order.guidance_item, library)),
        ("urgent_reason", order.urgent_reason),
        ("police_number", order.police_number),
        ("recording_id", order.recording_id),
    ]
    missing = tr("not obtained (%1)")
    return tuple(
        Fact(name, label(name), text or missing.replace("%1", label(gaps[name], "gap_reason")))
        for name, text in shown
        if text or name in gaps
    )


def guidance_words(id: str, library: Library) -> str:
    """Name an item of the guidance lists as people know it, its code behind; one unknown here is its code."""
    item = library.content.guidance.item(id)
    return tr("%1 (%2)").replace("%1", item.title).replace("%2", id) if item is not None else id


def _yes_no(value: bool | None) -> str:  # noqa: FBT001 -- what was said
    return "" if value is None else label("yes" if value else "no")


def steps(view: TransferView, now: datetime) -> tuple[StepView, ...]:
    """Return every step and note an order took, in order, and what is still on its way."""
    done = {id(step) for step in (*view.transfer.steps, *view.transfer.notes)}
    taken = sorted((*view.after.steps, *view.after.notes), key=lambda step: step.recorded_at or step.at)
    return tuple(_step(step, now, queued=id(step) not in done) for step in taken)


def _step(step: Step, now: datetime, *, queued: bool) -> StepView:
    note = _DOT.join(
        part
        for part in (
            step.reason,
            step.unit,
            step.result,
            label(step.satisfaction) if step.satisfaction else "",
            tr(", ").join(label(name, "deadline_kind" if step.action in CARDS else "") for name in step.fields),
        )
        if part
    )
    return StepView(
        at=step_time(step.recorded_at or step.at, now),
        what=label(step.action),
        who=label(step.role) if step.by in _NOBODY else f"{label(step.role)} {step.by}",
        note=note,
        inferred=step.inferred,
        queued=queued,
        state=_CARD_STATES.get(step.action, ""),
    )
