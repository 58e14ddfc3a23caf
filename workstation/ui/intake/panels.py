"""The widgets of the intake screen in their three columns."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.board.my_orders import MyOrders
from workstation.ui.call.missed_calls import MissedCalls
from workstation.ui.cards import Notice
from workstation.ui.intake.action_bar import ActionBar
from workstation.ui.intake.draft_strip import DraftStrip
from workstation.ui.intake.field_grid import FieldGrid
from workstation.ui.intake.guidance_card import GuidanceCard
from workstation.ui.intake.handover_card import HandoverCard
from workstation.ui.intake.narrative_panel import NarrativePanel
from workstation.ui.intake.near_orders import NearOrders
from workstation.ui.intake.order_preview import OrderPreview
from workstation.ui.intake.prompt import Prompt
from workstation.ui.intake.question_panel import QuestionPanel
from workstation.ui.intake.safety_strip import SafetyStrip
from workstation.ui.intake.suggestion_list import SuggestionList
from workstation.ui.intake.views import safety_options
from workstation.ui.layout import column, scrolled

BESIDE = 60
"""How many letters wide the window must be for three columns."""


class Panels(QWidget):
    """This call, drafts and orders on the left; what is said in the centre; what is proposed on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.drafts = DraftStrip()
        self.orders = MyOrders()
        self.missed = MissedCalls()
        self.safety = SafetyStrip(safety_options())
        self.narrative = NarrativePanel()
        self.question = QuestionPanel()
        self.grid = FieldGrid()
        self.prompt = Prompt()
        self.handover = HandoverCard()
        self.suggestions = SuggestionList()
        self.guidance = GuidanceCard()
        self.preview = OrderPreview()
        self.near = NearOrders()
        self.outcomes = ActionBar()
        self.notice = Notice()
        keeps = self.notice.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # so that nothing moves under the call-taker's eyes
        self.notice.setSizePolicy(keeps)
        written = QHBoxLayout()
        written.setSpacing(12)
        written.addWidget(column(self.drafts, self.missed, (self.orders, 1)), 17)
        self._centre = column(self.safety, (self.narrative, 1), self.question, self.grid)
        written.addWidget(scrolled(self._centre), 54)
        said = QVBoxLayout()  # beside what is proposed, which has the whole height: the order is read there
        said.setSpacing(8)
        said.addLayout(written, 1)
        said.addWidget(self.notice)
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 8)
        row.setSpacing(12)
        row.addLayout(said, 71)
        self._right = column(self.prompt, self.handover, self.suggestions, self.guidance, self.preview, self.near, None)
        self._beside = scrolled(self._right)
        row.addWidget(self._beside, 28)
        self._stacked = False
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(row, 1)
        page.addWidget(self.outcomes)
        self.missed.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            QTimer.singleShot(0, self, self._arrange)

    def _arrange(self) -> None:
        """Put what is proposed below the form where large text leaves no room beside it."""
        stacked = self.width() < BESIDE * self.font().pixelSize()
        if stacked is self._stacked:
            return
        self._stacked = stacked
        focus = QApplication.focusWidget()
        layout = self._centre.layout()
        if stacked and layout is not None:
            layout.addWidget(self._beside.takeWidget())
        else:
            self._beside.setWidget(self._right)
        self._beside.setVisible(not stacked)
        self._right.show()
        if focus is not None:
            focus.setFocus()
