"""A call-taker's real window before a real exchange, in a process of its own, so that it can be killed.

Run as ``python window_process.py FOLDER GATEWAY BRIDGE``. It signs in, is ready, answers whoever rings, and adds the
first line of the directory when told ``three``. Each line of its output is one JSON object: what is on the screen.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from tests.exchange.room import sit_down_with_telephone
from tests.faults.console_process import say
from workstation.ui.demo_hands import until


def main(folder: str, gateway: str, bridge: str, *orders: str) -> None:
    """Sit down and work until killed."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)  # a keyring of whoever runs the tests is none of ours
    seat = sit_down_with_telephone(Path(folder), gateway, bridge)
    seat.program.crash.install()
    seat.program.crash.crashed.connect(lambda path: say(crash=str(path)))
    seat.sign_in()
    phone, hands = seat.work.console.phone, seat.hands
    until(lambda: phone.engine_up, "the exchange")
    said = ""
    if phone.current() is None:
        hands.press("ready")
        say(ready=True)
        until(phone.ringing, "a call that rings", 60)
        hands.press("answer")
        until(lambda: seat.work.intake.incident is not None, "the form")

    def look() -> bool:
        nonlocal said
        call, form = phone.current(), seat.work.intake.incident
        state = call.state if call is not None else ""
        if state != said:
            said = state
            say(state=state, call=call.id if call is not None else "", form=form.number if form is not None else "")
        return bool(said)

    until(lambda: seat.work.intake.incident is not None, "the form of the call")
    until(look, "a call")
    if "three" in orders:
        until(lambda: look() and said == "talking", "talking")
        hands.press("call_transfer")
        hands.strike(Qt.Key.Key_Return)
    if "hang_up" in orders:
        hands.press("hang_up")
        hands.press("hang_up")
    until(lambda: look() and said == "never", "the end", 60)


if __name__ == "__main__":
    main(*sys.argv[1:])
