"""Everything one signed-in person works with, as the window is handed it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from workstation.desk.assist import Assistant
from workstation.desk.author import Author
from workstation.desk.desk import Desk
from workstation.desk.form import FormDesk
from workstation.desk.headset_port import Headset
from workstation.desk.library import Library
from workstation.desk.mending import Mending
from workstation.desk.phone import PhoneDesk
from workstation.desk.ports import Gateway, Store
from workstation.desk.session import Session, sign_out
from workstation.desk.sync import Report
from workstation.desk.telephony_port import ReportedTelephony
from workstation.domain.call_party import CallId
from workstation.domain.identity import TransferId
from workstation.protocol.messages import SignIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """One person's desk at one seat, from sign-in to sign-out."""

    session: Session
    author: Author
    store: Store
    gateway: Gateway
    desk: Desk
    form: FormDesk
    mending: Mending
    phone: PhoneDesk
    library: Library
    assistant: Assistant
    sync: Callable[[], Report]
    clock: Callable[[], datetime]
    prints: Path = Path("prints")
    rescued: str = ""
    """The name of the file that a damaged cache was put aside as, at this start."""
    reported: ReportedTelephony | None = None
    """The telephone, where a person must tell it what happens; none where it knows by itself."""
    headset: Headset | None = None
    """A headset with buttons of its own, where the site wants it used."""
    says: Callable[[CallId], str] = lambda _: ""
    """What the citizen of a call says, where a script is played; nothing where a citizen speaks."""

    def sign_out(self) -> set[TransferId]:
        """Note in the cache that this person left."""
        sign_out(self.session, self.store)
        return set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found when the data root was opened, before anybody signed in."""

    secrets: str
    recovered: str = ""


class Station(Protocol):
    """One workstation: its data root and its wiring, before and after somebody signs in."""

    practice: bool
    seat: str

    def open(self) -> Found:
        """Open the data root as far as that goes without a password; slow, so it is called off the window's thread.

        Raises:
            WorkstationError: The root cannot be opened; the code says what to do.
        """
        ...

    def sign_in(self, request: SignIn) -> Console:
        """Sign a person in and hand out their console.

        Raises:
            SignInNeeded: The password is wrong, or the account is not for this role.
            Unavailable: The gateway is down and this person has not signed in here within a shift.
            WorkstationError: The cache cannot be opened with this password.
        """
        ...

    def close(self) -> None:
        """Let go of the data root."""
        ...
