"""What went wrong, in a sentence that says what to do; every code of the domain and the adapters has one."""

from PySide6.QtCore import QCoreApplication

from workstation.domain.errors import (
    IllegalAction,
    InvalidValue,
    Refused,
    SignInNeeded,
    Stale,
    Unavailable,
    WorkstationError,
)
from workstation.domain.limits import check_field
from workstation.ui.keys import QT_TRANSLATE_NOOP
from workstation.ui.labels import label

_FIELD = {
    "required": QT_TRANSLATE_NOOP("sentences", "Still missing."),
    "too_long": QT_TRANSLATE_NOOP("sentences", "Too long: {actual} characters, at most {limit}. Nothing was cut off."),
    "too_short": QT_TRANSLATE_NOOP("sentences", "Too short."),
    "too_small": QT_TRANSLATE_NOOP("sentences", "The number is too small."),
    "too_large": QT_TRANSLATE_NOOP("sentences", "The number is too large."),
    "not_a_number": QT_TRANSLATE_NOOP("sentences", "Write a number in figures."),
    "wrong_form": QT_TRANSLATE_NOOP("sentences", "This form is not understood."),
    "unknown_value": QT_TRANSLATE_NOOP("sentences", "Choose one of the values by its digit."),
    "control_character": QT_TRANSLATE_NOOP("sentences", "There is an invisible character at place {position}."),
    "phone_empty": QT_TRANSLATE_NOOP("sentences", "Write the number."),
    "phone_letters": QT_TRANSLATE_NOOP("sentences", "A phone number has no letters."),
    "phone_characters": QT_TRANSLATE_NOOP("sentences", "A phone number has digits only."),
    "phone_extension": QT_TRANSLATE_NOOP("sentences", "Write the number without its extension; note that below."),
    "phone_too_short": QT_TRANSLATE_NOOP("sentences", "The number has {actual} digits, {expected} are needed."),
    "phone_too_long": QT_TRANSLATE_NOOP("sentences", "The number has {actual} digits, {expected} are right."),
    "phone_unknown_prefix": QT_TRANSLATE_NOOP("sentences", "No number begins like this."),
    "phone_unknown_area": QT_TRANSLATE_NOOP("sentences", "There is no such area code."),
    "phone_short_with_area_code": QT_TRANSLATE_NOOP("sentences", "Short numbers are dialled without the area code."),
    "impossible_date": QT_TRANSLATE_NOOP("sentences", "There is no such date or time."),
    "future_date": QT_TRANSLATE_NOOP("sentences", "This date is still to come."),
    "too_old": QT_TRANSLATE_NOOP("sentences", "This date is before 1949."),
    "unknown_region": QT_TRANSLATE_NOOP("sentences", "This region is not on the list; choose one of the rows."),
    "needs_https": QT_TRANSLATE_NOOP(
        "sentences", "A gateway on another computer needs an address that begins with https://. Mend the settings."
    ),
    "not_empty": QT_TRANSLATE_NOOP("sentences", "The field is filled; empty it before saying why it is missing."),
}
_CODES = {
    "wrong_password": QT_TRANSLATE_NOOP("sentences", "Operator or password is not right. Try again."),
    "locked": QT_TRANSLATE_NOOP("sentences", "Too many attempts. Wait a minute and try again."),
    "disabled": QT_TRANSLATE_NOOP("sentences", "This account is closed. Ask the administrator."),
    "role_not_held": QT_TRANSLATE_NOOP("sentences", "This account may not work in this role."),
    "seat_in_use": QT_TRANSLATE_NOOP(
        "sentences",
        "Seat {seat} is in use at another computer. If it is yours, press Enter again to take it over; "
        "otherwise write this computer's own seat.",
    ),
    "forbidden": QT_TRANSLATE_NOOP("sentences", "This account may not do that."),
    "never_signed_in_here": QT_TRANSLATE_NOOP(
        "sentences", "The gateway cannot be reached, and nobody of this name has signed in here during this shift."
    ),
    "shift_over": QT_TRANSLATE_NOOP("sentences", "The gateway cannot be reached and the shift's sign-in has expired."),
    "foreign_answer": QT_TRANSLATE_NOOP(
        "sentences",
        "What answers at the gateway's address is not the gateway. Check the address in the settings and the network; "
        "then call support. Your work is kept here.",
    ),
    "certificate_untrusted": QT_TRANSLATE_NOOP(
        "sentences", "The gateway's certificate is not signed by the site's authority. Do not go on; call support."
    ),
    "certificate_expired": QT_TRANSLATE_NOOP("sentences", "The gateway's certificate has expired. Call support."),
    "certificate_not_yet_valid": QT_TRANSLATE_NOOP(
        "sentences", "The gateway's certificate is not valid yet. Check this computer's clock; then call support."
    ),
    "certificate_authority_unreadable": QT_TRANSLATE_NOOP(
        "sentences", "The site's certificate authority cannot be read. Check the file named in the settings."
    ),
    "certificate_wrong_host": QT_TRANSLATE_NOOP(
        "sentences", "The gateway's certificate belongs to another machine. Do not go on; call support."
    ),
    "wrong_key": QT_TRANSLATE_NOOP(
        "sentences", "The records on this computer cannot be opened with its key. Nothing was changed; call support."
    ),
    "key_missing": QT_TRANSLATE_NOOP(
        "sentences", "The key of the records is not in the keyring. Nothing was changed; call support."
    ),
    "foreign_file": QT_TRANSLATE_NOOP(
        "sentences",
        "The record file is another computer's: {file}. Nothing was changed; call support to put back the right one.",
    ),
    "plain_file": QT_TRANSLATE_NOOP(
        "sentences", "The record file is not encrypted and is not opened. Call support; do not delete it."
    ),
    "newer_schema": QT_TRANSLATE_NOOP(
        "sentences", "The records were written by a newer version. Start that version; nothing was changed."
    ),
    "damaged": QT_TRANSLATE_NOOP(
        "sentences", "The record file is damaged. Start again: it is put aside and rescued, never deleted."
    ),
    "read_only_folder": QT_TRANSLATE_NOOP("sentences", "The data folder cannot be written. Check its permissions."),
    "disk_full": QT_TRANSLATE_NOOP("sentences", "The disk is full. Your text is still on screen; make room."),
    "disk_failed": QT_TRANSLATE_NOOP(
        "sentences", "The disk refuses to write. Your text is still on screen; call support."
    ),
    "already_running": QT_TRANSLATE_NOOP(
        "sentences", "The workstation already runs with this data folder. Use that window, or another folder."
    ),
    "no_keyring": QT_TRANSLATE_NOOP("sentences", "The keyring that holds this computer's key is gone. Call support."),
    "keyring_locked": QT_TRANSLATE_NOOP("sentences", "The keyring is locked. Unlock it and start again."),
    "keyring_silent": QT_TRANSLATE_NOOP("sentences", "The keyring does not answer. Start again; then call support."),
    "card_damaged": QT_TRANSLATE_NOOP(
        "sentences",
        "The file that says which key opens the records is damaged: {file}. "
        "Another start does not help. Nothing was changed; call support to put the file back.",
    ),
    "key_file_damaged": QT_TRANSLATE_NOOP(
        "sentences",
        "The file with this computer's key is damaged: {file}. "
        "Another start does not help. Nothing was changed; call support to put the file back.",
    ),
    "key_damaged": QT_TRANSLATE_NOOP("sentences", "The key in the keyring is damaged. Call support."),
    "not_enrolled": QT_TRANSLATE_NOOP(
        "sentences",
        "This computer has no keyring, and you have not worked on it yet. Somebody who has must sign in first.",
    ),
    "approver_is_author": QT_TRANSLATE_NOOP("sentences", "Whoever wrote an order may not approve it."),
    "not_your_draft": QT_TRANSLATE_NOOP("sentences", "This draft belongs to somebody else; take it over first."),
    "concluded": QT_TRANSLATE_NOOP("sentences", "This form is already closed."),
    "not_a_pair": QT_TRANSLATE_NOOP("sentences", "This outcome does not go with the one already chosen."),
    "safety_first": QT_TRANSLATE_NOOP("sentences", "Safety first: F1 and a digit."),
    "headset_permission": QT_TRANSLATE_NOOP(
        "sentences",
        "The headset's buttons may not be used by this account. Whoever runs this computer has to allow it.",
    ),
    "first_contact": QT_TRANSLATE_NOOP(
        "sentences", "Somebody else was in the call: say first who keeps the matter, then the form is closed."
    ),
    "danger_first": QT_TRANSLATE_NOOP("sentences", "Danger was reported: send police or link urgently first."),
    "no_consent": QT_TRANSLATE_NOOP(
        "sentences", "The caller does not agree to hand the matter over; choose another outcome."
    ),
    "not_offered": QT_TRANSLATE_NOOP("sentences", "This cannot be done now."),
    "stale": QT_TRANSLATE_NOOP(
        "sentences", "The order was changed elsewhere meanwhile; what you see now is the newest."
    ),
    "taken_over": QT_TRANSLATE_NOOP(
        "sentences", "Somebody else took this form over meanwhile; mend it from the board."
    ),
    "not_here": QT_TRANSLATE_NOOP(
        "sentences",
        "The gateway has no form for this order; the middle of its number names the seat where it was written.",
    ),
    "keeps_failing": QT_TRANSLATE_NOOP(
        "sentences", "The gateway does not take this although it takes the rest. It is kept here; send it again."
    ),
    "unknown": QT_TRANSLATE_NOOP("sentences", "The gateway does not know this order; what was written is kept here."),
    "too_large": QT_TRANSLATE_NOOP("sentences", "This is too large for the gateway. Shorten it and send again."),
    "too_many": QT_TRANSLATE_NOOP("sentences", "Too much was sent at once. Send it again."),
    "incomplete": QT_TRANSLATE_NOOP("sentences", "The connection broke while sending. Send it again."),
    "superseded": QT_TRANSLATE_NOOP("sentences", "A newer content of this order took its place; nothing is lost."),
    "id_taken": QT_TRANSLATE_NOOP("sentences", "Another account has sent this already."),
    "not_your_incident": QT_TRANSLATE_NOOP("sentences", "This record was written by somebody else."),
    "illegal_action": QT_TRANSLATE_NOOP("sentences", "The order has moved on; this can no longer be done."),
    "invalid": QT_TRANSLATE_NOOP("sentences", "The gateway did not accept a field; the order is a draft again."),
}


