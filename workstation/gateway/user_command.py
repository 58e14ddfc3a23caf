"""The command that keeps the gateway's users: add, reset, disable, list, recover, log."""

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

from workstation.domain.errors import InvalidValue, Refused, WorkstationError
from workstation.domain.lifecycle import Role
from workstation.gateway.accounts import PEOPLE, Accounts, NewUser, may_manage
from workstation.gateway.place import GATEWAY_FILE, only_one
from workstation.gateway.service import utc_now
from workstation.gateway.store_sqlite import SqliteStore
from workstation.settings import Settings

_FIRST = "first administrator"
_BY_FILE = "whoever has the gateway's files"


def main_user(argv: Sequence[str]) -> int:
    """Run ``python -m workstation user …`` and return the exit code; it may run beside a serving gateway."""
    arguments = _parser().parse_args(argv)
    ask = _from_lines if arguments.password_stdin else getpass.getpass
    file = arguments.data_dir / GATEWAY_FILE
    try:
        if not file.exists() and arguments.act is not _add:
            raise Refused("no_store", str(file))
        with _alone(arguments), closing(SqliteStore(file)) as store:
            arguments.act(Accounts(store), arguments, ask)
    except (WorkstationError, OSError) as error:
        sys.stderr.write(f"user: {_sentence(error)}\n")
        return 1
    except EOFError:
        sys.stderr.write("user: no password was given; nothing was changed\n")
        return 1
    return 0


def _alone(arguments: argparse.Namespace) -> AbstractContextManager[None]:
    """Hold the gateway's folder for a recovery, which only who may stop the gateway can make."""
    return only_one(arguments.data_dir) if arguments.act is _recover else nullcontext()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation user", description="The gateway's users.")
    default = Settings().root("workstation-gateway")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data-dir", type=Path, default=default, metavar="DIR", help="default: %(default)s")
    shared.add_argument("--as", default="", metavar="ADMIN", dest="by", help="the administrator who does this")
    shared.add_argument(
        "--password-stdin", action="store_true", help="read passwords as lines: that of --as first, then the new one"
    )
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    add = verbs.add_parser("add", parents=[shared], help="add a user; the first one must be an administrator")
    add.add_argument("user")
    add.add_argument("--name", default="", help="as it is shown; default: the user")
    add.add_argument("--roles", default="", help="call_taker,duty_officer")
    add.add_argument("--admin", action="store_true", help="may add users, here only")
    add.set_defaults(act=_add)
    for verb, act, help_text in (
        ("reset", _reset, "give a new password and let the user in again"),
        ("disable", _disable, "shut the user out at once"),
    ):
        parser_of_verb = verbs.add_parser(verb, parents=[shared], help=help_text)
        parser_of_verb.add_argument("user")
        parser_of_verb.set_defaults(act=act)
    verbs.add_parser("list", parents=[shared], help="list all users").set_defaults(act=_list)
    recover = verbs.add_parser(
        "recover",
        parents=[shared],
        help="no administrator can sign in: give one a new password; the gateway is stopped",
    )
    recover.add_argument("user")
    recover.set_defaults(act=_recover)
    verbs.add_parser("log", parents=[shared], help="say who changed which user, and when").set_defaults(act=_log)
    return parser


def _add(accounts: Accounts, arguments: argparse.Namespace, ask: Callable[[str], str]) -> None:
    by = _administrator(accounts, arguments, ask)
    if by == _FIRST and not arguments.admin:
        raise Refused("first_must_be_admin")
    names = [name for name in arguments.roles.split(",") if name]
    if unknown := [name for name in names if name not in set(Role)]:
        raise InvalidValue("roles", "unknown", given=unknown)
    if not names and not arguments.admin:
        raise InvalidValue("roles", "required")
    person = NewUser(
        user=arguments.user,
        name=arguments.name or arguments.user,
        roles=frozenset(Role(name) for name in names),
        password=ask(f"New password of {arguments.user}: "),
        admin=arguments.admin,
    )
    accounts.add(person, now=utc_now(), by=by)
    sys.stdout.write(f"user {arguments.user} added\n")


