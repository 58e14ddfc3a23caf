"""What a HID device says of its reports: which bit is which telephony key or light.

Source: USB-IF, Device Class Definition for HID 1.11, section 6.2.2; HID Usage Tables 1.5, pages 0x08 and 0x0B.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

LED_PAGE: Final = 0x08
TELEPHONY_PAGE: Final = 0x0B
_LONG_ITEM: Final = 0xFE
_MAIN, _GLOBAL, _LOCAL = 0, 1, 2
_INPUT, _OUTPUT = 8, 9
_USAGE_PAGE, _SIZE, _ID, _COUNT, _PUSH, _POP = 0, 7, 8, 9, 10, 11
_USAGE, _USAGE_FROM, _USAGE_TO = 0, 1, 2
_CONSTANT, _VARIABLE, _RELATIVE = 1, 2, 4
_WITH_PAGE: Final = 4  # a usage of four bytes names its page too
_MOST_FIELDS: Final = 1024
_MOST_BITS: Final = 8 * 4096


@dataclass(frozen=True, slots=True)
class Bits:
    """One key or light in a report; keys that a device reports as numbers in a list are not read.

    Args:
        report: The report's id; 0 where the device numbers none.
        usage: Page and usage, as ``page << 16 | usage``.
        offset: In bits, behind the report's id.
        relative: Whether it tells of a press, not of a state.
    """

    report: int
    usage: int
    offset: int
    size: int
    relative: bool = False

    def read(self, report: bytes) -> int:
        """Return the field's value in *report*, which begins behind its id; 0 where the report is too short."""
        value = int.from_bytes(report, "little") >> self.offset
        return value & ((1 << self.size) - 1)


@dataclass(slots=True)
class Layout:
    """The telephony keys and the lights of one device, and how long each output report is, in bits."""

    keys: list[Bits] = field(default_factory=list)
    lights: list[Bits] = field(default_factory=list)
    output_bits: dict[int, int] = field(default_factory=dict)
    numbered: bool = False


@dataclass(slots=True)
class _Globals:
    page: int = 0
    size: int = 0
    count: int = 0
    report: int = 0


@dataclass(slots=True)
class _Usages:
    """What the fields of the next main item mean."""

    listed: list[int] = field(default_factory=list)
    first: int = 0

    def take(self, tag: int, usage: int) -> None:
        if tag == _USAGE:
            self.listed.append(usage)
        elif tag == _USAGE_FROM:
            self.first = usage
        elif tag == _USAGE_TO:
            self.listed += range(self.first, min(usage, self.first + _MOST_FIELDS) + 1)


def parse(descriptor: bytes) -> Layout:
    """Return where telephony keys and lights stand; whatever does not make sense ends the reading, not the program."""
    layout, now, saved = Layout(), _Globals(), list[_Globals]()
    usages, inputs = _Usages(), dict[int, int]()
    for kind, tag, value, length in _items(descriptor):
        if kind == _GLOBAL:
            now = _global(now, saved, tag, value)
            layout.numbered = layout.numbered or tag == _ID
        elif kind == _LOCAL:
            usages.take(tag, value if length == _WITH_PAGE else now.page << 16 | value)
        elif kind == _MAIN:
            if tag == _INPUT:
                layout.keys += _fields(now, usages.listed, value, inputs)
            elif tag == _OUTPUT:
                layout.lights += _fields(now, usages.listed, value, layout.output_bits)
            usages = _Usages()
        if len(layout.keys) + len(layout.lights) + len(usages.listed) > _MOST_FIELDS:
            break
    layout.keys = [it for it in layout.keys if it.usage >> 16 == TELEPHONY_PAGE]
    layout.lights = [it for it in layout.lights if it.usage >> 16 == LED_PAGE]
    return layout


def _items(descriptor: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield kind, tag, value and length of each short item."""
    at = 0
    while at < len(descriptor):
        head = descriptor[at]
        if head == _LONG_ITEM:
            at += 3 + (descriptor[at + 1] if at + 1 < len(descriptor) else 0)
            continue
        length = (0, 1, 2, 4)[head & 3]
        value = int.from_bytes(descriptor[at + 1 : at + 1 + length], "little")
        yield head >> 2 & 3, head >> 4, value, length
        at += 1 + length


def _global(now: _Globals, saved: list[_Globals], tag: int, value: int) -> _Globals:
    if tag == _PUSH:
        saved.append(_Globals(now.page, now.size, now.count, now.report))
    elif tag == _POP and saved:
        return saved.pop()
    elif tag == _USAGE_PAGE:
        now.page = value
    elif tag == _SIZE:
        now.size = value
    elif tag == _COUNT:
        now.count = value
    elif tag == _ID:
        now.report = value
    return now


def _fields(now: _Globals, usages: list[int], flags: int, filled: dict[int, int]) -> Iterator[Bits]:
    """Yield the fields of one main item and move the report's end on."""
    begin = filled.get(now.report, 0)
    end = begin + now.size * now.count
    if not 0 < end <= _MOST_BITS:
        return
    filled[now.report] = end
    if flags & _CONSTANT or not flags & _VARIABLE or not usages:
        return
    for place in range(min(now.count, _MOST_FIELDS)):
        usage = usages[min(place, len(usages) - 1)]
        yield Bits(now.report, usage, begin + place * now.size, now.size, bool(flags & _RELATIVE))
