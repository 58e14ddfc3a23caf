"""What a station knows that is not a record."""

from dataclasses import dataclass

from workstation.desk.ports import Recogniser
from workstation.domain.compose import Wording
from workstation.domain.content import Content
from workstation.domain.deadlines import DeadlineBook
from workstation.domain.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Content pack, places, deadlines, the recogniser and the wording of orders, all read once."""

    content: Content
    places: Places
    deadlines: DeadlineBook
    recogniser: Recogniser
    wording: Wording
