"""Batches read item by item, and answers written without decoding what the store already holds as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from starlette.responses import Response

from workstation.domain.command import Command
from workstation.domain.errors import InvalidValue, Refused
from workstation.gateway.feed import Page
from workstation.gateway.ports import Received, Verdict
from workstation.protocol.http_bodies import read_body, written
from workstation.protocol.messages import BATCH
from workstation.protocol.problems import problem_of

LARGE: Final = 8 * 1024 * 1024


class _RawBatch(msgspec.Struct):
    commands: list[msgspec.Raw]


class _OnlyId(msgspec.Struct):
    id: str = ""


def read_batch(raw: bytes) -> list[Received | Verdict]:
    """Return the commands of a batch; one that cannot be read becomes its own problem and stops no other.

    Raises:
        InvalidValue: The body is no batch.
        Refused: It holds more than 50 commands (``too_many``).
    """
    try:
        items = msgspec.json.decode(raw, type=_RawBatch).commands
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise InvalidValue("Batch", "wrong_shape", detail=str(error)) from error
    if len(items) > BATCH:
        raise Refused("too_many", f"limit {BATCH} commands")
    return [_read_item(bytes(item)) for item in items]


def _read_item(raw: bytes) -> Received | Verdict:
    try:
        return Received(command=read_body(raw, Command), document=raw)
    except InvalidValue as error:
        return Verdict(command=_id_in(raw), problem=problem_of(error))


def _id_in(raw: bytes) -> str:
    try:
        return msgspec.json.decode(raw, type=_OnlyId).id[:80]
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return ""


def results(verdicts: Sequence[Verdict], now: datetime) -> Response:
    """Return one result for each command, with the snapshots as they lie in the store."""
    return written({"results": [_result(verdict, now) for verdict in verdicts], "server_time": now})


def _result(verdict: Verdict, now: datetime) -> dict[str, object]:
    if verdict.problem is not None:
        return {"command": verdict.command, "problem": verdict.problem}
    snapshot = msgspec.Raw(verdict.document) if verdict.document is not None else None
    return {
        "command": verdict.command,
        "answer": {"command": verdict.command, "transfer": snapshot, "server_time": now},
    }


def changes(page: Page, now: datetime) -> Response:
    """Return a page of the change feed with the snapshots as they lie in the store."""
    return written(
        {
            "cursor": page.cursor,
            "transfers": [msgspec.Raw(document) for document in page.documents],
            "more": page.more,
            "server_time": now,
            "epoch": page.epoch,
        }
    )


def listed(name: str, documents: Sequence[bytes]) -> Response:
    """Return documents of the store as the list *name*."""
    return written({name: [msgspec.Raw(document) for document in documents]})
