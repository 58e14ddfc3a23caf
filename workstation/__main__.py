"""The sub-commands of the program; without one it is the desktop."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from workstation import VERSION


def main(argv: Sequence[str] | None = None) -> int:
    """Run the sub-command that *argv* names and return its exit code."""
    parser = _parser()
    arguments, rest = parser.parse_known_args(argv)
    run: Callable[[argparse.Namespace, list[str]], int] = arguments.run
    if rest and not getattr(arguments, "passes_on", False):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    from workstation.domain.errors import WorkstationError

    try:
        return run(arguments, rest)
    except WorkstationError as refusal:
        sys.stderr.write(f"workstation: {refusal}\n")
        return 2
    except BrokenPipeError:
        return _nobody_reads()


def _nobody_reads() -> int:
    """End in silence when whoever read our lines has enough, as `head` does; what is left is written to nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        found = int(text)
        if found < least:
            raise argparse.ArgumentTypeError(f"{least} is the least")
        return found

    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation", description=__doc__)
    parser.add_argument("--version", action="version", version=f"workstation {VERSION}")
    _add_desktop(parser)
    commands = parser.add_subparsers(metavar="COMMAND")
    run = commands.add_parser("run", help="practice on this machine alone: nothing to set up, nothing leaves it")
    run.add_argument("--data-root", default="", help="the folder of this console; default: the operator's own")
    run.add_argument("--pictures", default="", metavar="DIR", help="where the pictures go when there is no display")
    run.set_defaults(run=_practice)
    demo = commands.add_parser("demo", help="play real call notes through the real widgets")
    demo.add_argument("--notes", required=True, type=Path, metavar="FILE", help="CSV with a column text")
    demo.add_argument("--out", type=Path, metavar="DIR", help="where pictures and orders go")
    demo.add_argument(
        "--limit",
        type=_at_least(0),
        default=0,
        metavar="N",
        help="only N notes, spread over the file, the longest among them",
    )
    demo.set_defaults(run=_demo)
    pictures = commands.add_parser("pictures", help="a picture of every screen and state")
    pictures.add_argument("--out", type=Path, default=Path("out/pictures"), metavar="DIR")
    pictures.add_argument("--only", nargs="+", default=(), metavar="SCENE", help="scenes whose names begin like this")
    pictures.set_defaults(run=_pictures)
    suggest = commands.add_parser("suggest", help="propose categories for each row of a CSV, one JSON line a row")
    suggest.add_argument("--file", required=True, type=Path)
    suggest.add_argument("--column", default="text")
    suggest.add_argument("--top", type=_at_least(1), default=3)
    suggest.add_argument("--prefix", type=_at_least(1), default=None, metavar="N", help="only the first N characters")
    suggest.add_argument("--scheme", choices=("tree", "contest"), default="tree")
    suggest.set_defaults(run=_suggest)
    doctor = commands.add_parser("doctor", help="say whether everything this console needs is there")
    _add_root(doctor)
    doctor.add_argument("--screen", action="store_true", help=argparse.SUPPRESS)
    doctor.set_defaults(run=_doctor)
    content = commands.add_parser("content", help="check the content pack and compile it anew")
    content.add_argument("--year", type=Path, metavar="FILE", help="only take in a year's working days (JSON)")
    content.set_defaults(run=_content)
    for name, text, act in (
        ("gateway", "the transfer API server", _gateway),
        ("telephony-bridge", "the way from the site's telephone exchange to its seats", _telephony_bridge),
        ("exchange-kit", "install the site's telephone exchange", _exchange_kit),
        ("user", "add, reset, disable or list the gateway's users", _user),
        ("hotline", "move the played hotline by hand: next step, another script, one step aside", _hotline),
        ("train", "train the category weights and report cross-validation", _train),
    ):
        passed_on = commands.add_parser(name, help=text, add_help=False)
        passed_on.set_defaults(run=act, passes_on=True)
    return parser


def _add_root(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", type=Path, default=None, metavar="FILE", help="the site's settings (TOML)")
    parser.add_argument("--data-root", default="", help="the folder of this console; default: the operator's own")
    parser.add_argument("--seat", default="", help="the seat this console stands at")


def _add_desktop(parser: argparse.ArgumentParser) -> None:
    _add_root(parser)
    parser.set_defaults(run=_desktop)


def _desktop(arguments: argparse.Namespace, _: list[str]) -> int:
    from workstation.bootstrap.desktop import desktop

    return desktop(arguments.settings, arguments.data_root, arguments.seat)


def _practice(arguments: argparse.Namespace, _: list[str]) -> int:
    from workstation.bootstrap.desktop import practice

    return practice(arguments.data_root, arguments.pictures)


def _demo(arguments: argparse.Namespace, _: list[str]) -> int:
    from workstation.bootstrap.played import demo

    return demo(arguments.notes, arguments.out, arguments.limit)


def _pictures(arguments: argparse.Namespace, _: list[str]) -> int:
    from workstation.bootstrap.played import pictures

    return pictures(arguments.out, tuple(arguments.only))


def _doctor(arguments: argparse.Namespace, _: list[str]) -> int:
    from workstation.bootstrap.doctor import doctor, screen

    if arguments.screen:
        return screen()
    return doctor(arguments.settings, arguments.data_root, arguments.seat)


def _content(arguments: argparse.Namespace, _: list[str]) -> int:
    from workstation.bootstrap.content_pack import content

    return content(arguments.year)


def _suggest(arguments: argparse.Namespace, _: list[str]) -> int:
    from workstation.adapters import suggest_file

    code = suggest_file.run(
        arguments.file,
        column=arguments.column,
        top=arguments.top,
        prefix=arguments.prefix,
        scheme=arguments.scheme,
        out=sys.stdout,
    )
    sys.stdout.flush()
    return code


def _gateway(_: argparse.Namespace, rest: list[str]) -> int:
    from workstation.bootstrap.library import read_deadlines
    from workstation.gateway import command

    return command.main(rest, read_deadlines)


def _telephony_bridge(_: argparse.Namespace, rest: list[str]) -> int:
    from workstation.bootstrap import telephony_bridge

    return telephony_bridge.main(rest)


def _exchange_kit(_: argparse.Namespace, rest: list[str]) -> int:
    from workstation.bootstrap import exchange_kit

    return exchange_kit.main(rest)


def _user(_: argparse.Namespace, rest: list[str]) -> int:
    from workstation.gateway import command

    return command.main_user(rest)


def _hotline(_: argparse.Namespace, rest: list[str]) -> int:
    from workstation.gateway import command

    return command.main_hotline(rest)


def _train(_: argparse.Namespace, rest: list[str]) -> int:
    from workstation.build import train

    return train.main(rest)


if __name__ == "__main__":
    sys.exit(main())
