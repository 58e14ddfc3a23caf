"""The matter of most journeys: an invented night-time noise, said field by field."""

from dataclasses import replace
from typing import Final

from tests.journeys.console import Person
from workstation.domain.identity import TransferId
from workstation.domain.incident import Safety

NARRATIVE: Final = "楼上装修队深夜用电钻，噪声很大，已经持续三天，影响休息。"
PHONE: Final = "19900001234"
SAID: Final = {
    "narrative": NARRATIVE,
    "kind": "complaint",
    "category": "020105",
    "region": "370402000000",
    "address": "示例小区3号楼2单元",
    "happened": "昨晚十一点开始",
    "respondent": "示例装修队",
    "wish": "希望夜间停止施工",
    "caller_name": "林女士",
    "contact_phone": PHONE,
    "wants_reply": "yes",
    "confidential": "no",
    "consent": "yes",
}


def answers_a_call(who: Person, number: str = PHONE) -> None:
    """Let a citizen call, and *who* answer it and begin a form."""
    before = who.phone.current()
    if before is not None:
        who.phone.end(before.id)
    call = who.telephone.offer(number)
    who.phone.answer(call)
    who.incident = who.form.begin(who.phone.call(call))


def is_safe(who: Person) -> None:
    """Answer the safety screen four times with no."""
    says_of_safety(who)


def says_of_safety(who: Person, *, injured: bool = False) -> None:
    """Answer the safety screen; only *injured* may be yes here."""
    answers = Safety(danger=False, injured=injured, weapon=False, crime=False, at=who.machine.clock())
    who.incident = replace(who.open_form(), safety=answers)
    who.form.keep(who.incident)


def writes_everything(who: Person) -> None:
    """Fill the whole form."""
    for name, value in SAID.items():
        who.write(name, value)


def takes_down(who: Person) -> None:
    """Answer a call and write down all that was said."""
    answers_a_call(who)
    is_safe(who)
    writes_everything(who)


def sends(who: Person) -> TransferId:
    """Take a call down and send its order for approval."""
    takes_down(who)
    return who.send()
