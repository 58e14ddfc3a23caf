"""The screens of one person, one in front: form, board, approval and the page of keys."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from workstation.ui.approval.screen import ApprovalScreen
from workstation.ui.board.screen import BoardScreen
from workstation.ui.cards import Notice
from workstation.ui.intake.screen import IntakeScreen
from workstation.ui.keys_page import KeysPage


class Pages(QStackedWidget):
    """Brings a screen to the front with the cursor where one works on it; the other role's screen stays away."""

    def __init__(self, intake: IntakeScreen, board: BoardScreen, approval: ApprovalScreen, *, decides: bool) -> None:
        super().__init__()
        self._intake = intake
        self._board = board
        self._approval = approval
        self._decides = decides
        self._keys = KeysPage()
        for page in (intake, board, approval, self._keys):
            self.addWidget(page)
        self.setCurrentWidget(self.home)

    @property
    def home(self) -> QWidget:
        """The screen this role works on."""
        return self._approval if self._decides else self._intake

    @property
    def is_home(self) -> bool:
        return self.currentWidget() is self.home

    def go_to(self, page: QWidget) -> None:
        """Bring *page* to the front."""
        # What is done on the other role's screen the gateway would refuse afterwards.
        if page is (self._intake if self._decides else self._approval):
            return
        self.setCurrentWidget(page)
        if page is self._board:
            self._board.refresh()
        page.setFocus()
        if page is self._intake:
            self._intake.panels.narrative.setFocus()
        elif page is self._board:
            self._board.orders.setFocus()

    def go_to_place(self, place: int) -> None:
        """Bring a screen to the front by its number."""
        page = self.widget(place)
        if page is not None:
            self.go_to(page)

    def toggle_keys(self) -> None:
        """Show the page of keys, or go back from it."""
        self.go_to(self.home if self.currentWidget() is self._keys else self._keys)

    def search(self) -> None:
        """Go where orders are searched for."""
        self.go_to(self._board)
        self._board.go_to_search()

    def open_order(self, id: str) -> None:
        """Show the order *id* on the board."""
        self.go_to(self._board)
        self._board.open(id)

    def say(self, text: str, state: str = "ok") -> None:
        """Say something on whichever screen is in front."""
        page = self.currentWidget()
        notice = page.notice if page in {self._board, self._approval} else self._intake.panels.notice
        notice.show_notice(text, state)

    def take_back(self, text: str) -> None:
        """Take *text* away wherever it still stands: it is no longer so."""
        for notice in self._notices:
            notice.take_back(text)

    def clear_notices(self) -> None:
        """Take away what was said on every screen."""
        for notice in self._notices:
            notice.clear()

    @property
    def _notices(self) -> tuple[Notice, ...]:
        return (self._intake.panels.notice, self._board.notice, self._approval.notice)
