"""The desk phone that nobody can drive: what to do at it is shown, what happened at it is told by keys."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workstation.desk.console import Console
from workstation.domain.call import Call
from workstation.domain.call_manual import Instruction, to_do
from workstation.domain.call_number import check_number, target
from workstation.domain.call_party import Ending
from workstation.domain.errors import InvalidValue
from workstation.domain.phones import normalise_phone
from workstation.ui.call.control import CallControl
from workstation.ui.call.manual_panel import ManualPanel, ManualView
from workstation.ui.keys import bind
from workstation.ui.labels import label
from workstation.ui.sentences import sentence

ENDINGS = {
    "third_joined": Ending.JOINED,
    "third_busy": Ending.BUSY,
    "third_silent": Ending.NO_ANSWER,
    "third_unreachable": Ending.UNREACHABLE,
}


class ByHand(QObject):
    """Between the keys of the desk phone and the telephone that is told; the steps follow from the call's log."""

    def __init__(self, console: Console, panel: ManualPanel, calls: CallControl) -> None:
        super().__init__(panel)
        if console.reported is None:
            raise RuntimeError("this telephone knows by itself")
        self._telephone = console.reported
        self._console = console
        self._panel = panel
        panel.given.connect(self._ring)
        panel.chosen.connect(self.press)
        calls.answering.connect(self._ring_first)
        calls.shown.connect(self.refresh)
        self.refresh()

    def bind_keys(self, window: QWidget) -> None:
        """Make the desk phone's keys work wherever the focus is."""
        for id in ("incoming", "citizen_left", "third_left", *ENDINGS):
            bind(id, window, partial(self.press, id))

    def press(self, id: str) -> None:
        """Tell the telephone what the key *id* stands for, if the call is such that it can have happened."""
        if id == "incoming":
            self._panel.ask()
            return
        call = self._call
        third = call.third if call is not None else None
        if call is not None and id == "citizen_left":
            self._telephone.citizen_left(call.id)
        elif call is not None and id in ENDINGS and (call.citizen.coming or (third is not None and third.coming)):
            self._telephone.report(call.id, ENDINGS[id])
        elif call is not None and third is not None and third.present and id == "third_left":
            self._telephone.third_left(call.id)

    def refresh(self) -> None:
        """Show what is to be done at the desk phone, and what may be told of it."""
        call, now = self._call, self._console.clock()
        about = call or max(self._console.phone.calls(), key=lambda met: met.log[-1].at, default=None)
        told = to_do(about, now) if about is not None else None
        self._panel.show_manual(self._view(call, told))

    @property
    def _call(self) -> Call | None:
        """The call that this seat is in, else the one that rings longest."""
        phone = self._console.phone
        return phone.current() or next(iter(phone.ringing()), None)

    def _view(self, call: Call | None, told: Instruction | None) -> ManualView:
        keys = self._keys(call)
        if told is None:
            return ManualView(keys=keys)
        steps = tuple(label(step) for step in told.steps)
        if call is not None and call.citizen.coming:
            return ManualView(label(told.action), told.number, "", steps, keys)
        if call is None or call.third is None or not told.number:
            return ManualView(steps=steps, keys=keys)
        line = self._console.library.content.directory.line(call.third.line_id)
        number, backup = (line.number, line.backup) if line is not None else (told.number, "")
        if line is not None and backup and told.number == target(line, backup=True).number:
            number, backup = backup, ""  # the first one was tried already
        return ManualView(told.name, number, backup, steps, keys)

    def _keys(self, call: Call | None) -> tuple[tuple[str, str], ...]:
        third = call.third if call is not None else None
        dials = call is not None and (call.citizen.coming or (third is not None and third.coming))
        keys = [(id, label(ending)) for id, ending in ENDINGS.items() if dials]
        if third is not None and third.present:
            keys.append(("third_left", self.tr("%1 hung up").replace("%1", third.name)))
        if call is not None and not call.citizen.coming:
            keys.append(("citizen_left", self.tr("Caller hung up")))
        return (*keys, ("incoming", self.tr("It rings")))

    def _ring(self, typed: str) -> bool:
        """Note that the desk phone rings with the number *typed*; without one it showed none."""
        try:
            number = check_number(normalise_phone(typed)) if typed.strip() else ""
            self._telephone.incoming(number)
        except InvalidValue as problem:
            self._panel.show_problem(sentence(problem))
            return False
        self._panel.leave()
        return True

    def _ring_first(self) -> None:
        """Note the number that is still being typed before its call is answered."""
        if self._panel.asking:
            self._ring(self._panel.typed)
