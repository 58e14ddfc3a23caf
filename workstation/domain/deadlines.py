"""The deadlines of a transfer: what is owed by when, and the colour that shows how near it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workstation.domain.calendar_work import CHINA, WorkCalendar, local_day
from workstation.domain.errors import InvalidValue


class DeadlineKind(StrEnum):
    """What is owed; the names of the limits in resources/content/deadlines.yaml."""

    SIGN = "sign"
    DECLINE = "decline"
    CONSULT = "consult"
    GENERAL = "general"
    EXTENSION = "extension"
    DANGER = "danger"
    UTILITIES = "utilities"


class Unit(StrEnum):
    """What a limit counts."""

    WORKDAYS = "workdays"
    HOURS = "hours"


class Urgency(StrEnum):
    """Whether the matter may wait for a working day."""

    NONE = "none"
    DANGER = "danger"
    UTILITIES = "utilities"


class Colour(StrEnum):
    """How near a deadline is; the window shows a word and a colour for each."""

    OK = "ok"
    SOON = "soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long something may take."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something owed by a moment; *warn_from* is when its yellow card is shown."""

    kind: DeadlineKind
    due: datetime
    provisional: bool
    warn_from: datetime
    unit: Unit = Unit.WORKDAYS


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """The limits of this site and how early they warn."""

    limits: Mapping[DeadlineKind, TimeLimit]
    warn_workdays: int = 1


_MOST = {Unit.WORKDAYS: 250, Unit.HOURS: 24 * 365}


def load_rules(raw: object) -> DeadlineRules:
    """Read the site's limits.

    Raises:
        InvalidValue: Its field names the limit that is missing or wrong.
    """
    if not isinstance(raw, Mapping) or not isinstance(raw.get("limits"), Mapping):
        raise InvalidValue("limits", "not_a_table")
    limits = {kind: _limit(f"limits.{kind}", raw["limits"].get(kind.value)) for kind in DeadlineKind}
    warn = _amount("warn_workdays", raw.get("warn_workdays", 1), Unit.WORKDAYS)
    return DeadlineRules(limits, warn)


def _limit(field: str, raw: object) -> TimeLimit:
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise InvalidValue(field, "not_a_limit")
    (name, amount), *_ = raw.items()
    if name not in set(Unit):
        raise InvalidValue(field, "unknown_unit")
    unit = Unit(name)
    return TimeLimit(_amount(field, amount, unit), unit)


def _amount(field: str, value: object, unit: Unit) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidValue(field, "not_a_number")
    if not 1 <= value <= _MOST[unit]:
        raise InvalidValue(field, "out_of_range", least=1, most=_MOST[unit])
    return value


class DeadlineBook:
    """The rules and the calendar together: asked once per transfer, asked again when a table is imported."""

    def __init__(self, rules: DeadlineRules, calendar: WorkCalendar) -> None:
        self._rules = rules
        self._calendar = calendar

    def deadline(self, kind: DeadlineKind, recorded_at: datetime) -> Deadline:
        """Return what *kind* means for something recorded by the gateway at *recorded_at*.

        Raises:
            InvalidValue: The moment has no time zone.
        """
        limit = self._rules.limits[kind]
        if limit.unit is Unit.HOURS:
            return _by_the_clock(kind, recorded_at, timedelta(hours=limit.amount))
        return self._by_workdays(kind, recorded_at, limit.amount)

    def deadlines_for(
        self,
        recorded_at: datetime,
        *,
        consultation: bool = False,
        urgency: Urgency = Urgency.NONE,
        extended: bool = False,
    ) -> tuple[Deadline, ...]:
        """Return what an order recorded at *recorded_at* owes: sign, decline, and the result.

        Raises:
            InvalidValue: The moment has no time zone.
        """
        early = (DeadlineKind.SIGN, DeadlineKind.DECLINE)
        result = self._result(recorded_at, _result_kind(urgency, consultation=consultation), extended=extended)
        return (*(self.deadline(kind, recorded_at) for kind in early), result)

    def _result(self, recorded_at: datetime, kind: DeadlineKind, *, extended: bool) -> Deadline:
        limit, extra = self._rules.limits[kind], self._rules.limits[DeadlineKind.EXTENSION]
        if extended and limit.unit is extra.unit is Unit.WORKDAYS:
            return self._by_workdays(kind, recorded_at, limit.amount + extra.amount)
        return self.deadline(kind, recorded_at)

    def _by_workdays(self, kind: DeadlineKind, recorded_at: datetime, amount: int) -> Deadline:
        due = self._calendar.add_workdays(recorded_at, amount)
        day = local_day(due.at)
        for _ in range(self._rules.warn_workdays):
            day = self._calendar.previous_workday(day)
        warn_from = datetime(day.year, day.month, day.day, tzinfo=CHINA)
        return Deadline(kind, due.at, due.provisional, warn_from)


def _result_kind(urgency: Urgency, *, consultation: bool) -> DeadlineKind:
    if urgency is not Urgency.NONE:
        return DeadlineKind(urgency.value)
    return DeadlineKind.CONSULT if consultation else DeadlineKind.GENERAL


def _by_the_clock(kind: DeadlineKind, recorded_at: datetime, span: timedelta) -> Deadline:
    local_day(recorded_at)  # a moment without a zone is refused here as it is for working days
    due = recorded_at.astimezone(CHINA) + span
    return Deadline(kind, due, provisional=False, warn_from=due - span / 4, unit=Unit.HOURS)


def colour(deadline: Deadline, now: datetime) -> Colour:
    """Return how near *deadline* is: yellow from its warning on, red from the first moment after it.

    Raises:
        InvalidValue: The moment has no time zone.
    """
    today = local_day(now)
    if now > deadline.due:
        return Colour.OVERDUE
    if deadline.unit is Unit.WORKDAYS and today == local_day(deadline.due):
        return Colour.DUE_TODAY
    return Colour.SOON if now >= deadline.warn_from else Colour.OK
