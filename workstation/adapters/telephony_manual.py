"""A telephone engine that is a desk phone: the call-taker presses its keys and says what happened."""

from functools import partial

from workstation.adapters.telephony_session import Session
from workstation.adapters.telephony_switchboard import Switchboard
from workstation.domain.call_party import CallId, Ending


class ManualTelephony(Switchboard):
    """The fall-back when nothing can be driven: the same states and the same log, told by a human.

    What the call-taker does alone (answer, hold, hang up) is believed when the verb is taken; what another party does
    is reported. The steps to show are in `workstation.domain.call_manual`. There is no recording to name.
    """

    def incoming(self, number: str = "", name: str = "") -> CallId:
        """Note that the desk phone rings; without a number it showed none.

        Raises:
            InvalidValue: The number is none.
        """
        return self._offer(number, name)

    def report(self, call: CallId, ending: Ending) -> None:
        """Say what became of the party that was dialled."""
        self._happen(call, partial(_reported, ending))

    def citizen_left(self, call: CallId) -> None:
        """Say that the citizen hung up."""
        self._happen(call, Session.citizen_hangs_up)

    def third_left(self, call: CallId) -> None:
        """Say that the third party hung up."""
        self._happen(call, Session.third_hangs_up)

    def third_holds(self, call: CallId, *, on: bool) -> None:
        """Say that the third party put the call on hold, or came back."""
        self._happen(call, partial(Session.third_holds, on=on))

    def seat_drops(self, call: CallId) -> None:
        """Say that the desk phone dropped out of the call."""
        self._happen(call, Session.seat_drops)


def _reported(ending: Ending, session: Session) -> None:
    if session.citizen_away:
        if ending is Ending.JOINED:
            session.citizen_in()
        else:
            session.citizen_out(ending)
        return
    if not session.third or session.third_is_in:
        return
    if ending is Ending.JOINED:
        session.third_in(session.third)
    else:
        session.third_out(session.third, ending)
