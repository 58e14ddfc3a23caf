"""The fields that the hotline needs, two in a row, in talking order."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from workstation.domain.order import Kind
from workstation.ui.cards import Card
from workstation.ui.chips import Chip, KeyCap, Words
from workstation.ui.fields import ChoiceField, FieldView, LineField, PickField
from workstation.ui.flow import FlowLayout, clear, show_now
from workstation.ui.hits import Hit
from workstation.ui.labels import label

FIELDS = (
    (("region", 6), ("address", 6)),
    (("landmark", 6), ("happened", 6)),
    (("caller_name", 4), ("sex", 2), ("contact_phone", 6)),
    (("respondent", 6), ("kind", 3), ("people_affected", 3)),
    (("wish", 6), ("wants_reply", 2), ("confidential", 2), ("consent", 2)),
)
"""The rows, each field with its share of twelve columns."""
NARROW = (
    (("region", 12),),
    (("address", 12),),
    (("landmark", 12),),
    (("happened", 12),),
    (("caller_name", 8), ("sex", 4)),
    (("contact_phone", 12),),
    (("respondent", 12),),
    (("kind", 6), ("people_affected", 6)),
    (("wish", 12),),
    (("wants_reply", 4), ("confidential", 4), ("consent", 4)),
)
"""The rows where the text is large and the window small."""
LETTERS = 7.5
"""How many letters wide a field is besides its caption, with a chip beside it."""
COLUMNS = 12
LEFT = ("region", "landmark", "caller_name", "respondent", "wish")
RIGHT = ("address", "happened", "contact_phone", "kind")
YES_NO = ("yes", "no")
CHOICES: Mapping[str, Sequence[str]] = {
    "sex": ("female", "male"),
    "kind": tuple(Kind),
    "wants_reply": YES_NO,
    "confidential": YES_NO,
    "consent": YES_NO,
}
AnyField = LineField | PickField | ChoiceField


class FieldGrid(Card):
    """Shows every field at once; a gap, its reason and what is wrong stand beside the field they belong to."""

    edited = Signal(str, str)
    left = Signal(str)
    region_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("What 12345 needs"))
        self.fields: dict[str, AnyField] = {}
        self._count = Chip()
        self.insert_in_head(self._count)
        self.head.addWidget(KeyCap("next_gap", self.tr("Next gap")))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.body.addLayout(self._grid)
        self._hint = QWidget()
        self._flow = FlowLayout(self._hint, gap=4)
        self.head.replaceWidget(self._note, self._hint)
        self.head.setStretchFactor(self._hint, 1)
        self._note.hide()
        self._narrow = False
        for fields in FIELDS:
            for name, _ in fields:
                self._add(name)
        self._place()
        self._hint_choices(())
        self._align()

    def show_field(self, name: str, view: FieldView) -> None:
        self.fields[name].show_field(view)

    def show_fields(self, views: Mapping[str, FieldView]) -> None:
        for name, view in views.items():
            self.show_field(name, view)

    def show_count(self, done: int, total: int) -> None:
        self._count.show_chip(f"{done} / {total}" if total else "", "ok" if done == total else "info")

    def show_region_hits(self, hits: Sequence[Hit], typed: str = "") -> None:
        """Show the rows found for *typed*, unless something else stands in the field by now."""
        region = self.fields["region"]
        if isinstance(region, PickField) and region.filter == typed:
            region.show_hits(hits)

    @property
    def region_unchosen(self) -> bool:
        """Whether a region was typed that is no row of the list, or none was taken."""
        region = self.fields["region"]
        return isinstance(region, PickField) and region.unchosen

    def start_anew(self) -> None:
        """Forget a region that was typed and not chosen."""
        region = self.fields["region"]
        if isinstance(region, PickField):
            region.start_anew()

    def go_to(self, name: str) -> None:
        """Put the cursor into the field *name*."""
        self.fields[name].edit.setFocus()

    def focused(self) -> str:
        """Name the field that has the focus; empty if none has."""
        return next((name for name, field in self.fields.items() if field.edit.hasFocus()), "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            QTimer.singleShot(0, self, self._align)  # the captions learn their new font after this card

    def minimumSizeHint(self) -> QSize:
        """Ask for less than the usual rows need: there are others for less room."""
        return QSize(
            min(super().minimumSizeHint().width(), 18 * self.font().pixelSize()), super().minimumSizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < max(self._needed(fields) for fields in FIELDS)
        if narrow is not self._narrow:
            self._narrow = narrow
            self._place()

    def _needed(self, fields: Sequence[tuple[str, int]]) -> float:
        """Return how wide a row is in which every field has room for its words, in this language."""
        metrics, letters = self.fontMetrics(), LETTERS * self.font().pixelSize()
        captions = [self.fields[name].caption for name, _ in fields]
        widths = [max(metrics.horizontalAdvance(one.text()), one.minimumWidth()) for one in captions]
        margins = self.body.contentsMargins().left() + self.body.contentsMargins().right()
        return sum(widths) + len(widths) * letters + (len(widths) - 1) * self._grid.horizontalSpacing() + margins

    def _place(self) -> None:
        for field in self.fields.values():
            self._grid.removeWidget(field)
        for row, fields in enumerate(NARROW if self._narrow else FIELDS):
            left = 0
            for name, share in fields:
                self._grid.addWidget(self.fields[name], row, left, 1, share)
                left += share

    def _add(self, name: str) -> None:
        field = self._made(name)
        field.edited.connect(lambda text: self.edited.emit(name, text))
        field.left.connect(lambda: self.left.emit(name))
        self.fields[name] = field

    def _made(self, name: str) -> AnyField:
        if name in CHOICES:
            words = self._words()
            choices = ChoiceField(
                name, words.get(name) or label(name), [Hit(v, words.get(v) or label(v)) for v in CHOICES[name]]
            )
            choices.hinted.connect(self._hint_choices)
            return choices
        if name == "region":
            region = PickField(name, label(name))
            region.typed.connect(self.region_typed)
            return region
        return LineField(name, label(name))

    def _words(self) -> Mapping[str, str]:
        """Return the short words of this form that are not terms of the field."""
        return {
            "yes": self.tr("Yes"),
            "no": self.tr("No"),
            "female": self.tr("Female"),
            "male": self.tr("Male"),
            "wants_reply": self.tr("Reply"),
            "confidential": self.tr("Secret"),
            "consent": self.tr("Agrees"),
        }

    def _hint_choices(self, choices: Sequence[Hit]) -> None:
        """Say which digit means what for the field that has the focus; the line keeps its room when it is empty."""
        clear(self._flow)
        for digit, choice in enumerate(choices, start=1):
            self._flow.addWidget(Words(f"{digit} {choice.text}", role="keycap", wraps=False))
        show_now(self._flow)

    def _align(self) -> None:
        """Give the captions of each column one width, so that the fields begin below each other."""
        for names in (LEFT, RIGHT):
            fields = [self.fields[name] for name in names if name in self.fields]
            # Measured in this card's own font: a caption learns a new one later, and asks for what it was given.
            metrics = self.fontMetrics()
            width = max((metrics.horizontalAdvance(field.caption.text()) for field in fields), default=0)
            for field in fields:
                field.show_caption_width(width)
        self._fit()
