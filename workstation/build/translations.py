"""Brings the Chinese texts of the window up to date with the source, with Qt's own tools."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "resources" / "i18n" / "zh_CN.ts"


def update(texts: Path = TEXTS) -> None:
    """Take up every text of the window into *texts*, and drop those that are gone.

    Raises:
        subprocess.CalledProcessError: Qt's tool refused.
    """
    sources = sorted(str(path) for path in (ROOT / "workstation" / "ui").rglob("*.py"))
    options = ("-silent", "-no-obsolete", "-locations", "none", "-target-language", "zh_CN")
    _run("lupdate", *options, *sources, "-ts", texts)


def compile_texts(texts: Path = TEXTS) -> Path:
    """Compile *texts* into the file that the window loads, and name it.

    Raises:
        subprocess.CalledProcessError: Qt's tool refused.
    """
    compiled = texts.with_suffix(".qm")
    _run("lrelease", "-silent", texts, "-qm", compiled)
    return compiled


def _run(tool: str, *arguments: str | Path) -> None:
    """Run one of the tools that are installed beside this interpreter."""
    command = [str(Path(sys.executable).with_name(f"pyside6-{tool}")), *map(str, arguments)]
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments


if __name__ == "__main__":
    update()
    compile_texts()
