"""Builds a folder that holds the workstation with its own Python and Qt, and starts it once to see that it does.

    python build_installer.py [--out DIR] [--smoke]

The folder runs on the kind of machine it was built on, or a newer one: build on the oldest system in use.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parent
PACKAGE = REPOSITORY / "workstation"
ENDS_WITHIN = 180  # seconds

# Imported by name at run time, so the builder cannot see them.
HIDDEN = (
    "keyring.backends.SecretService",
    "keyring.backends.Windows",
    "sqlalchemy.dialects.sqlite.pysqlcipher",
    "sqlcipher3.dbapi2",
)
# Needed by tests, training and tools alone; the builder would find them in the environment it runs in.
LEFT_OUT = (
    "MySQLdb",
    "PyInstaller",
    "_pytest",
    "chinese_calendar",
    "fontTools",
    "holidays",
    "hypothesis",
    "joblib",
    "mypy",
    "pip",
    "pygments",
    "pypinyin",
    "pysqlite2",
    "pytest",
    "scipy",
    "setuptools",
    "sklearn",
    "threadpoolctl",
    "tkinter",
    "workstation.build",
)
# Parts of Qt that no screen of ours uses, and the second toolkit that one of them drags in.
DROPPED = (
    "../libatk*",
    "../libcairo*",
    "../libgdk*",
    "../libgtk-3*",
    "../libpango*",
    "Qt/lib/libQt6Designer*",
    "Qt/lib/libQt6Labs*",
    "Qt/lib/libQt6Pdf*",
    "Qt/lib/libQt6Qml*",
    "Qt/lib/libQt6Quick*",
    "Qt/lib/libQt6ShaderTools*",
    "Qt/lib/libQt6VirtualKeyboard*",
    "Qt/lib/libQt6WlShellIntegration*",
    "Qt/lib/libQt6EglF*",
    "Qt/plugins/egldeviceintegrations",
    "Qt/plugins/generic",
    "Qt/plugins/imageformats/libq[itw]*",
    "Qt/plugins/imageformats/libqpdf*",
    "Qt/plugins/platforminputcontexts/*virtualkeyboard*",
    "Qt/plugins/platforms/*egl*",
    "Qt/plugins/platforms/*linuxfb*",
    "Qt/plugins/platforms/*minimal*",
    "Qt/plugins/platforms/*vnc*",
    "Qt/plugins/platforms/*vkkhr*",
    "Qt/plugins/platformthemes/libqgtk3*",
    "Qt/plugins/qmltooling",
    "Qt/plugins/virtualkeyboard",
    "Qt/plugins/wayland-graphics-integration-server",
    "Qt/qml",
)
KEPT_TRANSLATION = "qtbase_zh_CN.qm"


def build(out: Path) -> Path:
    """Build the folder below *out* and return the program in it."""
    with tempfile.TemporaryDirectory() as work:
        builder = [sys.executable, "-m", "PyInstaller", *arguments(out, work)]
        if subprocess.run(builder, check=False).returncode:  # noqa: S603 -- our words
            sys.exit("The folder could not be built; the lines above say why.")
    made = out / "workstation"
    for path in dropped(made / "_internal" / "PySide6"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for page in ("LICENSE", "NOTICE"):
        shutil.copy(REPOSITORY / page, made)
    return made / "workstation"


def arguments(out: Path, work: str) -> Iterator[str]:
    """Yield what the builder is told."""
    yield from ("--noconfirm", "--onedir", "--name=workstation", "--log-level=WARN")
    yield from (f"--distpath={out}", f"--workpath={work}", f"--specpath={work}", f"--paths={REPOSITORY}")
    yield f"--add-data={REPOSITORY / 'resources'}{os.pathsep}resources"
    for scripts in PACKAGE.rglob("migrations"):
        yield f"--add-data={scripts}{os.pathsep}{scripts.relative_to(REPOSITORY)}"
    yield from (f"--hidden-import={module}" for module in (*HIDDEN, *modules()))
    yield from (f"--exclude-module={module}" for module in LEFT_OUT)
    yield str(PACKAGE / "__main__.py")


def modules() -> Iterator[str]:
    """Yield our own modules: many are imported late, and no offline builder belongs on a desk."""
    for path in PACKAGE.rglob("*.py"):
        below = path.relative_to(PACKAGE)
        if below.parts[0] not in {"__main__.py", "build"} and "migrations" not in below.parts:
            yield ".".join(("workstation", *below.with_suffix("").parts)).removesuffix(".__init__")


def dropped(qt: Path) -> Iterator[Path]:
    """Yield the files and folders of *qt* that the workstation does without."""
    for pattern in DROPPED:
        yield from qt.glob(pattern)
    yield from (path for path in qt.glob("Qt/translations/*") if path.name != KEPT_TRANSLATION)


def smoke(program: Path) -> None:
    """Let a fresh account without a display use *program*: its version, its check-up, the whole main job once."""
    with tempfile.TemporaryDirectory() as home:
        account = {"HOME": home, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
        for words in (("--version",), ("doctor",), ("run", "--pictures", "seen")):
            subprocess.run([program, *words], env=account, cwd=home, check=True, timeout=ENDS_WITHIN)  # noqa: S603 -- just built


def main() -> int:
    """Build, and start what was built when asked to."""
    parser = argparse.ArgumentParser(description="Build a folder that starts without Python or Qt installed.")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "dist", help="where the folder is put")
    parser.add_argument("--smoke", action="store_true", help="start what was built")
    chosen = parser.parse_args()
    program = build(chosen.out.resolve())
    size = sum(path.stat().st_size for path in program.parent.rglob("*") if not path.is_symlink()) // 1_000_000
    sys.stdout.write(f"{program} ({size} MB)\n")
    if chosen.smoke:
        smoke(program)
        sys.stdout.write("It starts.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
