"""The promises of what an exchange keeps for a bridge that is gone."""

from datetime import UTC, datetime, timedelta

import pytest

from workstation.adapters.asterisk_kept import BACKS, GONE, KeptBacks, abandoned
from workstation.adapters.telephony_backs import BackQueue, Waiting
from workstation.domain.call_back import BackWish
from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_party import CallId
from workstation.domain.privacy import Phone

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NOBODY = [""] * len(BACKS)


def _caller(number: int) -> Waiting:
    at = NOON + timedelta(seconds=number)
    return Waiting(CallId(f"case-1.{number}"), Phone(f"1990000{number:04}"), at, tries=number % 3)


def test_what_is_written_is_read_again() -> None:
    """
    Whatever a bridge wrote the next one finds: who, at which seat, how often tried; who is gone is not there.
    """
    first, texts = KeptBacks(), list(NOBODY)
    for number in range(len(BACKS)):
        written = first.written(_caller(number).call, _caller(number))
        assert written is not None
        texts[BACKS.index(written[0])] = written[1]
    left = first.written(_caller(7).call, None)
    assert left is not None
    texts[BACKS.index(left[0])] = left[1]
    found = list(KeptBacks().found(texts))

    assert left[1] == ""
    assert {it.call for it in found} == {_caller(number).call for number in range(len(BACKS)) if number != 7}
    assert all(it.number.text == f"1990000{int(it.call.partition('.')[2]):04}" for it in found)
    assert sorted(it.tries for it in found) == sorted(number % 3 for number in range(len(BACKS)) if number != 7)
    assert first.written(_caller(7).call, None) is None


@pytest.mark.expected_logs("what the exchange kept cannot be read")
def test_what_cannot_be_read_is_nobody() -> None:
    """
    Garbage, half an entry, a number with letters and one caller twice: no exception, each caller once.
    """
    good = "case-1.5|19900000005|1795435205|06|2"
    texts = [
        good,
        good,
        "x",
        "case-1|",
        "case-1.6|119@evil|1|06|0",
        "case-1.7|19900000007|99999999999999|06|0",
        *NOBODY,
    ]
    gone = ["case-1.8:19900000008:1795435208:1:06", "case-1.9:::1:", "rubbish", "", "case-1.4:19900000004:1795435204::"]

    assert [(it.call, it.seat, it.tries) for it in KeptBacks().found(texts[: len(BACKS)])] == [("case-1.5", "06", 2)]
    assert [(it.call, it.seat, met) for it, met in abandoned(gone)] == [
        ("case-1.4", "", False),
        ("case-1.8", "06", True),
    ]


def test_only_a_bridge_that_begins_believes_the_exchange() -> None:
    """
    Later a bridge knows better: what the exchange has lost or still has is put right instead.
    """
    kept = KeptBacks()
    assert list(kept.found(NOBODY)) == []
    written = kept.written(_caller(1).call, _caller(1))
    assert written is not None
    stale = [*NOBODY[:-1], "case-1.2|19900000002|1795435202||0"]

    assert list(kept.found(stale)) == []
    assert dict(kept.astray(stale)) == {BACKS[-1]: "", **dict([written])}


def test_who_called_twice_waits_once() -> None:
    """
    Of a caller who gave up and called again without a bridge the last call counts; a talk ends the waiting.
    """
    told: list[TelephonyEvent] = []
    queue = BackQueue()
    queue.join("06", told.append)
    queue.restore(
        [_caller(1)],
        abandoned(
            [
                "case-1.1:19900000001:1795435201::",
                "case-2.1:19900000002:1795435202::",
                "case-3.1:19900000002:1795435203::",
                "case-4.1:19900000003:1795435204::",
                "case-5.1:19900000003:1795435205:1:06",
            ]
        ),
    )
    queue.wish("06", CallId("case-5.1"), BackWish.KEEP)
    queue.run()
    waits: dict[CallId, bool] = {}
    for event in told:
        waits[event.call] = event.kind is not EventKind.BACK_GONE

    assert [call for call, still in waits.items() if still] == ["case-1.1", "case-3.1", "case-5.1"]
    assert len(GONE) == 100