def sentence(error: WorkstationError) -> str:
    """Return *error* in words; an error without words of its own is named by its kind."""
    if isinstance(error, InvalidValue):
        return _field_sentence(error)
    for code in (getattr(error, "code", ""), *_codes(error)):
        if code in _CODES:
            return QCoreApplication.translate("sentences", _CODES[code]).replace("{file}", str(error))
    if isinstance(error, SignInNeeded):
        return QCoreApplication.translate("sentences", "Please sign in again; nothing was lost.")
    if isinstance(error, Unavailable):
        return QCoreApplication.translate("sentences", "The gateway cannot be reached. Your work is kept here.")
    return QCoreApplication.translate("sentences", "That did not work ({kind}).").replace(
        "{kind}", type(error).__name__
    )


def named_sentence(error: WorkstationError) -> str:
    """Return the sentence with the name of its field before it, where it does not stand beside the field."""
    if isinstance(error, InvalidValue):
        named = QCoreApplication.translate("sentences", "{field}: {sentence}")
        return named.replace("{field}", label(error.field)).replace("{sentence}", sentence(error))
    return sentence(error)


def objection(owner: type, field: str, text: str) -> str:
    """Return in words what is wrong with *text* as *field* of *owner*; empty when nothing is."""
    try:
        check_field(owner, field, text)
    except InvalidValue as problem:
        return sentence(problem)
    return ""


def code_sentence(code: str) -> str:
    """Return the sentence of a bare code, such as a refused command's."""
    words = _CODES.get(code)
    return QCoreApplication.translate("sentences", words) if words else code


def refusal_sentence(problem: str, detail: str) -> str:
    """Return why a command was refused: the code at the end of *detail* where it says more than *problem* does."""
    code = _last_code(detail)
    return code_sentence(code if code in _CODES else problem)


def _last_code(detail: str) -> str:
    return detail.rpartition(": ")[2]


def _codes(error: WorkstationError) -> tuple[str, ...]:
    if isinstance(error, IllegalAction):
        return (error.why, "not_offered")
    if isinstance(error, Refused):
        return (_last_code(error.detail), error.problem)
    if isinstance(error, Stale):
        return ("stale",)
    return tuple(str(part) for part in error.args)


def _field_sentence(error: InvalidValue) -> str:
    words = _FIELD.get(error.problem)
    if words is None:
        return QCoreApplication.translate("sentences", "Not accepted ({kind}).").replace("{kind}", error.problem)
    text = QCoreApplication.translate("sentences", words)
    for name, fact in error.facts.items():
        text = text.replace("{" + name + "}", str(fact))
    return text
