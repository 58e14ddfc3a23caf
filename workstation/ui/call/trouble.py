"""Why the telephone cannot be driven from here, in a few words and in a sentence that says what to do."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from workstation.ui.keys import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Trouble:
    """A reason: `why` stands in the chip, `sentence` says who can do what about it; both are texts to translate."""

    why: str = ""
    sentence: str = QT_TRANSLATE_NOOP("trouble", "The telephone cannot be driven from here at the moment.")


RECONNECTING: Final = Trouble()
_SIGN_IN: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "sign-in over"),
    QT_TRANSLATE_NOOP(
        "trouble", "The telephone service no longer accepts this sign-in. Sign in again when nobody is on the line."
    ),
)
_OFFLINE: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "signed in offline"),
    QT_TRANSLATE_NOOP(
        "trouble",
        "Whoever signed in without the gateway is unknown to the telephone service. "
        "Sign in again as soon as the gateway is back.",
    ),
)
_CLOSED: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "account closed"),
    QT_TRANSLATE_NOOP("trouble", "This account is closed. Tell the duty officer and ask the administrator."),
)
_NO_RIGHT: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "no right to it"),
    QT_TRANSLATE_NOOP("trouble", "This account takes no calls. Ask the administrator for the right role."),
)
_NO_TELEPHONE: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "seat without telephone"),
    QT_TRANSLATE_NOOP(
        "trouble",
        "No telephone is set up for this seat. Check the seat at the top left; if it is right, call support, "
        "else sign in again with the right one.",
    ),
)
_SEAT_TAKEN: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "seat taken"),
    QT_TRANSLATE_NOOP(
        "trouble",
        "Another computer drives the telephone of this seat. Ask the duty officer who else signed in as this seat; "
        "when that one signs out, it comes back here by itself.",
    ),
)
_EXCHANGE: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "exchange lost"),
    QT_TRANSLATE_NOOP(
        "trouble",
        "The telephone service does not reach its exchange; all seats are concerned. Call support; if the telephones "
        "are silent too, tell the duty officer at once.",
    ),
)
_GATEWAY: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "sign-in unchecked"),
    QT_TRANSLATE_NOOP(
        "trouble",
        "The telephone service cannot ask the gateway who you are. Call support; it comes back by itself with the "
        "gateway.",
    ),
)
_CERTIFICATE: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "certificate wrong"),
    QT_TRANSLATE_NOOP(
        "trouble",
        "The telephone service's certificate is not to be trusted. Check this computer's clock, then call support; "
        "no new sign-in mends it.",
    ),
)
_STRANGER: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "wrong address"),
    QT_TRANSLATE_NOOP(
        "trouble",
        "What answers at the telephone service's address is something else. Call support to check address and network.",
    ),
)
UNREACHABLE: Final = Trouble(
    QT_TRANSLATE_NOOP("trouble", "no connection"),
    QT_TRANSLATE_NOOP(
        "trouble",
        "The telephone service cannot be reached; it is tried again all the time. Ask your neighbours: "
        "if only this seat is concerned, check the network cable, else call support.",
    ),
)

_TROUBLES: Final = {
    "": RECONNECTING,
    "stream_ended": RECONNECTING,
    "line_lost": RECONNECTING,
    "old_stream": RECONNECTING,
    "closed": RECONNECTING,
    "unknown_token": _SIGN_IN,
    "expired": _SIGN_IN,
    "signed_out": _SIGN_IN,
    "sign_in_needed": _SIGN_IN,
    "no_token": _OFFLINE,
    "disabled": _CLOSED,
    "role": _NO_RIGHT,
    "forbidden": _NO_RIGHT,
    "no_telephone": _NO_TELEPHONE,
    "seat_taken": _SEAT_TAKEN,
    "exchange": _EXCHANGE,
    "gateway": _GATEWAY,
    "foreign_answer": _STRANGER,
    "unreadable_line": _STRANGER,
    "no_tls": _STRANGER,
}


def trouble(code: str) -> Trouble:
    """Return what *code* means; a code of the network that nobody listed is a service that cannot be reached."""
    if code.startswith("certificate_"):
        return _CERTIFICATE
    return _TROUBLES.get(code, UNREACHABLE)


def short(reason: Trouble) -> str:
    """Return what the chip says."""
    if not reason.why:
        return QCoreApplication.translate("trouble", "Telephone control lost: use the phone itself")
    said = QCoreApplication.translate("trouble", "Telephone control lost (%1): use the phone itself")
    return said.replace("%1", QCoreApplication.translate("trouble", reason.why))


def sentence(reason: Trouble) -> str:
    """Return why, what to do about it, and where calls are taken meanwhile."""
    said = QCoreApplication.translate("trouble", "%1 Answer and hang up at the telephone itself.")
    return said.replace("%1", QCoreApplication.translate("trouble", reason.sentence))
