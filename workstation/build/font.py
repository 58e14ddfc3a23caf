"""Makes the bundled font out of the published one, always the same bytes.

The published face maps each Kangxi radical and compatibility ideograph to the same glyph as the ordinary character.
Qt then names such a glyph by the first code point that it finds, so text copied out of a printed order holds
look-alikes that no search matches. Without those code points in the character map there is one name left.

    pip download --no-deps --dest out pylopdf-fonts-zh-cn==0.1.1
    python -m workstation.build.font out/pylopdf_fonts_zh_cn-0.1.1-py3-none-any.whl
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import zipfile
from pathlib import Path

from fontTools.ttLib import TTFont

PACKAGE = "pylopdf_fonts_zh_cn"
FACE = "NotoSansSC-Regular.otf"
SOURCE_SHA256 = "e2661ef3790cbe0f0f6aa5338b6859b7cd288ee75bc88cd4239c62cd025d4fb3"
LOOK_ALIKES = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))
VARIATIONS = 14  # the one kind of character map that names no glyph for a plain code point
FONTS = Path(__file__).parents[2] / "resources" / "fonts"


def without_look_alikes(face: bytes) -> bytes:
    """Return the font *face* with one code point left for each ideograph."""
    font = TTFont(io.BytesIO(face), recalcTimestamp=False)
    for table in font["cmap"].tables:
        if table.format != VARIATIONS:
            table.cmap = {point: glyph for point, glyph in table.cmap.items() if not is_look_alike(point)}
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def is_look_alike(point: int) -> bool:
    """Tell whether the code *point* is a second name of an ideograph."""
    return any(point in block for block in LOOK_ALIKES)


def main() -> int:
    """Read the published package and write the font to resources/fonts."""
    parser = argparse.ArgumentParser(description="Make resources/fonts from the published package.")
    parser.add_argument("package", type=Path, help="the downloaded package (a .whl file)")
    parser.add_argument("--out", type=Path, default=FONTS)
    chosen = parser.parse_args()
    if hashlib.sha256(chosen.package.read_bytes()).hexdigest() != SOURCE_SHA256:
        sys.stderr.write(f"{chosen.package} is not the package that this font is made from\n")
        return 1
    with zipfile.ZipFile(chosen.package) as package:
        face = package.read(f"{PACKAGE}/{FACE}")
    (chosen.out / FACE).write_bytes(without_look_alikes(face))
    return 0


if __name__ == "__main__":
    sys.exit(main())
