"""The promises of an order on paper: where it is written, and who may read it."""

import sys
from pathlib import Path

import pytest

from workstation.ui.approval.order_sheet import OrderView
from workstation.ui.approval.printed import print_order

pytestmark = pytest.mark.usefixtures("qapp")
ORDER = OrderView(id="t-1", revision=1, subject="夜间施工噪声", content="楼上深夜施工,影响休息。")


@pytest.mark.parametrize("name", ["260302-07-001", "../../260302-07-001", "/260302-07-001"])
def test_a_print_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    """
    Whatever an order is called, its print lies in the console's own folder.
    """
    folder = tmp_path / "desk" / "prints"

    file = print_order(ORDER, name, folder, practice=False)

    assert file == folder / "260302-07-001.pdf"
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(sys.platform == "win32", reason="there a file has the rights of the profile around it")
def test_a_print_is_its_owners(tmp_path: Path) -> None:
    """
    A printed order can be read by its owner alone, also when an older print of it could be read by all.
    """
    folder = tmp_path / "prints"
    folder.mkdir()
    (folder / "260302-07-001.pdf").touch(mode=0o644)

    file = print_order(ORDER, "260302-07-001", folder, practice=False)

    assert file.stat().st_mode & 0o777 == 0o600
