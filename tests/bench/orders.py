"""Invented orders in any number."""

import random
from datetime import datetime
from functools import partial

from workstation.bootstrap.practice import PRACTICE_OFFICER
from workstation.domain.command import Command
from workstation.domain.identity import CommandId, IncidentId, TransferId, uuid7
from workstation.domain.lifecycle import Action, Direction, Role, State
from workstation.domain.order import Order
from workstation.domain.privacy import Address, PersonName, Phone
from workstation.domain.transfer import Step, Transfer

WORDS = (
    "小区楼下",
    "烧烤店",
    "油烟",
    "半夜",
    "施工",
    "噪音",
    "物业",
    "拖欠",
    "工资",
    "路灯",
    "不亮",
    "停水",
    "三天",
    "垃圾",
)
NAMES = ("欧阳修竹", "司马青云", "诸葛小雨", "上官明月")


def order(number: int, at: datetime, chance: random.Random, by: str = PRACTICE_OFFICER) -> Order:
    """Return an order of about 150 characters."""
    content = "，".join("".join(chance.choices(WORDS, k=5)) for _ in range(10))
    return Order(
        incident_number=f"{at:%y%m%d}-07-{number % 1000:03d}",
        saved_at=at,
        seat="07",
        operator=by,
        caller_name=PersonName(chance.choice(NAMES)),
        call_in_phone=Phone(f"1990000{number % 10_000:04d}"),
        subject=content[:12],
        content=content,
        address=Address(f"东湖路{number % 300 + 1}号"),
        wish="希望核实处理",
    )


def submitted(number: int, at: datetime, by: str = PRACTICE_OFFICER) -> Command:
    """Return another call-taker's order on its way to approval."""
    chance = random.Random(number)  # noqa: S311 -- the same order every time
    id = partial(uuid7, at)
    step = Step(action=Action.SUBMIT, role=Role.CALL_TAKER, by=by, at=at)
    return Command(
        id=CommandId(id(entropy=chance.getrandbits(74))),
        at=at,
        transfer=TransferId(id(entropy=chance.getrandbits(74))),
        step=step,
        number=f"{at:%y%m%d}-07-{number:06d}",
        incident_id=IncidentId(id(entropy=chance.getrandbits(74))),
        order=order(number, at, chance, by),
    )


def closed(number: int, at: datetime) -> Transfer:
    """Return an order of earlier days that has come to its end."""
    chance = random.Random(number)  # noqa: S311
    return Transfer(
        id=TransferId(uuid7(at, entropy=chance.getrandbits(74))),
        number=f"{at:%y%m%d}-07-{number:06d}",
        direction=Direction.OUTBOUND,
        state=State.CLOSED,
        order=order(number, at, chance),
        version=9,
        authors=(PRACTICE_OFFICER,),
        hotline_number=f"ZZ{number:08d}",
        created_at=at,
    )
