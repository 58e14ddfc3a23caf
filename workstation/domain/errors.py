"""The errors a user can meet; everything else is a bug and flies to the crash hook."""


class WorkstationError(Exception):
    """Anything that went wrong in a way the user can be told about."""


class InvalidValue(WorkstationError, ValueError):
    """A value that was refused where it entered.

    Args:
        field: The field's identifier (see resources/glossary.yaml).
        problem: A code such as ``too_long``; the window has a sentence for each.
        facts: Numbers the sentence needs, never the value itself.
    """

    def __init__(self, field: str, problem: str, **facts: object) -> None:
        super().__init__(f"{field}: {problem}" + "".join(f" {name}={fact}" for name, fact in sorted(facts.items())))
        self.field = field
        self.problem = problem
        self.facts = facts


class IllegalAction(WorkstationError):
    """This role may not take this action in this state."""

    def __init__(self, action: str, state: str, role: str, why: str = "not_offered") -> None:
        super().__init__(f"{action} in {state} by {role}: {why}")
        self.action = action
        self.state = state
        self.role = role
        self.why = why


class Stale(WorkstationError):
    """The command was made for a state or content that is no longer the current one."""

    def __init__(self, made_for: str, current: str) -> None:
        super().__init__(f"made for {made_for}, now {current}")
        self.made_for = made_for
        self.current = current


class Refused(WorkstationError):
    """The gateway's own final answer: it will never accept this command."""

    def __init__(self, problem: str, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else problem)
        self.problem = problem
        self.detail = detail


class SignInNeeded(WorkstationError):
    """The credential is missing, expired or was withdrawn."""


class Unavailable(WorkstationError):
    """The other side cannot be reached or does not answer properly; try later."""
