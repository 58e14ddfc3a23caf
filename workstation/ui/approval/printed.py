"""An order on paper, for when the gateway cannot be reached: as a department reads it, on as few pages as it needs."""

import os
from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from workstation.ui.approval.order_sheet import OrderView
from workstation.ui.board.timeline import StepView

POINTS = 10
MARGIN_MM = 18


def tr(text: str) -> str:
    """Translate a text of the printed order."""
    return QCoreApplication.translate("printed", text)


def print_order(order: OrderView, name: str, folder: Path, *, practice: bool) -> Path:
    """Write *order* as a PDF into *folder* and return the file.

    Raises:
        OSError: The folder cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    writer.setTitle(name)
    page = QTextDocument()
    page.setDefaultFont(QFont(QApplication.font().family(), POINTS))
    page.setHtml(_html(order, practice=practice))
    page.print_(writer)
    del writer  # the file's end is written now
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{Path(name).name}.pdf"
    _write_privately(file, bytes(buffer.data().data()))
    return file


def _write_privately(file: Path, content: bytes) -> None:
    """Write *file* so that only its owner may read it, also where an older one was open to all."""
    file.unlink(missing_ok=True)
    binary = getattr(os, "O_BINARY", 0)  # Windows would write two bytes for a line feed
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o600), "wb") as sheet:
        sheet.write(content)


def _html(order: OrderView, *, practice: bool) -> str:
    word = tr("PRACTICE - no real order")
    mark = f'<h1 style="color:#b45309">{escape(word)}</h1>' if practice else ""
    facts = "".join(f"<tr><td><b>{escape(f.name)}</b></td><td>{escape(f.text)}</td></tr>" for f in order.facts)
    consultation = f'<hr><table cellpadding="3">{_rows(order.consultation)}</table>' if order.consultation else ""
    steps = _rows(order.steps)
    signed = escape(tr("Approved on paper by: ____________   Time: ____________   Sent by: ____________"))
    return (
        f"{mark}<h2>{escape(order.subject)}</h2><p>{escape(order.meta)}</p><p>{escape(order.content)}</p>"
        f'<table cellpadding="3">{facts}</table>{consultation}'
        f'<hr><table cellpadding="3">{steps}</table><p><br>{signed}</p>{mark}'
    )


def _rows(steps: Sequence[StepView]) -> str:
    return "".join(
        f"<tr><td>{escape(s.at)}</td><td>{escape(s.what)}</td><td>{escape(s.who)} {escape(s.note)}</td></tr>"
        for s in steps
    )
