"""A duty officer who reads what waits to its end and approves it, by keys alone."""

from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat

MOST_PAGES = 60


class Officer:
    """Approves one order after the other."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.approved: list[str] = []

    def approve(self, id: str) -> bool:
        """Approve what stands on the pane and say whether that was *id*."""
        hands, pane = self._seat.hands, self._seat.work.approval
        until(lambda: id in pane.queue.order(), "the order at the duty officer's")
        current = self.read()
        hands.press("approve")
        until(lambda: pane.current != current, "the next order")
        self.approved.append(current)
        return current == id

    def read(self) -> str:
        """Read what stands on the pane to its end and name it."""
        hands, pane = self._seat.hands, self._seat.work.approval
        until(lambda: pane.current, "an order on the pane")
        hands.take_the_seat()
        until(lambda: pane.decisions.settled, "a look at the order")
        current = pane.current
        for _ in range(MOST_PAGES):
            if pane.decisions.armed:
                break
            hands.press("scroll_order")
        until(lambda: pane.decisions.armed, "the end of the order on screen")
        return current
