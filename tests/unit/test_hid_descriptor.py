"""The promises about what a headset says of its own reports; the descriptors are written by hand from the tables."""

from __future__ import annotations

import random

import pytest

from workstation.adapters.hid_descriptor import parse

HOOK, FLASH, MUTE = 0x0B0020, 0x0B0021, 0x0B002F
HEADSET = bytes.fromhex(
    "050b 0905 a101 8502"  # telephony page, headset, collection, report 2
    "0920 0921 092f 1500 2501 7501 9503 8106"  # hook, flash, mute: three bits, relative
    "9505 8101"  # padding
    "0508 0917 0909 0918 0920 9504 9102 9504 9101"  # lights: off-hook, mute, ring, hold, padding
    "c0".replace(" ", "")
)


def test_keys_and_lights_stand_where_the_descriptor_says() -> None:
    """
    Each key and light has its bit, behind what other fields of the same report take.
    """
    layout = parse(HEADSET)

    assert [(it.usage, it.report, it.offset, it.size, it.relative) for it in layout.keys] == [
        (HOOK, 2, 0, 1, True),
        (FLASH, 2, 1, 1, True),
        (MUTE, 2, 2, 1, True),
    ]
    assert [(it.usage & 0xFFFF, it.offset) for it in layout.lights] == [(0x17, 0), (0x09, 1), (0x18, 2), (0x20, 3)]
    assert layout.output_bits == {2: 8}
    assert layout.numbered
    assert [it.read(bytes([0b101])) for it in layout.keys] == [1, 0, 1]


def test_other_pages_only_take_room() -> None:
    """
    Volume keys in front of the hook move it on; nothing but telephony keys is a key; unnumbered reports have id 0.
    """
    layout = parse(bytes.fromhex("050c0901a10115002501750109e909ea95028102050b09209501810295058101c0"))

    assert [(it.usage, it.report, it.offset) for it in layout.keys] == [(HOOK, 0, 2)]
    assert not layout.numbered


def test_usages_may_be_a_range_name_their_page_and_be_put_aside() -> None:
    """
    A range of usages, usages of four bytes and pushed settings are read as the definition says.
    """
    ranged = parse(bytes.fromhex("050b19202921750195028102"))
    full = parse(bytes.fromhex("05010b20000b00750195018102"))
    pushed = parse(bytes.fromhex("050b75019501a405017508b409208102"))

    assert [it.usage for it in ranged.keys] == [HOOK, FLASH]
    assert [it.usage for it in full.keys] == [HOOK]
    assert [(it.usage, it.size) for it in pushed.keys] == [(HOOK, 1)]


@pytest.mark.parametrize(
    "descriptor",
    [
        b"",
        b"\xfe",
        b"\xfe\xff",
        bytes.fromhex("7504 97ffffff7f 8102".replace(" ", "")),
        bytes.fromhex("050b1900 2bffffffff 7501 9501 8102".replace(" ", "")),
        b"\xb4" * 50,
    ],
)
def test_nonsense_is_read_as_nothing(descriptor: bytes) -> None:
    """
    A descriptor that breaks off, counts too far or takes back what was never put aside has no keys.
    """
    assert [it for it in parse(descriptor).keys if it.offset] == []


def test_no_descriptor_harms_the_reader() -> None:
    """
    However its bytes are mixed, a descriptor is read in no time and to an end.
    """
    dice = random.Random(110)  # noqa: S311 -- a seeded walk, not a secret
    for _ in range(3000):
        broken = bytearray(HEADSET)
        for _ in range(dice.randint(1, 12)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        layout = parse(bytes(broken[: dice.randint(0, len(broken))]))
        assert len(layout.keys) <= 2048
        assert all(it.read(b"\xff") >= 0 for it in layout.keys)
