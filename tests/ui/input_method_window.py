"""The real window on a real display for whoever types at it from outside; it says what stands in the narrative.

Run as ``python input_method_window.py FOLDER``; each line of its output is one JSON object.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from workstation.bootstrap.stage import two_consoles
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat


def say(**what: object) -> None:
    """Tell the tester."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(folder: str) -> int:
    """Open a form, put the cursor in the narrative and tell what happens there, until it is closed."""
    stage = two_consoles(Path(folder), on_demand=True)
    seat = Seat(stage.taker)
    seat.sign_in()
    intake = seat.work.intake
    seat.hands.press("new_draft")
    until(lambda: intake.incident is not None and intake.panels.narrative.text_edit.hasFocus(), "the narrative")
    told: list[object] = []

    def look() -> None:
        incident = intake.incident
        seen = {
            "text": intake.panels.narrative.text_edit.toPlainText(),
            "kept": seat.work.console.form.incident(incident.id).intake.get("narrative")
            if incident is not None
            else "",
            "notice": intake.panels.notice.text,
            "crashes": seat.crashes,
        }
        if told[-1:] != [seen]:
            told.append(seen)
            say(**seen)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    seat.program.app.exec()
    stage.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
