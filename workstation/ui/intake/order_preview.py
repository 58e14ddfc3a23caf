"""The order as it will be sent, composed from the fields."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.cards import Card
from workstation.ui.chips import Chip, KeyCap, Words
from workstation.ui.quiet_text import GrowingLineEdit, QuietTextEdit


class OrderPreview(QWidget):
    """Shows subject and content, and lets them be edited in place; each is composed anew until a human edits it."""

    subject_edited = Signal(str)
    content_edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(self.tr("Order"), wraps=False))
        self._own = Chip()
        head.addWidget(self._own)
        head.addStretch(1)
        self._cap = KeyCap("preview", self.tr("Edit"))
        head.addWidget(self._cap)
        self._subject, self._content = Words(), Words()
        self._subject_edit, self._content_edit = GrowingLineEdit(), QuietTextEdit()
        self._subject_edit.setAccessibleName(self.tr("Subject"))
        self._content_edit.setAccessibleName(self.tr("Content"))
        self._content_edit.setMinimumHeight(160)
        self._subject_edit.edited.connect(self._subject.show_text)
        self._subject_edit.edited.connect(self.subject_edited)
        self._content_edit.edited.connect(self._content.show_text)
        self._content_edit.edited.connect(self.content_edited)
        self._errors = {"subject": Words(role="error"), "content": Words(role="error")}
        card = Card(raised=True)
        subject = (self._subject, self._subject_edit, self._errors["subject"])
        content = (self._content, self._content_edit, self._errors["content"])
        for widget in (*subject, *content):
            card.body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(card)
        self.show_editing(editing=False)
        self.show_order("", "")

    @property
    def editing(self) -> bool:
        return self._content_edit.isVisibleTo(self)

    def show_order(self, subject: str, content: str, *, own: bool = False) -> None:
        """Show the order, which has nothing wrong with it so far; *own* says that a human wrote this text."""
        self._own.show_chip(self.tr("Edited") if own else "", "info")
        for name in self._errors:
            self.show_error(name, "")
        self._subject.show_text(subject or self.tr("The order appears here as the fields fill."))
        self._content.show_text(content)
        self._content.setVisible(bool(content) and not self.editing)
        if not self.editing:
            self._subject_edit.show_text(subject)
            self._content_edit.show_text(content)

    def show_error(self, name: str, sentence: str) -> None:
        """Say beside the subject or the content what is wrong with it."""
        self._errors[name].show_text(sentence)
        self._errors[name].setVisible(bool(sentence))

    def show_editing(self, *, editing: bool) -> None:
        """Open the text for editing, the cursor in the content, or close it again."""
        for words, edit in ((self._subject, self._subject_edit), (self._content, self._content_edit)):
            words.setVisible(not editing)
            edit.setVisible(editing)
        self._cap.show_key("preview", self.tr("Done") if editing else self.tr("Edit"))
        if editing:
            self._content_edit.setFocus()
