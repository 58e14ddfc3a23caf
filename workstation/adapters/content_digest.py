"""The fingerprint of the content pack: it tells whether the compiled copy may stand for the files people edit."""

import hashlib
from pathlib import Path

COMPILED = "compiled.json"
PARTS = ("categories", "sheets", "requirements", "safety", "guidance", "directory", "phrases", "wording")


def digest(resources: Path) -> str:
    """Return the fingerprint of the files that the pack is made from."""
    total = hashlib.sha256()
    for path in _files(resources):
        total.update(path.name.encode() + b"\0" + _bytes_of(path) + b"\0")
    return total.hexdigest()


def _files(resources: Path) -> list[Path]:
    return [*(resources / "content" / f"{name}.yaml" for name in PARTS), resources / "glossary.yaml"]


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
