"""What may stand in a field of text: real characters, a sane length, one line where one line is meant."""

import re
import unicodedata

from workstation.domain.errors import InvalidValue

COMMA = "\N{FULLWIDTH COMMA}"

_LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_SPACES = re.compile(r"[ \t]+")
_ENDS_WITH_STOP = re.compile(
    r"[,.;:!?\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH SEMICOLON}\N{FULLWIDTH COLON}"
    r"\N{IDEOGRAPHIC COMMA}\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}]$"
)
_LAYOUT = frozenset("\n\t")
# Control, format (they hide, or reorder what follows) and private characters, and halves of a pair: nobody sees them.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})
_JOINER = "\N{ZERO WIDTH JOINER}"
_NO_CHARACTERS = range(0xFDD0, 0xFDF0)
_LAST_OF_A_PLANE = 0xFFFE


def check_text(field: str, text: str, *, limit: int, lines: bool = False) -> str:
    r"""Return *text* in Unicode NFC, with line breaks as ``\n``, or refuse it.

    Emoji, rare characters and full-width digits are kept as they were written.

    Args:
        field: The field's identifier, for the refusal.
        text: What was typed or pasted.
        limit: The most characters the field takes.
        lines: Whether line breaks and tabs may stand in it (a narrative).

    Raises:
        InvalidValue: ``control_character`` or ``too_long``.
    """
    composed = unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text))
    position = _first_forbidden(composed, _LAYOUT if lines else frozenset())
    if position is not None:
        code = f"U+{ord(composed[position]):04X}"
        raise InvalidValue(field, "control_character", position=position + 1, code=code)
    if len(composed) > limit:
        raise InvalidValue(field, "too_long", limit=limit, actual=len(composed))
    return composed


def single_line(text: str) -> str:
    """Lay a pasted table or paragraph out on one line: line breaks become commas, tabs become spaces."""
    rows = (_SPACES.sub(" ", row).strip() for row in _LINE_BREAKS.split(text))
    joined = ""
    for row in filter(None, rows):
        joined += row if not joined or _ENDS_WITH_STOP.search(joined) else COMMA + row
    return joined


def _first_forbidden(text: str, allowed: frozenset[str]) -> int | None:
    if text.isprintable():
        return None
    return next((at for at, c in enumerate(text) if c not in allowed and _forbidden(c, text[at + 1 : at + 2])), None)


def _forbidden(character: str, next_one: str) -> bool:
    if character == _JOINER:
        return not next_one or unicodedata.category(next_one) != "So"  # it holds the parts of an emoji together
    if unicodedata.category(character) in _UNSEEN:
        return True
    return ord(character) in _NO_CHARACTERS or ord(character) & _LAST_OF_A_PLANE == _LAST_OF_A_PLANE
