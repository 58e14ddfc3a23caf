"""Draws the widgets in the arrangement of the real screens, with invented text, and saves pictures to look at.

python -m tests.ui.gallery FOLDER
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_FONT_DPI", "96")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.domain.call_party import Ending, PartyState
from workstation.domain.call_table import CallAction, CallState
from workstation.domain.incident import Outcome
from workstation.domain.lifecycle import State
from workstation.ui.approval.checks import Checks, CheckView
from workstation.ui.approval.decision_bar import DecisionBar
from workstation.ui.approval.order_sheet import Fact, OrderSheet, OrderView
from workstation.ui.approval.queue import Queue
from workstation.ui.approval.queue_model import QueueRow
from workstation.ui.board.my_orders import MyOrders
from workstation.ui.board.orders_model import OrderRow
from workstation.ui.board.timeline import StepView
from workstation.ui.call.call_bar import CallView
from workstation.ui.call.party_row import PartyRow, PartyView
from workstation.ui.call.status_line import StatusView
from workstation.ui.call.top_bar import TopBar
from workstation.ui.card_model import CardView
from workstation.ui.fields import FieldView
from workstation.ui.intake.action_bar import ActionBar
from workstation.ui.intake.draft_strip import DraftStrip, DraftView
from workstation.ui.intake.field_grid import FieldGrid
from workstation.ui.intake.guidance_card import GuidanceCard, GuidanceView
from workstation.ui.intake.narrative_panel import NarrativePanel
from workstation.ui.intake.near_orders import NearOrders
from workstation.ui.intake.order_preview import OrderPreview
from workstation.ui.intake.question_panel import QuestionPanel, QuestionView
from workstation.ui.intake.safety_strip import SafetyStrip, SafetyView
from workstation.ui.intake.suggestion_list import SuggestionList, SuggestionView
from workstation.ui.keys_page import KeysPage
from workstation.ui.language import Language
from workstation.ui.layout import column, scrolled
from workstation.ui.theme import Appearance, comfortable_size

NARRATIVE = (
    "北辛街道新兴路锦绣花园对面工地，昨晚十点多开始打桩一直到凌晨两点，"
    "已经连着三天了，家里有高考学生，找过工地没人管，想让他们晚上别施工"
)
TINTED = ("昨晚十点多", "凌晨两点", "连着三天", "想让他们晚上别施工")
SUBJECT = "关于李女士反映滕州市北辛街道新兴路锦绣花园对面工地夜间施工噪音扰民的问题"
CONTENT = (
    "李女士来电反映：市民居住在锦绣花园，4 月 8 日起连续三日，对面工地 22 时"
    "至次日 2 时打桩施工，家中有高考学生，曾到工地反映无人处理。诉求：夜间停止施工。"
)
TALKING = (CallAction.HOLD, CallAction.ADD_PARTY, CallAction.END)


def top_bar(*, practice: bool = False) -> TopBar:
    bar = TopBar()
    bar.show_seat("06 席", "接警员 110023")
    bar.call.show_call(CallView(CallState.TALKING, "199 **** 2210", "公民", 72, TALKING))
    bar.status.show_status(StatusView(unsent=2, oldest=47))
    bar.status.show_clock("21:47:09")
    bar.show_practice(practice)
    return bar


def left_column() -> QWidget:
    drafts = DraftStrip()
    drafts.show_drafts(
        [
            DraftView("本次来电", "滕州 · 施工噪音", "近 30 日来电 2 次", "疑似重复 1", "warn", current=True),
            DraftView("暂存", "薛城 · 拖欠工资 5/9"),
        ]
    )
    orders = MyOrders()
    orders.show_orders(
        [
            OrderRow("1", "260411-06-087", State.PENDING_APPROVAL, "市中区 · 消费退款", "提交 21:46", age=38),
            OrderRow("2", "260411-06-081", State.SIGNED, "峄城区 · 路灯不亮", "区住建局 · 余 3 工作日"),
            OrderRow(
                "3", "260411-06-074", State.ASSIGNED, "山亭区 · 自来水浑浊", "山城街道 · 余 4 工作日", queued=True
            ),
            OrderRow(
                "4",
                "260410-06-192",
                State.ASSIGNED,
                "台儿庄区 · 占道经营",
                "黄牌 · 泥沟镇",
                deadline="over",
                due="今日到期",
            ),
            OrderRow("5", "260410-06-177", State.CLOSED, "滕州市 · 小区停车", "待回访"),
        ]
    )
    return column(drafts, (orders, 1))


def centre_column() -> QWidget:
    safety = SafetyStrip(("无危险", "有危险", "有人受伤", "涉嫌违法"))
    safety.show_answer(SafetyView("无危险 · 无伤病 · 不涉违法犯罪", "ok", "21:46:02"))
    narrative = NarrativePanel()
    narrative.show_text(NARRATIVE)
    narrative.show_words([("info", TINTED)])
    narrative.show_recognised(["时间 04-08 22:00 起", "频次 连续 3 日", "诉求 夜间停止施工"])
    question = QuestionPanel()
    question.show_question(
        QuestionView("builder", "“工地是哪家公司在施工？围挡上有没有名称或公示牌？”", "施工噪音", 1, 4)
    )
    return column(safety, (narrative, 1), question, field_grid())


def field_grid() -> FieldGrid:
    grid = FieldGrid()
    grid.show_count(8, 9)
    grid.show_fields(
        {
            "region": FieldView("滕州市 / 北辛街道", "✓", "ok"),
            "address": FieldView("新兴路 锦绣花园对面工地"),
            "landmark": FieldView("锦绣花园南门"),
            "happened": FieldView("2026-04-08 22:00 起，连续 3 日"),
            "caller_name": FieldView("李女士"),
            "sex": FieldView("female"),
            "contact_phone": FieldView("199 **** 2210（来电号码）"),
            "kind": FieldView("complaint"),
            "respondent": FieldView("", "缺", "warn"),
            "people_affected": FieldView("", "不知道", "info"),
            "wish": FieldView("夜间停止施工"),
            "wants_reply": FieldView("yes"),
            "confidential": FieldView("no"),
            "consent": FieldView("yes"),
        }
    )
    return grid


def right_column(*, near: bool = True) -> QWidget:
    suggestions = SuggestionList()
    suggestions.show_suggestions(
        [
            SuggestionView("环境保护 › 噪声 › 施工噪声", 0.94, "依据：工地 · 打桩 · 凌晨"),
            SuggestionView("城乡建设 › 建筑施工管理", 0.04, "依据：施工 · 工地"),
        ]
    )
    guidance = GuidanceCard()
    guidance.show_guidance(
        GuidanceView(
            "引导分流类",
            "清单 2026-1 · 第 17 项",
            "一键派单",
            "“您反映的夜间施工由 12345 受理，我现在就替您转过去，不用再打电话。”",
            "滕州市住建局",
            "县级",
        )
    )
    preview = OrderPreview()
    preview.show_order(SUBJECT, CONTENT)
    orders = NearOrders()
    orders.show_orders(
        [
            CardView(
                "9", "同地点 · 同类别 · 2 日前", "260409-11-113", "王先生反映锦绣花园南门工地夜间施工", "办理中", "info"
            )
        ]
    )
    return column(suggestions, guidance, preview, *([orders] if near else []), None)


def intake_screen(*, narrow: bool, parties: bool = False, practice: bool = False) -> QWidget:
    screen = page()
    row = QHBoxLayout()
    row.setContentsMargins(12, 12, 12, 12)
    row.setSpacing(12)
    row.addWidget(left_column(), 17)
    row.addWidget(scrolled(centre_column()), 54)
    row.addWidget(scrolled(right_column(near=not narrow)), 28)
    actions = ActionBar()
    actions.show_outcomes(tuple(Outcome))
    actions.completeness.show_completeness(8, 9, ["诉求对象"])
    layout = screen.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addWidget(top_bar(practice=practice))
    if parties:
        layout.addWidget(party_row())
    layout.addLayout(row, 1)
    layout.addWidget(actions)
    return screen


def keys_screen() -> QWidget:
    screen = page()
    layout = screen.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addWidget(KeysPage())
    return screen


def party_row() -> PartyRow:
    row = PartyRow()
    row.show_parties(
        [
            PartyView("市民", PartyState.JOINED),
            PartyView("本席", PartyState.JOINED),
            PartyView("12345", PartyState.RINGING, 6),
            PartyView("燃气抢修", PartyState.FAILED, ending=Ending.NO_ANSWER),
        ],
        [("drop_party", "挂断加入方"), ("leave_call", "退出通话")],
    )
    return row


def approval_screen() -> QWidget:
    queue = Queue()
    queue.show_queue(
        [
            QueueRow("1", "滕州 · 施工噪音", "06 席 110023 · 引导分流 17", 112),
            QueueRow("2", "薛城 · 拖欠工资 12 人", "03 席 110019 · 交织 · 已派警", 67),
            QueueRow("3", "市中 · 预付卡退款", "11 席 110031", 21, reader="110008 正在阅"),
            QueueRow("4", "山亭 · 村道塌陷", "02 席 110007 · 补正后再报", 5),
            QueueRow("5", "峄城 · 燃气异味", "09 席 · 已联动燃气、119", 190, urgent_due=True),
        ]
    )
    queue.show_current("1")
    sheet = OrderSheet()
    sheet.show_order(order())
    checks = Checks()
    checks.show_checks(
        [
            CheckView("通过", "ok", "安全复核", "正文未见危险词"),
            CheckView("通过", "ok", "要素齐全", "无需二次联系市民"),
            CheckView("注意", "warn", "疑似重复", "260409-11-113 王先生 · 同地点 2 日前 · 办理中"),
            CheckView("通过", "ok", "清单与去向", "第 17 项 · 12345 受理 · 不下推镇街"),
            CheckView("通过", "ok", "审批人", "与接警员不是同一人"),
        ]
    )
    decisions = DecisionBar(lambda: 0.0)
    decisions.show_offered(("reject", "send_back", "approve"))
    decisions.show_age("1:52", "warn")
    decisions.show_read()
    bar = top_bar()
    bar.show_seat("值班审批", "值班民警 110008")
    screen = page()
    row = QHBoxLayout()
    row.setContentsMargins(12, 12, 12, 12)
    row.setSpacing(12)
    for widget, share in ((queue, 17), (sheet, 60), (checks, 21)):
        row.addWidget(widget, share)
    layout = screen.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addWidget(bar)
    layout.addLayout(row, 1)
    layout.addWidget(decisions)
    return screen


def order(*, times: int = 1) -> OrderView:
    facts = (
        ("kind", "诉求类型", "投诉"), ("category", "类别", "环境保护 › 噪声 › 施工噪声"),
        ("region", "事发区划", "滕州市 · 北辛街道"), ("address", "详细地址", "新兴路锦绣花园对面工地"),
        ("caller_name", "诉求人", "李女士"), ("contact_phone", "联系电话", "199 **** 2210"),
        ("respondent", "诉求对象", "某某建设集团第三项目部"), ("happened", "发生时间", "04-08 22:00 起，连续 3 日"),
        ("wish", "期望结果", "夜间停止施工"), ("confidential", "保密 / 回复", "否 / 是"),
        ("unit", "承办建议", "滕州市住建局 · 县级"), ("basis", "清单依据", "引导分流类 · 2026-1 第 17 项"),
    )  # fmt: skip
    steps = (("21:45:57", "接听 · 199 **** 2210"), ("21:46:02", "安全确认：无危险"), ("21:47:12", "市民同意转办"))
    return OrderView(
        id="1",
        revision=1,
        subject=SUBJECT,
        content=CONTENT * times,
        meta="警单 260411-06-090  接警 21:45:57 · 提交 21:47:30 · 录音 r-2231",
        complete="完整度 9 / 9",
        facts=tuple(Fact(*fact) for fact in facts),
        steps=tuple(StepView(at, what) for at, what in steps),
    )


def page() -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "page")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return frame


def picture(app: QApplication, screen: QWidget, size: QSize, path: Path) -> None:
    screen.resize(size)
    screen.show()
    for widget in app.allWidgets():
        if isinstance(widget, NarrativePanel) and screen.isAncestorOf(widget):
            widget.setFocus()
    for _ in range(3):
        app.processEvents()
    screen.grab().save(str(path))
    screen.close()


def main(folder: Path) -> None:
    app = QApplication(sys.argv)
    folder.mkdir(parents=True, exist_ok=True)
    Language(app).show("zh_CN")
    look = Appearance(app)
    for size in (QSize(1366, 768), QSize(1920, 1080)):
        look.show_size(comfortable_size(size.height()))
        for theme in ("night", "day", "contrast"):
            look.show_theme(theme)
            narrow = size.height() < 900
            name = f"{theme}-{size.width()}.png"
            picture(app, intake_screen(narrow=narrow), size, folder / f"intake-{name}")
            picture(app, approval_screen(), size, folder / f"approval-{name}")
            picture(app, keys_screen(), size, folder / f"keys-{name}")
    look.show_theme("night")
    picture(app, intake_screen(narrow=False, parties=True, practice=True), QSize(1920, 1080), folder / "practice.png")
    look.show_size(28)
    picture(app, intake_screen(narrow=False), QSize(1920, 1080), folder / "intake-28px.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
