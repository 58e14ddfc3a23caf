"""The first screen: who sits here, in which role, at which seat."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from workstation.domain.identity import SEAT_FORM
from workstation.domain.lifecycle import Role
from workstation.ui.call.practice_stripe import PracticeStripe
from workstation.ui.cards import Card
from workstation.ui.chips import Words
from workstation.ui.fields import ChoiceField, Field, FieldView, LineField
from workstation.ui.hits import Hit
from workstation.ui.labels import label
from workstation.ui.theme import mark

ROLES = (Role.CALL_TAKER, Role.DUTY_OFFICER)
RETURN = "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}"
SEAT = re.compile(SEAT_FORM)


class SignInPage(QFrame):
    """Asks for operator, password, role and seat; accepts keys before anything else of the program is there."""

    entered = Signal(object)

    def __init__(self, *, seat: str, practice: bool) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._user = LineField("operator", self.tr("Operator"))
        self._password = LineField("password", self.tr("Password"))
        self._password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        roles = [Hit(role.value, label(role)) for role in ROLES]
        self._role = ChoiceField("role", self.tr("Role"), roles)
        self._seat = LineField("seat", self.tr("Seat"))
        self._enter = QPushButton()
        self._enter.setProperty("state", "primary")
        self._enter.setDefault(True)
        self._card = Card(self.tr("110 to 12345 workstation"))
        self._obstacle = Words(role="error")
        self._obstacle.hide()
        self._says = Words(role="error")
        self._locked = Words()
        self._fields = (self._user, self._password, self._role, self._seat)
        self._lay_out(practice=practice)
        self._seat.show_field(FieldView(text=seat))
        self._role.show_field(FieldView(text=ROLES[0].value))
        self._enter.clicked.connect(self.enter)
        self.show_locked("")
        self.setFocusProxy(self._user)

    def _lay_out(self, *, practice: bool) -> None:
        card = self._card
        if practice:
            card.show_note(self.tr("Practice"))
        card.body.addWidget(self._locked)
        for field in self._fields:
            field.show_caption_width(96)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(field, 1)
            if field is self._role:
                digits = (f"{digit} {label(role)}" for digit, role in enumerate(ROLES, start=1))
                row.addWidget(Words("  ".join(digits), role="muted", wraps=False))
            card.body.addLayout(row)
        card.body.addWidget(self._obstacle)
        card.body.addWidget(self._says)
        card.body.addWidget(self._enter)
        card.setMinimumWidth(440)
        card.setMaximumWidth(640)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        stripe = PracticeStripe()
        whole.addWidget(stripe)
        stripe.setVisible(practice)
        page = QGridLayout()
        whole.addLayout(page, 1)
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(card)
        column.addStretch(3)
        page.addLayout(column, 0, 1)
        page.setColumnStretch(0, 1)
        page.setColumnStretch(2, 1)

    @property
    def problem(self) -> str:
        """What was wrong with the last attempt, or else what keeps everybody out."""
        return self._says.text() or self._obstacle.text()

    @property
    def typed(self) -> tuple[str, str, str, str]:
        """Operator, password, role and seat as they stand."""
        return self._user.edit.text(), self._password.edit.text(), self._role.value, self._seat.edit.text()

    def show_typed(self, typed: tuple[str, str, str, str]) -> None:
        """Show what was typed on another page like this one."""
        user, password, role, seat = (FieldView(text=text) for text in typed)
        self._user.show_field(user)
        self._password.show_field(password)
        self._role.show_field(role)
        self._seat.show_field(seat)

    def show_account(self, user: str, password: str, role: Role, seat: str = "") -> None:
        """Fill the form, for practice and for the one who was locked out."""
        self._user.show_field(FieldView(text=user))
        self._password.show_field(FieldView(text=password))
        self._role.show_field(FieldView(text=role.value))
        if seat:
            self._seat.show_field(FieldView(text=seat))
        (self._user if not user else self._enter if password else self._password).setFocus()

    @property
    def locked_by(self) -> str:
        """Who locked the screen; empty while nobody did."""
        return self._locked_by

    def show_locked(self, who: str) -> None:
        """Say that *who* locked the screen and that the work goes on underneath; empty, nobody did."""
        self._locked_by = who
        text = self.tr(
            "Locked by %1. A call and what was written go on underneath; the password opens it again. "
            "Somebody else signs in with another operator number; the first one is signed out then."
        )
        self._locked.show_text(text.replace("%1", who))
        self._locked.setVisible(bool(who))
        self._card.show_title(self.tr("Locked") if who else self.tr("110 to 12345 workstation"))
        enters = self.tr("Unlock") if who else self.tr("Sign in")
        self._enter.setText(f"{enters}  {RETURN}")
        self._seat.edit.setReadOnly(bool(who))
        mark(self._seat.edit, "role", "plain" if who else "")

    def forget_password(self) -> None:
        """Empty the password: whoever signed in gives it again the next time."""
        self._password.show_field(FieldView())

    def show_waiting(self, waiting: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Say that the answer is on its way; the fields keep what was typed."""
        self._enter.setDisabled(waiting)
        if waiting:
            mark(self._says, "role", "muted")
            self._says.show_text(self.tr("Signing in…"))

    def show_obstacle(self, sentence: str) -> None:
        """Say what keeps everybody out; it stands until it is gone, and moves no cursor: somebody may be typing."""
        if sentence and not self._enter.isEnabled():
            self._says.show_text("")
            self._enter.setDisabled(False)
        self._obstacle.show_text(sentence)
        self._obstacle.setVisible(bool(sentence))

    def show_problem(self, sentence: str, *, asked: bool = True) -> None:
        """Say what was wrong, beside the button; nothing typed is lost, nor the cursor moved where nobody *asked*."""
        self._enter.setDisabled(False)
        mark(self._says, "role", "error")
        self._says.show_text(sentence)
        if sentence and asked:
            self._password.setFocus()
            self._password.edit.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._enter.isEnabled():
            self.enter()
            return
        super().keyPressEvent(event)

    def enter(self) -> None:
        """Ask to be signed in with what was typed, or say what is wrong with it."""
        # Not above: the messages bring the whole protocol, and this page is there before anything slow.
        from workstation.domain.errors import InvalidValue
        from workstation.protocol.messages import SignIn

        for marked in self._fields:
            marked.show_marks(FieldView())
        user, password, role, seat = (field.edit.text().strip() for field in self._fields)
        empty = next((f for f, text in zip(self._fields, (user, password, role, seat), strict=True) if not text), None)
        if empty is not None:
            self._complain(empty, self._asks_for_seat() if empty is self._seat else self.tr("Please fill this in."))
            return
        chosen = next((known for known in ROLES if known == self._role.value), None)
        if chosen is None:
            self._complain(self._role, self.tr("Choose one of the values by its digit."))
            return
        if not SEAT.fullmatch(seat):
            self._complain(self._seat, self.tr("A seat has 1 to 8 letters and digits."))
            return
        try:
            request = SignIn(user=user, password=self._password.edit.text(), seat=seat, role=chosen)
        except InvalidValue as problem:
            long = self._user if problem.field == "user" else self._password
            self._complain(long, self.tr("This is too long."))
            return
        self.show_waiting(True)
        self.entered.emit(request)

    def _asks_for_seat(self) -> str:
        return self.tr("Write this computer's own seat, which no other computer has: it is part of each call's number.")

    def _complain(self, field: Field, sentence: str) -> None:
        """Say beside *field*, and beside the button, what is wrong with it; nothing is on its way."""
        self.show_problem(sentence)
        field.show_marks(FieldView(error=sentence))
        field.setFocus()
