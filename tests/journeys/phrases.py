"""How a step's sentence is read: names of people, and words in quotation marks."""

import re

from pytest_bdd import parsers

from tests.journeys.city import PEOPLE

_WHO = "|".join(PEOPLE)


def phrase(text: str) -> parsers.re:
    """Return the parser of a sentence: ``{count}`` is a number, others are people or, in quotation marks, words."""
    pattern = ""
    for part in re.split(r"(“\{\w+\}”|\{\w+\})", text):
        name = part.strip("“{}”")
        if part.startswith("“{"):
            pattern += f"“(?P<{name}>[^”]*)”"
        elif part == "{count}":
            pattern += r"(?P<count>\d+)"
        elif part.startswith("{"):
            pattern += f"(?P<{name}>{_WHO})"
        else:
            pattern += re.escape(part)
    return parsers.re(pattern + "$")
