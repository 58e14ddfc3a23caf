"""The page docs/lifecycle.md: the table of the transfer as a diagram, as rows and with its flags."""

from collections.abc import Iterable

from workstation.build.docs_table import page, table
from workstation.domain.lifecycle import (
    NOTES,
    TERMINAL,
    TRANSITIONS,
    Action,
    Direction,
    NoteRule,
    Role,
    Rule,
    State,
    skipped,
)

TITLES = {Direction.OUTBOUND: "Outbound, 110 to 12345", Direction.INBOUND: "Inbound, 12345 to 110"}
INTRODUCTION = """\
One dictionary, `TRANSITIONS` in `workstation/domain/lifecycle.py`, says what may happen to a transfer. Desktop,
gateway and practice all ask it.

Besides the table: nobody approves or confirms what they are an author of, every submission names a new revision, and
a step that is made for another state or revision than the current one is *stale*. Flags are appended and never stale.
"""
JUMPS = """\
A hotline may skip steps. What it must have done unseen is recorded as *inferred* before the step that it did report.
Each line: the action that arrives, the state it finds, the steps that are inferred.
"""


def lifecycle_page() -> str:
    """Return the page."""
    parts = [INTRODUCTION]
    for direction in Direction:
        parts += [f"## {TITLES[direction]}\n", _diagram(direction), _rows(direction)]
    flags = [f"## Flags\n\n{_flags()}", f"## Jumps\n\n{JUMPS}\n{_jumps()}"]
    return page("The lifecycle of a transfer", *parts, *flags)


def _diagram(direction: Direction) -> str:
    rules = [(state, action, rule) for (d, state, action), rule in TRANSITIONS.items() if d is direction]
    lines = ["```mermaid", "stateDiagram-v2"]
    start = rules[0][0]
    lines.append(f"    [*] --> {start}")
    lines += [f"    {state} --> {rule.target}: {action} ({rule.role})" for state, action, rule in rules]
    ends = dict.fromkeys(rule.target for _, _, rule in rules if rule.target in TERMINAL)
    lines += [f"    {state} --> [*]" for state in ends]
    return "\n".join([*lines, "```\n"])


def _rows(direction: Direction) -> str:
    found = []
    for (d, state, action), rule in TRANSITIONS.items():
        if d is direction:
            asked = [*(("reason",) if rule.reason_required else ()), *rule.fields]
            found.append([state, action, rule.role, _target(rule.target), ", ".join(asked), _effect(rule)])
    return table(["state", "action", "role", "leads to", "must come with it", "effect"], found)


def _target(state: State) -> str:
    return f"**{state}** (final)" if state in TERMINAL else state


def _flags() -> str:
    found = []
    for (direction, action), rule in NOTES.items():
        roles = _listed(rule.roles, Role)
        states = "any" if rule.states == frozenset(State) else _listed(rule.states, State)
        found.append([direction, action, roles, states, _effect(rule), "reason" if rule.reason_required else ""])
    return table(["direction", "action", "roles", "states", "effect", "must come with it"], found)


def _effect(rule: Rule | NoteRule) -> str:
    raised = [f"raises {rule.raises}"] if rule.raises else []
    return ", ".join([*raised, *([f"clears {rule.clears}"] if rule.clears else [])])


def _jumps() -> str:
    found = []
    for action in Action:
        for state in State:
            unseen = skipped(Direction.OUTBOUND, state, action)
            if unseen:
                found.append([action, state, ", ".join(unseen)])
    return table(["arrives", "finds", "inferred"], found)


def _listed(chosen: Iterable[str], order: Iterable[str]) -> str:
    wanted = set(chosen)
    return ", ".join(name for name in order if name in wanted)