def _reset(accounts: Accounts, arguments: argparse.Namespace, ask: Callable[[str], str]) -> None:
    by = _administrator(accounts, arguments, ask)
    accounts.reset(arguments.user, ask(f"New password of {arguments.user}: "), now=utc_now(), by=by)
    sys.stdout.write(f"user {arguments.user} reset\n")


def _disable(accounts: Accounts, arguments: argparse.Namespace, ask: Callable[[str], str]) -> None:
    by = _administrator(accounts, arguments, ask)
    accounts.disable(arguments.user, now=utc_now(), by=by)
    sys.stdout.write(f"user {arguments.user} disabled\n")


def _list(accounts: Accounts, _arguments: argparse.Namespace, _ask: Callable[[str], str]) -> None:
    for account in accounts.everybody():
        marks = ["admin"] * account.admin + ["disabled"] * account.disabled
        sys.stdout.write("\t".join((account.user, account.name, ",".join(sorted(account.roles)), *marks)) + "\n")


def _recover(accounts: Accounts, arguments: argparse.Namespace, ask: Callable[[str], str]) -> None:
    known = {account.user: account for account in accounts.everybody()}
    if arguments.user not in known or not known[arguments.user].admin:
        raise Refused("no_such_admin", arguments.user)
    password = ask(f"New password of {arguments.user}: ")
    accounts.reset(arguments.user, password, now=utc_now(), by=_BY_FILE, act="recover")
    sys.stdout.write(f"administrator {arguments.user} recovered; user log keeps it\n")


def _log(accounts: Accounts, _arguments: argparse.Namespace, _ask: Callable[[str], str]) -> None:
    for act in accounts.acts():
        sys.stdout.write(f"{act.at.isoformat(timespec='seconds')}\t{act.by}\t{act.act}\t{act.user}\n")


def _administrator(accounts: Accounts, arguments: argparse.Namespace, ask: Callable[[str], str]) -> str:
    """Return who acts: an administrator with their password, or whoever adds the very first one.

    Raises:
        Refused: This is no administrator (``not_admin``), or there never was one (``no_admin_yet``).
    """
    if not any(account.admin for account in accounts.everybody()):
        if arguments.act is not _add or arguments.by:
            raise Refused("no_admin_yet")
        return _FIRST
    if not arguments.by or not accounts.is_admin(arguments.by, ask(f"Password of {arguments.by}: ")):
        raise Refused("not_admin" if any(map(may_manage, accounts.everybody())) else "no_admin_left")
    by: str = arguments.by
    return by


def _from_lines(_prompt: str) -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError  # as the prompt does
    return line.rstrip("\r\n")


def _sentence(error: WorkstationError | OSError) -> str:
    known = {
        "not_admin": "only an administrator may do this: --as ADMIN, and the administrator's password",
        "no_admin_yet": "there is no administrator yet: add one first (user add NAME --admin, without --as)",
        "no_admin_left": "every administrator is shut out: stop the gateway, then user recover ADMIN",
        "no_such_admin": "there is no such administrator; user list names them",
        "no_store": "there is no store in this folder; user add NAME --admin makes it, with its first administrator",
        "in_use": "the gateway is running in this folder; stop it first",
        "last_admin": "this is the last administrator: nobody could let anybody in again; nothing was changed",
        "first_must_be_admin": "the first user must be an administrator: add --admin",
        "user_exists": "there is such a user already",
        "unknown": "there is no such user",
    }
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}; nothing was changed"
    if isinstance(error, InvalidValue) and error.field == "password":
        return f"the password {_PASSWORDS.get(error.problem, error.problem)}; nothing was changed"
    if isinstance(error, InvalidValue) and error.field == "roles":
        return f"{_ROLES.get(error.problem, error.problem)}: --roles {','.join(sorted(PEOPLE))}; nothing was changed"
    return known.get(error.problem if isinstance(error, Refused) else str(error), str(error))


_ROLES = {
    "required": "a user who is no administrator needs a role or both",
    "unknown": "there is no such role; a user has one of these or both",
    "not_for_people": "no person has such a role; a user has one of these or both",
}
_PASSWORDS = {
    "too_short": "needs at least ten characters",
    "holds_user_name": "must not hold the user's name",
}
