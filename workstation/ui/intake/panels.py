"""The widgets of the intake screen in their three columns."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.board.my_orders import MyOrders
from workstation.ui.cards import Notice
from workstation.ui.intake.action_bar import ActionBar
from workstation.ui.intake.draft_strip import DraftStrip
from workstation.ui.intake.field_grid import FieldGrid
from workstation.ui.intake.guidance_card import GuidanceCard
from workstation.ui.intake.narrative_panel import NarrativePanel
from workstation.ui.intake.near_orders import NearOrders
from workstation.ui.intake.order_preview import OrderPreview
from workstation.ui.intake.prompt import Prompt
from workstation.ui.intake.question_panel import QuestionPanel
from workstation.ui.intake.safety_strip import SafetyStrip
from workstation.ui.intake.suggestion_list import SuggestionList
from workstation.ui.intake.views import safety_options
from workstation.ui.layout import column, scrolled


class Panels(QWidget):
    """This call, drafts and orders on the left; what is said in the centre; what is proposed on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.drafts = DraftStrip()
        self.orders = MyOrders()
        self.safety = SafetyStrip(safety_options())
        self.narrative = NarrativePanel()
        self.question = QuestionPanel()
        self.grid = FieldGrid()
        self.prompt = Prompt()
        self.suggestions = SuggestionList()
        self.guidance = GuidanceCard()
        self.preview = OrderPreview()
        self.near = NearOrders()
        self.outcomes = ActionBar()
        self.notice = Notice()
        keeps = self.notice.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # so that nothing moves under the call-taker's eyes
        self.notice.setSizePolicy(keeps)
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(column(self.drafts, (self.orders, 1)), 17)
        row.addWidget(scrolled(column(self.safety, (self.narrative, 1), self.question, self.grid)), 54)
        right = column(self.prompt, self.suggestions, self.guidance, self.preview, self.near, None)
        row.addWidget(scrolled(right), 28)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(row, 1)
        page.addWidget(self.notice)
        page.addWidget(self.outcomes)
