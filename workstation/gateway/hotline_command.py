"""The command that moves the played hotline by hand: what it knows, its next step, another script, one step aside."""

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from workstation.domain.errors import InvalidValue, Refused, WorkstationError
from workstation.domain.lifecycle import NOTES, TRANSITIONS, Action, Role
from workstation.domain.order import Tier
from workstation.domain.transfer import Satisfaction
from workstation.gateway.hotline_script import Play, load_scripts
from workstation.gateway.hotline_stand_in import HotlineStandIn, Manner
from workstation.gateway.place import PRACTICE_STAND_IN_FILE, STAND_IN_FILE
from workstation.gateway.service import utc_now
from workstation.gateway.stand_in_file import Book
from workstation.settings import RESOURCES, Settings

SAID_BY: Final = {
    **{action: role for role in (Role.UNIT, Role.HOTLINE) for (_, action), rule in NOTES.items() if role in rule.roles},
    **{action: rule.role for (_, _, action), rule in TRANSITIONS.items() if rule.role in {Role.HOTLINE, Role.UNIT}},
}
"""Everything that the far side may do, and who does it there."""

_Act = Callable[[HotlineStandIn, argparse.Namespace], None]


def main_hotline(argv: Sequence[str]) -> int:
    """Run ``python -m workstation hotline …`` and return the exit code; it runs beside a serving gateway."""
    arguments = _parser().parse_args(argv)
    act: _Act = arguments.act
    try:
        file = _file(arguments.data_dir)
        scripts = load_scripts(RESOURCES / "hotline_stand_in.yaml")
        with closing(HotlineStandIn(scripts, utc_now, manner=Manner(delay=None), file=file)) as hotline:
            act(hotline, arguments)
    except WorkstationError as error:
        sys.stderr.write(f"hotline: {_sentence(error)}\n")
        return 1
    return 0


def _file(folder: Path) -> Path:
    for file in (folder / STAND_IN_FILE, folder / PRACTICE_STAND_IN_FILE):
        if file.is_file():
            return file
    raise Refused("no_file")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation hotline", description="The played hotline (12345), by hand.")
    default = Settings().root("workstation-gateway")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data-dir", type=Path, default=default, metavar="DIR", help="default: %(default)s")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    verbs.add_parser("list", parents=[shared], help="its orders, and what it does next").set_defaults(act=_list)
    verbs.add_parser("scripts", parents=[shared], help="the scripts it can play").set_defaults(act=_scripts)
    for verb, act, text in (
        ("next", _next, "let it do its next step now"),
        ("play", _play, "let it go on by another script from here"),
        ("say", _say, "let it do one thing outside its script, now"),
    ):
        one = verbs.add_parser(verb, parents=[shared], help=text)
        one.add_argument("order", metavar="ORDER", help="its number at 110 or at the hotline")
        one.set_defaults(act=act)
        if act is _play:
            one.add_argument("script", metavar="SCRIPT")
        if act is _say:
            _add_words(one)
    return parser


def _add_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=sorted(SAID_BY), metavar="ACTION", help=" ".join(sorted(SAID_BY)))
    for name in ("reason", "unit", "result"):
        parser.add_argument(f"--{name}", default="", metavar="TEXT")
    parser.add_argument("--tier", choices=sorted(Tier), default=None)
    parser.add_argument("--satisfaction", choices=sorted(Satisfaction), default=None)


def _list(hotline: HotlineStandIn, _: argparse.Namespace) -> None:
    for book in hotline.books():
        ahead = " ".join(play.action for play in book.rest)
        sys.stdout.write(f"{book.hotline_number}\t{book.number or '-'}\t{ahead or '-'}\n")


def _scripts(hotline: HotlineStandIn, _: argparse.Namespace) -> None:
    for name, plays in hotline.scripts.items():
        sys.stdout.write(f"{name}\t{' '.join(play.action for play in plays)}\n")


def _next(hotline: HotlineStandIn, arguments: argparse.Namespace) -> None:
    book = _found(hotline, arguments.order)
    if not hotline.advance(book.transfer):
        raise Refused("no_more")
    sys.stdout.write(f"{book.hotline_number}: {book.rest[0].action}\n")


def _play(hotline: HotlineStandIn, arguments: argparse.Namespace) -> None:
    book = _found(hotline, arguments.order)
    if arguments.script not in hotline.scripts:
        raise InvalidValue("script", "unknown", known=" ".join(sorted(hotline.scripts)))
    hotline.play(book.transfer, arguments.script)
    sys.stdout.write(f"{book.hotline_number}: goes on by {arguments.script}\n")


def _say(hotline: HotlineStandIn, arguments: argparse.Namespace) -> None:
    book = _found(hotline, arguments.order)
    action = Action(arguments.action)
    play = Play(
        action=action,
        role=SAID_BY[action],
        reason=arguments.reason,
        unit=arguments.unit,
        tier=Tier(arguments.tier) if arguments.tier else None,
        result=arguments.result,
        satisfaction=Satisfaction(arguments.satisfaction) if arguments.satisfaction else None,
    )
    if missing := [name for name in _wanted(action) if not getattr(play, name)]:
        raise Refused("needs", " ".join(f"--{name}" for name in missing))
    hotline.say(book.transfer, play)
    sys.stdout.write(f"{book.hotline_number}: {action}\n")


def _wanted(action: Action) -> list[str]:
    """Return what must come with *action* wherever it is made."""
    rules = [rule for (_, _, made), rule in TRANSITIONS.items() if made is action and rule.role is SAID_BY[action]]
    asked = [rule.reason_required for rule in rules]
    asked += [rule.reason_required for (_, made), rule in NOTES.items() if made is action]
    reason = ["reason"] if all(asked) else []
    return [*reason, *dict.fromkeys(name for rule in rules for name in rule.fields if hasattr(Play, name))]


def _found(hotline: HotlineStandIn, name: str) -> Book:
    for book in reversed(hotline.books()):
        if name and name in {book.number, book.hotline_number, book.transfer}:
            return book
    raise Refused("unknown")


def _sentence(error: WorkstationError) -> str:
    known = {
        "no_file": "there is no played hotline in this folder; the gateway makes it when it first serves",
        "unknown": "the played hotline has no such order; hotline list names them, once they were sent",
        "no_more": "its script is at its end; choose another one: hotline play ORDER SCRIPT",
    }
    if isinstance(error, Refused):
        return known.get(error.problem, f"this step needs {error.detail}")
    if isinstance(error, InvalidValue) and error.field == "script":
        return f"there is no such script; known are {error.facts['known']}"
    return str(error)
