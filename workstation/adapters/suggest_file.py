"""The `suggest` command: one line of JSON for each row of a CSV file, in the order of the rows."""

import csv
import lzma
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from workstation.adapters.content_yaml import read_content
from workstation.adapters.recognise_linear import LinearRecogniser
from workstation.domain.categories import CategoryTree
from workstation.domain.errors import InvalidValue
from workstation.protocol.codec import encode

if TYPE_CHECKING:
    from workstation.domain.suggestion import Suggestions

CONTEST = "contest"
WEIGHTS = Path("models") / "categories.weights"
_RESOURCES = Path(__file__).parents[2] / "resources"
_LONGEST_CELL = 1 << 30


def run(  # noqa: PLR0913, PLR0917 -- the options of the command, one by one
    file: Path,
    column: str,
    top: int,
    prefix: int | None,
    scheme: str,
    out: TextIO,
    *,
    resources: Path = _RESOURCES,
) -> int:
    """Write one line of JSON for each row of *file*, and return the exit code; what went wrong is said on stderr.

    Args:
        file: A CSV in UTF-8, or one compressed as .csv.xz.
        column: The column that holds the note.
        top: How many suggestions to write at most.
        prefix: Read only so many characters of each note, as if the rest were not typed yet.
        scheme: ``contest`` for the labels of the training data; otherwise the codes' names of our own tree.
        out: Where the lines go.
        resources: The folder of content and weights.
    """
    try:
        ask = _asked(resources, scheme)
        out.writelines(_line(line, ask(note[:prefix], top)) + "\n" for line, note in enumerate(_notes(file, column), 1))
    except InvalidValue as error:
        print(f"suggest: {error}", file=sys.stderr)  # noqa: T201 -- a command speaks on its streams
        return 2
    return 0


def _asked(resources: Path, scheme: str) -> Callable[[str, int], "Suggestions"]:
    tree = CategoryTree(()) if scheme == CONTEST else read_content(resources).categories
    recogniser = LinearRecogniser(resources / WEIGHTS, tree)
    return recogniser.labels if scheme == CONTEST else recogniser.suggest


def _line(number: int, found: "Suggestions") -> str:
    top = [{"label": s.name, "p": round(s.p, 4), "reasons": s.reasons} | _code(s.code, s.name) for s in found.top]
    return encode({"line": number, "top": top, "unsure": found.unsure}).decode()


def _code(code: str, name: str) -> dict[str, str]:
    return {} if code == name else {"code": code}


def _notes(file: Path, column: str) -> Iterator[str]:
    csv.field_size_limit(_LONGEST_CELL)
    opened = lzma.open if file.suffix == ".xz" else open
    try:
        with opened(file, "rt", encoding="utf-8-sig", newline="") as rows:
            reader = csv.DictReader(rows)
            if column not in (reader.fieldnames or ()):
                raise InvalidValue("column", "missing_column", file=file.name, wanted=column)
            for row in reader:
                yield row[column] or ""
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise InvalidValue("file", "unreadable", file=file.name, detail=type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise InvalidValue("file", "not_utf8", file=file.name) from error
    except csv.Error as error:
        raise InvalidValue("file", "not_csv", file=file.name, detail=str(error)) from error
