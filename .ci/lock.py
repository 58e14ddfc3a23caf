"""Writes requirements.lock: what a workstation needs first, then what tests, training and tools add.

One heading divides the two, so a workstation installs the first part alone. Versions stay as they are while
pyproject.toml allows them; `make lock UPGRADE=1` takes the newest. The lock holds every platform's files and
no address of an index.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from setup import LOCK, REPOSITORY, TOOLS

HEADING = "# Written by `make lock` from pyproject.toml; do not edit.\n# A workstation and its gateway\n"
COMPILE = (
    "pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes "
    "--no-emit-index-url --no-header"
)


def resolved(*options: str) -> list[str]:
    """Return one block of lines for each package that pyproject.toml and *options* lead to, versions kept."""
    made = REPOSITORY / "out" / "requirements.txt"
    made.parent.mkdir(exist_ok=True)
    made.write_text("" if os.environ.get("UPGRADE") else LOCK.read_text(encoding="utf-8") if LOCK.exists() else "")
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([uv, *COMPILE.split(), "-o", made, *options], cwd=REPOSITORY, check=True)  # noqa: S603 -- our words
    return re.split(r"^(?=\w)", made.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]


def name(block: str) -> str:
    """Return the package and version that a block of the lock pins."""
    return block.split(maxsplit=1)[0]


def main() -> None:
    """Resolve twice and write the lock."""
    workstation = resolved()
    pinned = REPOSITORY / "out" / "workstation.txt"
    pinned.write_text("".join(workstation), encoding="utf-8")
    needed = {name(block) for block in workstation}
    tools = [block for block in resolved("--all-extras", "-c", str(pinned)) if name(block) not in needed]
    LOCK.write_text("".join([HEADING, *workstation, f"\n{TOOLS}\n", *tools]), encoding="utf-8")


if __name__ == "__main__":
    main()
