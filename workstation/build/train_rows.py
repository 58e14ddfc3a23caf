"""The labelled messages that training starts from, each row with the rows derived from it."""

import csv
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workstation.domain.errors import InvalidValue
from workstation.domain.suggestion_text import Reader, Reading, prefixes
from workstation.protocol.codec import decode_yaml

TYPED = (10, 20, 40, 80, 160)
"""Lengths at which a message is also learnt as it stands while it is typed."""

RAW, CUT, DERIVED, CUT_DERIVED = 1.0, 1.0, 0.5, 0.2
"""Weights of a raw row, of one that survives only word-segmented, and of what is derived from each."""


@dataclass(frozen=True, slots=True)
class ReadingFile:
    """The file reading.yaml: how notes are read, and which words speak of matters that no label covers."""

    openings: tuple[str, ...]
    masks: tuple[str, ...]
    uncovered: Mapping[str, tuple[str, ...]]

    def reader(self) -> Reader:
        return Reader(self.reading)

    @property
    def reading(self) -> Reading:
        return Reading(self.openings, self.masks)


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its text and title, its label, and whether its text is raw or only word-segmented."""

    text: str
    label: str
    title: str = ""
    raw: bool = True


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text to learn from: whose twin it is, and how much it weighs."""

    text: str
    of: int
    weight: float


def read_reading(path: Path) -> ReadingFile:
    """Read reading.yaml.

    Raises:
        InvalidValue: The file is not of that shape.
    """
    return decode_yaml(path.read_bytes(), ReadingFile)


def read_messages(path: Path, *, raw: bool = True) -> list[Message]:
    """Read a CSV of messages with the columns text and, where known, label and title.

    Raises:
        InvalidValue: There is no column text.
    """
    return [
        Message(row["text"], row.get("label") or "", row.get("title") or "", raw=raw)
        for row in _rows(path)
        if row.get("text", "").strip()
    ]


def lessons(messages: list[Message], reader: Reader) -> list[Lesson]:
    """List what is learnt from *messages*: each as a whole, as typed so far, and its title alone."""
    found: list[Lesson] = []
    for at, message in enumerate(messages):
        spoken = reader.spoken(message.text)
        whole, part = (RAW, DERIVED) if message.raw else (CUT, CUT_DERIVED)
        found.append(Lesson(reader.folded(spoken), at, whole))
        found += [Lesson(reader.folded(text), at, part) for text in prefixes(spoken, TYPED)]
        if message.title and message.raw:
            found.append(Lesson(reader.folded(message.title), at, part))
    return found


def speaks_of_uncovered(message: Message, reading: ReadingFile) -> bool:
    """Tell whether the title (or else the opening) of *message* names a matter that no label covers."""
    head = (message.title or message.text[:40]).lower()
    return any(word in head for words in reading.uncovered.values() for word in words)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(1 << 30)
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if "text" not in (rows.fieldnames or ()):
            raise InvalidValue("text", "missing_column", file=path.name)
        yield from rows
